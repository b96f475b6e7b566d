// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.NewFile;
import io.github.camelb2.emulator.state.file.Protection;

import static org.assertj.core.api.Assertions.assertThat;

class RestartTest {

    private static final int VERSIONS = Boolean.getBoolean("soak") ? 100_000 : 10_000;

    @TempDir(factory = QuickDirectory.class)
    private Path directory;

    @Test
    void accountWithManyVersionsIsOpenedQuicklyWithASnapshotAndWithout() throws IOException {
        try (Account account = Directories.open(directory)) {
            Bucket bucket = account.buckets().create("bucket", Bucket.defaultSettings("allPrivate", Encryption.NONE));
            for (int i = 0; i < VERSIONS; i++) {
                FileVersion.Stored stored = new FileVersion.Stored(
                        account.store().put(new ByteArrayInputStream(new byte[] {1})),
                        String.format("%040x", i),
                        String.format("%032x", i),
                        Encryption.NONE);
                account.files()
                        .add(
                                new NewFile(
                                        bucket,
                                        String.format("directory %04d/file %08d.txt", i / 1_000, i),
                                        "text/plain",
                                        Map.of("src_last_modified_millis", Long.toString(1_700_000_000_000L + i)),
                                        stored,
                                        Protection.NONE,
                                        null),
                                "Upload");
            }
        }
        assertThat(directory.resolve("snapshot.bin")).exists();
        Duration with = open("with a snapshot");
        java.nio.file.Files.delete(directory.resolve("snapshot.bin"));
        Duration without = open("without a snapshot");

        assertThat(with).isLessThan(Duration.ofSeconds(2));
        assertThat(without).isLessThan(Duration.ofSeconds(10));
    }

    private Duration open(String how) throws IOException {
        // Of a machine that has other things to do, only the processor's time says anything.
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        Account account = Directories.open(directory);
        Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - begun);
        try (account) {
            System.out.println("restart: " + VERSIONS + " versions " + how + " in " + took.toMillis() + " ms");
            assertThat(account.versions()).hasSize(VERSIONS);
        }
        return took;
    }
}
