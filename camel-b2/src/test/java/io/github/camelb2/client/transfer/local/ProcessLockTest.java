// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.transfer.resume.UploadClaim;
import io.github.camelb2.client.transfer.resume.UploadClaims;
import io.github.camelb2.client.transfer.resume.UploadClaims.Found;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessLockTest {
    @TempDir
    Path directory;

    @Test
    void whatIsLockedHereIsNotLockedTwice() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        try (ProcessLock lock =
                ProcessLock.tryLock(file, StandardOpenOption.WRITE).orElseThrow()) {
            assertThat(ProcessLock.tryLock(file, StandardOpenOption.WRITE)).isEmpty();
            assertThat(ProcessLock.held(directory.resolve("./file"))).containsSame(lock);
        }

        assertThat(ProcessLock.held(file)).isEmpty();
        ProcessLock.tryLock(file, StandardOpenOption.WRITE).orElseThrow().close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutLocksOfTheFileSystemThisProcessStillKnowsWhatItHolds(boolean isToldAsFailure) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        FileChannel real = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);

        try (ProcessLock lock = ProcessLock.tryLock(file, () -> new ChannelWithoutLocks(real, isToldAsFailure))
                .orElseThrow()) {
            assertThat(lock.isReal()).isFalse();
            assertThat(ProcessLock.tryLock(file, StandardOpenOption.WRITE)).isEmpty();
            assertThat(lock.channel().write(ByteBuffer.wrap(new byte[] {'x'}), 0))
                    .isOne();
        }

        assertThat(file).hasContent("x");
        assertThat(real.isOpen()).isFalse();
        ProcessLock.tryLock(file, StandardOpenOption.WRITE).orElseThrow().close();
    }

    /** Closing any channel on a file gives back the locks of the whole process on many systems. */
    @Test
    void aClaimStaysLockedForOtherProcessesAfterThisOneHasLookedAtIt() throws Exception {
        UploadClaims claims = new UploadClaims(directory, Instant::now);
        UploadClaim claim = claims.open("bucket", "a");
        claim.startedAs("file-1");
        Path file;
        try (var files = Files.list(directory)) {
            file = files.findFirst().orElseThrow();
        }

        Found found = claims.find("bucket", "a");
        assertThat(found.alive()).containsExactly("file-1");
        assertThat(claims.isShared("bucket", "a", claim)).isFalse();
        assertThat(isLockableElsewhere(file)).isFalse();

        claim.abandon();
        assertThat(isLockableElsewhere(file)).isTrue();
    }

    private static boolean isLockableElsewhere(Path file) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Path.of(ProcessLockTest.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        Probe.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }

    /** Another process: ends with 0 if it could lock the file. */
    static final class Probe {
        public static void main(String[] args) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                System.exit(channel.tryLock(Long.MAX_VALUE - 1, 1, false) == null ? 1 : 0);
            }
        }
    }
}
