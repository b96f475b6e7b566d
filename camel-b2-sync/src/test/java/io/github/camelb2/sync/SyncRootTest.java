// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

    /** A disk below the root: what is written below its mount point is out of sight when it comes back. */
    @Test
    void nothingIsWrittenOrRemovedWhereADiskBelowTheDestinationHasGone() throws Exception {
        Path below = destination.resolve("m");
        try (Disk disk = Disk.mounted(below)) {
            for (int i = 0; i < 5; i++) {
                givenInBucket("m/f" + i, "content " + i, 1_000);
            }
            given(destination, "m/vanished", "old", 1_000);
            given(destination, "vanished", "old", 1_000);
            B2.emulator().faults().add("b2_download_file_by_id: delay 300ms");

            CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(
                    () -> trySync(bucketUri(), destination, "keepMode=delete", "workers=1"));
            await().until(() -> B2.emulator().count("b2_download_file_by_id") > 1);
            disk.unmount();
            given(destination, "m/vanished", "old", 1_000);

            assertThat(failuresOf(run)).anySatisfy(problem -> assertThat(problem.reason())
                    .contains("another disk is at " + below + " than when the run began"));
            assertThat(tree(destination)).containsOnlyKeys("m/vanished", "vanished");
        }
    }

    @Test
    void nothingIsWrittenWhereADiskHasComeBelowTheDestination() throws Exception {
        Path below = destination.resolve("m");
        for (int i = 0; i < 5; i++) {
            givenInBucket("m/f" + i, "content " + i, 1_000);
        }
        B2.emulator().faults().add("b2_download_file_by_id: delay 300ms");

        CompletableFuture<Exchange> run =
                CompletableFuture.supplyAsync(() -> trySync(bucketUri(), destination, "workers=1"));
        await().until(() -> B2.emulator().count("b2_download_file_by_id") > 1);
        try (Disk disk = Disk.mounted(below)) {
            assertThat(failuresOf(run)).anySatisfy(problem -> assertThat(problem.reason())
                    .contains("a disk was mounted at " + below + " since the run began"));
            assertThat(tree(destination)).isEmpty();
            disk.unmount();
        }
        assertThat(tree(destination)).containsKey("m/f0");
    }

    @Test
    void nothingIsRemovedWhereADiskBelowTheSourceHasGone() throws Exception {
        try (Disk disk = Disk.mounted(source.resolve("m"))) {
            given(source, "a", "content", 1_000);
            given(source, "m/b", "content", 1_000);
            givenInBucket("m/b", "content", 1_000);
            givenInBucket("vanished", "only copy", 1_000);
            B2.emulator().faults().add("b2_upload_file: delay 500ms");

            CompletableFuture<Exchange> run =
                    CompletableFuture.supplyAsync(() -> trySync(source.toString(), bucketUri(), "keepMode=delete"));
            await().until(() -> B2.emulator().count("b2_upload_file") > 0);
            disk.unmount();

            assertThat(failuresOf(run)).extracting(Problem::path).containsExactly("vanished");
            assertThat(bucketTree()).containsOnlyKeys("a", "m/b", "vanished");
        }
    }

    /** What is missing there is out of sight, and what moved there as well; what is found there is not what was scanned. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/d"})
    void nothingIsReadOrRemovedWhereADiskBehindALinkHasGone(String below) throws Exception {
        Path usb = temp.resolve("usb");
        try (Disk disk = Disk.mounted(usb)) {
            Path there = Files.createDirectories(Path.of(usb + below));
            given(source, "a", "content", 1_000);
            given(there, "b", "content", 1_000);
            given(there, "c", "content", 1_000);
            Files.createSymbolicLink(source.resolve("m"), there);
            givenInBucket("m/b", "content", 1_000);
            givenInBucket("m/vanished", "only copy", 1_000);
            givenInBucket("vanished", "only copy", 1_000);
            B2.emulator().faults().add("b2_upload_file: delay 500ms");

            CompletableFuture<Exchange> run =
                    CompletableFuture.supplyAsync(() -> trySync(source.toString(), bucketUri(), "keepMode=delete"));
            await().until(() -> B2.emulator().count("b2_upload_file") > 0);
            disk.unmount();
            given(there, "c", "another", 1_000);

            assertThat(failuresOf(run)).singleElement().satisfies(problem -> {
                assertThat(problem.path()).isEqualTo("m/c");
                assertThat(problem.reason()).contains("to which a link leads");
            });
            assertThat(bucketTree()).containsOnlyKeys("a", "m/b", "m/vanished", "vanished");
        }
    }

    @Test
    void nothingIsRemovedWhereADiskBehindALinkHasGone() throws Exception {
        Path usb = temp.resolve("usb");
        try (Disk disk = Disk.mounted(usb)) {
            given(source, "a", "content", 1_000);
            given(usb, "b", "content", 1_000);
            Files.createSymbolicLink(source.resolve("m"), usb);
            givenInBucket("m/b", "content", 1_000);
            givenInBucket("m/vanished", "only copy", 1_000);
            givenInBucket("vanished", "only copy", 1_000);
            B2.emulator().faults().add("b2_upload_file: delay 500ms");

            CompletableFuture<Exchange> run =
                    CompletableFuture.supplyAsync(() -> trySync(source.toString(), bucketUri(), "keepMode=delete"));
            await().until(() -> B2.emulator().count("b2_upload_file") > 0);
            disk.unmount();

            assertThat(failuresOf(run)).extracting(Problem::path).containsExactly("m/vanished", "vanished");
            assertThat(bucketTree()).containsOnlyKeys("a", "m/b", "m/vanished", "vanished");
        }
    }

    @Test
    void diskInADirectoryThatIsLeftOutMayGo() throws Exception {
        try (Disk disk = Disk.mounted(source.resolve("run/user"))) {
            given(source, "a", "content", 1_000);
            givenInBucket("vanished", "only copy", 1_000);
            B2.emulator().faults().add("b2_upload_file: delay 500ms");

            CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(
                    () -> trySync(source.toString(), bucketUri(), "keepMode=delete", "excludeDirRegex=run"));
            await().until(() -> B2.emulator().count("b2_upload_file") > 0);
            disk.unmount();

            assertThat(run.get(60, TimeUnit.SECONDS).getException()).isNull();
            assertThat(bucketTree()).containsOnlyKeys("a");
        }
    }

    /** A disk in memory, where this machine lets us mount one. */
    private record Disk(Path mountPoint) implements AutoCloseable {
        static Disk mounted(Path mountPoint) throws Exception {
            Files.createDirectories(mountPoint);
            assumeTrue(
                    does("mount", "-t", "tmpfs", "tmpfs", mountPoint.toString()),
                    "this user may not mount a disk here");
            return new Disk(mountPoint);
        }

        /** As a disk that is pulled out: whoever has a file open keeps it. */
        void unmount() throws Exception {
            assertThat(does("umount", "-l", mountPoint.toString())).isTrue();
        }

        @Override
        public void close() throws Exception {
            does("umount", "-l", mountPoint.toString());
        }

        private static boolean does(String... command) throws Exception {
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor() == 0;
            } catch (IOException e) {
                return false;
            }
        }
    }

    private static List<Problem> failuresOf(CompletableFuture<Exchange> run) throws Exception {
        Exception failure = run.get(60, TimeUnit.SECONDS).getException();
        assertThat(failure).isInstanceOf(SyncIncompleteException.class);
        return ((SyncIncompleteException) failure).report().failures();
    }

    private static void assertEndsWith(CompletableFuture<Exchange> run, String reason) throws Exception {
        assertThat(failuresOf(run))
                .filteredOn(problem -> problem.kind() == Problem.Kind.GAVE_UP)
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains(reason));
    }
}
