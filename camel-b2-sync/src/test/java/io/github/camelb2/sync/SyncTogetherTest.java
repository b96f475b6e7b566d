// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.github.camelb2.sync.action.local.Temporaries;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two runs into one directory, in one JVM and in two, break neither each other nor each other's temporary files. */
class SyncTogetherTest extends SyncTestSupport {
    private static final int FILES = 24;

    @Test
    void runsOfOneJvmIntoOneDirectoryBothComplete() throws Exception {
        Map<String, String> wanted = givenFiles();
        B2.emulator().faults().add("b2_download_file_by_id every 4: delay 60ms");

        List<CompletableFuture<Exchange>> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String uri = "b2-sync:run" + i + "?keepMode=delete&workers=3&source=" + bucketUri() + "&destination="
                    + destination;
            runs.add(CompletableFuture.supplyAsync(() -> template.request(uri, exchange -> {})));
        }

        for (CompletableFuture<Exchange> run : runs) {
            Exchange answer = run.get(60, TimeUnit.SECONDS);
            assertThat(answer.getException()).isNull();
            assertThat(answer.getMessage().getBody(SyncReport.class).isComplete())
                    .isTrue();
        }
        assertThat(tree(destination)).isEqualTo(wanted);
    }

    @Test
    void runOfAnotherJvmLeavesWhatThisOneFillsAndClearsWhatADeadOneLeft() throws Exception {
        Map<String, String> wanted = givenFiles();
        Files.createDirectories(destination);
        try (Temporaries living = new Temporaries(destination, "living");
                Temporaries other = new Temporaries(destination, "other")) {
            Path filled = Files.writeString(living.beside(destination.resolve("x"), "x", "id"), "half");
            Path left;
            try (Temporaries dead = new Temporaries(destination, "dead")) {
                left = Files.writeString(dead.beside(destination.resolve("y"), "y", "id"), "half");
            }
            // On many systems, a look at a lock of one's own process gives it back.
            other.found(filled);
            other.removeLeftovers();
            assertThat(filled).exists();

            Process process = SyncProcess.start(
                    B2.emulator(),
                    temp.resolve("log"),
                    "128m",
                    "b2-sync:other?keepMode=delete&source=" + bucketUri() + "&destination=" + destination);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(process.exitValue())
                    .as(Files.readString(temp.resolve("log")))
                    .isZero();
            assertThat(filled).exists();
            assertThat(left).doesNotExist();
        }
        assertThat(tree(destination)).containsAllEntriesOf(wanted);
    }

    @Test
    void runOfThisJvmAndOneOfAnotherIntoOneDirectoryBothComplete() throws Exception {
        Map<String, String> wanted = givenFiles();
        B2.emulator().faults().add("b2_download_file_by_id every 3: delay 100ms");
        Process process = SyncProcess.start(
                B2.emulator(),
                temp.resolve("log"),
                "128m",
                "b2-sync:other?keepMode=delete&workers=2&source=" + bucketUri() + "&destination=" + destination);
        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> !process.isAlive() || B2.emulator().count("b2_download_file_by_id") > 2);

        SyncReport report = sync(bucketUri(), destination, "keepMode=delete");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(temp.resolve("log")))
                .isZero();
        assertThat(report.isComplete()).isTrue();
        assertThat(tree(destination)).isEqualTo(wanted);
    }

    private Map<String, String> givenFiles() {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < FILES; i++) {
            String name = "d" + i % 3 + "/f" + i;
            givenInBucket(name, "content " + i, 1_000 + i);
            wanted.put(name, "content " + i);
        }
        return wanted;
    }
}
