// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncIncompleteException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A run ends, and touches nothing, where another directory takes the place of its root: a mount point without its disk. */
class SyncRootTest extends SyncTestSupport {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsWrittenWhereTheDestinationHasGone(boolean isLinkThere) throws Exception {
        for (int i = 0; i < 5; i++) {
            givenInBucket("f" + i, "content " + i, 1_000);
        }
        givenInBucket("old", "new", 5_000);
        given(destination, "old", "old", 1_000);
        B2.emulator().faults().add("b2_download_file_by_id: delay 300ms");

        CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(() -> trySync(bucketUri(), destination));
        await().until(() -> B2.emulator().count("b2_download_file_by_id") > 1);
        Path disk = Files.move(destination, temp.resolve("disk"));
        Path below = temp.resolve("below");
        given(below, "old", "old", 1_000);
        if (isLinkThere) {
            Files.createSymbolicLink(destination, below);
        } else {
            Files.move(below, destination);
        }

        assertEndsWith(run, "another directory is at " + destination + " than when the run began");
        assertThat(tree(isLinkThere ? below : destination)).isEqualTo(Map.of("old", "old"));
        assertThat(tree(disk)).containsEntry("old", "old");
    }

    @Test
    void nothingIsRemovedForASourceThatHasGone() throws Exception {
        for (int i = 0; i < 5; i++) {
            given(source, "f" + i, "content " + i, 1_000);
        }
        givenInBucket("vanished", "only copy", 1_000);
        B2.emulator().faults().add("b2_upload_file: delay 300ms");

        CompletableFuture<Exchange> run =
                CompletableFuture.supplyAsync(() -> trySync(source.toString(), bucketUri(), "keepMode=delete"));
        await().until(() -> B2.emulator().count("b2_upload_file") > 1);
        Files.move(source, temp.resolve("disk"));
        Files.createDirectory(source);

        assertEndsWith(run, "another directory is at " + source + " than when the run began");
        assertThat(bucketTree()).containsKey("vanished");
    }

    private static void assertEndsWith(CompletableFuture<Exchange> run, String reason) throws Exception {
        Exception failure = run.get(60, TimeUnit.SECONDS).getException();
        assertThat(failure).isInstanceOf(SyncIncompleteException.class);
        assertThat(((SyncIncompleteException) failure).report().failures())
                .filteredOn(problem -> problem.kind() == Problem.Kind.GAVE_UP)
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains(reason));
    }
}
