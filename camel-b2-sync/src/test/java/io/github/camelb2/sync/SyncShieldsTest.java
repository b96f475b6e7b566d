// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What one side has and the other cannot have, or cannot name, stays, and stops nothing else. */
class SyncShieldsTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";

    @Test
    @DisabledOnOs({OS.WINDOWS, OS.MAC})
    void entryThatNobodyCanNameAtTheDestinationKeepsItsDirectoryAndLetsFilesComeDown() throws Exception {
        given(destination, "top", "x", 100);
        given(destination, "d/gone", "x", 100);
        given(destination, "d/below/gone", "x", 100);
        given(destination, "e/gone", "x", 100);
        unnamed("d");
        givenInBucket("d/new", "new", 10);
        givenInBucket("new", "new", 10);

        SyncReport report = syncIncompletely(bucketUri(), destination, DELETE, "deleteAfterFailures=true");

        assertThat(report.failures()).extracting(Problem::path).containsExactly("d");
        assertThat(tree(destination)).containsOnlyKeys("d/gone", "d/below/gone", "d/caf\uFFFD", "d/new", "new");
    }

    @Test
    @DisabledOnOs({OS.WINDOWS, OS.MAC})
    void entryThatNobodyCanNameInTheRootOfTheDestinationKeepsTheWholeTree() throws Exception {
        given(destination, "x", "x", 100);
        given(destination, "d/a", "old", 100);
        unnamed("");
        givenInBucket("d/a", "new", 10);
        givenInBucket("new", "new", 10);

        syncIncompletely(bucketUri(), destination, DELETE);

        assertThat(tree(destination)).containsEntry("d/a", "new").containsKeys("x", "new");
    }

    private void unnamed(String directory) throws Exception {
        Process touch = new ProcessBuilder("sh", "-c", "printf latin > \"$(printf 'caf\\351')\"")
                .directory(destination.resolve(directory).toFile())
                .start();
        assertThat(touch.waitFor()).isZero();
    }

    @Test
    void nameInTheBucketThatALocalSourceCannotHaveStaysAndCountsAsNoRemoval() throws Exception {
        given("f", 10);
        givenInBucket("t/", "", 100);
        givenInBucket("u/v/", "", 100);
        givenInBucket("t/gone", "x", 100);

        SyncReport report = sync(source.toString(), bucketUri(), DELETE, "maxDelete=1");

        assertThat(report.skips()).extracting(Problem::path).containsExactly("t/", "u/v/");
        assertThat(bucketTree()).containsOnlyKeys("f", "t/", "u/v/");
        Files.delete(source.resolve("f"));
        given("g", 10);
        assertThat(sync(source.toString(), bucketUri(), DELETE).isComplete()).isTrue();
    }

    @Test
    void directoryThatAUriMayMeanOtherwiseIsNotSynced() throws Exception {
        given("a+b/f", 10);
        given("c d/f", 10);
        given("c%20d/f", 10);
        for (String written : new String[] {"/a+b", "/c d", "/c+d", "/c%20d"}) {
            assertThatThrownBy(() -> context.getEndpoint(uri(source + written, bucketUri())))
                    .rootCause()
                    .hasMessageContaining("may be meant as")
                    .hasMessageContaining("Write source=RAW(");
            assertThatThrownBy(() -> context.getEndpoint(uri(bucketUri(), source + written)))
                    .rootCause()
                    .hasMessageContaining("Write destination=RAW(");
        }

        sync("RAW(" + source + "/a+b)", "RAW(" + bucketUri() + "/x+y)");
        sync("RAW(" + source + "/c d)", bucketUri() + "/x%20y");

        assertThat(bucketTree()).containsOnlyKeys("x+y/f", "x y/f");
    }

    @Test
    void folderMarkersGoFromBucketToBucketAndAreRemovedThere() throws Exception {
        String other = "other-" + bucket;
        B2.emulator().state().createBucket(other);
        B2.emulator().state().put(other, "a/", new byte[0]);
        givenInBucket("t/", "", 100);

        sync("b2://" + other, bucketUri(), DELETE);

        assertThat(bucketTree()).containsOnlyKeys("a/");
    }
}
