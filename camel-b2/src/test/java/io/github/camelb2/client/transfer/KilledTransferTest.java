// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.local.LocalStore;
import io.github.camelb2.client.transfer.local.TemporaryFile;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** JVMs that are killed in the middle: what the next one finds, uses and leaves. */
class KilledTransferTest {
    private static final Logger LOG = LoggerFactory.getLogger(KilledTransferTest.class);
    private static final int KILLS = Boolean.getBoolean("soak") ? 20 : 3;
    private static final int PART = 1_000_000;
    private static final int PARTS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final String bucket = "transfers";
    private B2Emulator b2;
    private Path temporary;
    private Path source;

    static Stream<Integer> kills() {
        return IntStream.range(0, KILLS).boxed();
    }

    @BeforeEach
    void givenFile() throws IOException {
        b2 = B2Emulator.builder()
                .minPartSize(PART / 2)
                .recommendedPartSize(PART)
                .start();
        b2.state().createBucket(bucket);
        temporary = Files.createDirectory(directory.resolve("temporary"));
        byte[] content = new byte[PART * PARTS - 1];
        new Random(1).nextBytes(content);
        source = Files.write(directory.resolve("source"), content);
    }

    @AfterEach
    void stop() {
        b2.close();
    }

    @ParameterizedTest
    @MethodSource("kills")
    void theNextUploadSendsOnlyWhatIsMissing(int kill) throws Exception {
        // From the moment before the first part is stored to the one before the last.
        int stored = KILLS == 1 ? 0 : kill * (PARTS - 1) / (KILLS - 1);
        b2.faults().add("b2_upload_part #" + (stored + 1) + "+: hang");
        Process first = TransferProcess.start(b2, temporary, PART, "up", bucket, "a", source);
        await().atMost(PATIENCE)
                .until(() -> !first.isAlive() || partsStored() >= stored && b2.count("b2_upload_part") > stored);
        assertThat(first.isAlive()).as(log()).isTrue();

        first.destroyForcibly().waitFor();
        b2.faults().clear();
        await().atMost(PATIENCE).until(() -> b2.openConnections() == 0);
        int there = partsStored();
        b2.resetRequests();
        Process second = TransferProcess.start(b2, temporary, PART, "up", bucket, "a", source);
        assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(second.exitValue()).as(log()).isZero();
        LOG.info("killed with {} parts stored; {} bytes were not sent again", there, (long) there * PART);
        assertThat(there).isGreaterThanOrEqualTo(stored);
        assertThat(b2.count("b2_upload_part")).isEqualTo(PARTS - there);
        assertThat(b2.state().bytes(bucket, "a")).isEqualTo(Files.readAllBytes(source));
        assertThat(b2.state().versions(bucket)).hasSize(1);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("kills")
    void theNextDownloadLeavesNothingBehind(int kill) throws Exception {
        b2.state().put(bucket, "a", Files.readAllBytes(source));
        Path target = Files.createDirectory(directory.resolve("down")).resolve("a");
        int ranges = KILLS == 1 ? 1 : 1 + kill * (PARTS - 3) / (KILLS - 1);
        b2.faults().add("b2_download_file_by_id #" + ranges + "+: hang");
        Process first = TransferProcess.start(b2, temporary, PART, "down", bucket, "a", target);
        await().atMost(PATIENCE).until(() -> !first.isAlive() || b2.count("b2_download_file_by_id") >= ranges);
        assertThat(first.isAlive()).as(log()).isTrue();

        first.destroyForcibly().waitFor();
        assertThat(filesBeside(target)).hasSize(1).allMatch(TemporaryFile::isName);
        b2.faults().clear();
        Process second = TransferProcess.start(b2, temporary, PART, "down", bucket, "a", target);
        assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(second.exitValue()).as(log()).isZero();
        assertThat(target).hasSameBinaryContentAs(source);
        assertThat(filesBeside(target)).isEqualTo(List.of("a"));
    }

    @Test
    void theNextUploadDeletesThePiecesOfAStream() throws Exception {
        b2.faults().add("b2_upload_part #3+: hang");
        Process first = TransferProcess.start(b2, temporary, PART, "stream", bucket, "a", source);
        await().atMost(PATIENCE).until(() -> !first.isAlive() || b2.count("b2_upload_part") > 3);
        assertThat(first.isAlive()).as(log()).isTrue();
        new LocalStore(temporary, InstantSource.system()).sweepPieces();
        assertThat(pieces()).as("pieces of the living process").isNotEmpty();

        first.destroyForcibly().waitFor();
        assertThat(pieces()).as("pieces of the dead process").isNotEmpty();
        b2.faults().clear();
        Process second = TransferProcess.start(b2, temporary, PART, "stream", bucket, "a", source);
        assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(second.exitValue()).as(log()).isZero();
        assertThat(b2.state().bytes(bucket, "a")).isEqualTo(Files.readAllBytes(source));
        // A kill may meet one before it has its name; that goes when it is old.
        assertThat(pieces()).allMatch(name -> name.startsWith("."));
    }

    private List<String> pieces() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".part"))
                    .toList();
        }
    }

    private int partsStored() {
        return b2.state().versions(bucket).stream()
                .filter(version -> version.action().equals("start"))
                .mapToInt(version -> b2.state().parts(version.fileId()))
                .sum();
    }

    private String log() throws IOException {
        Path log = directory.resolve("process.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static List<String> filesBeside(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target.getParent())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
