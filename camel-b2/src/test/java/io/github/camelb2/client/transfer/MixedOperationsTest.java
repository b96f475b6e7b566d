// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.copy.Piece;
import io.github.camelb2.client.transfer.download.DownloadStream;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random operations while every tenth request fails: in the end B2 holds what it would hold without a fault, but for
 * second versions of small uploads whose answers were lost, which nobody can avoid.
 */
class MixedOperationsTest {
    private static final Logger LOG = LoggerFactory.getLogger(MixedOperationsTest.class);
    private static final int SEEDS = Boolean.getBoolean("soak") ? 1_000 : 50;
    private static final int OPERATIONS = 20;

    private static final AtomicLong FAULTS = new AtomicLong();
    private static final AtomicLong LOST_ANSWERS = new AtomicLong();
    private static final AtomicLong DOUBLES = new AtomicLong();

    @TempDir
    Path directory;

    private final String bucket = "mixed-operations";
    private final Map<String, byte[]> expected = new TreeMap<>();
    private final Map<String, String> newest = new TreeMap<>();
    /** How many versions each name has, doubles not counted. */
    private final Map<String, Integer> made = new TreeMap<>();

    /** Copies of what the name has already: one whose answer was lost cannot be told from the one before it. */
    private int sameAgain;

    private B2Emulator b2;
    private String bucketId;
    private TestClient client;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @BeforeEach
    void givenClientAndBucket() {
        b2 = B2Emulator.builder().minPartSize(100).recommendedPartSize(1_000).start();
        bucketId = b2.state().createBucket(bucket);
        client = TestClient.of(b2, directory.resolve("temporary"));
    }

    @AfterEach
    void stop() {
        client.close();
        b2.close();
    }

    @AfterAll
    static void tellTheFigures() {
        LOG.info(
                "{} seeds of {} operations: {} requests failed, {} of them with their answer lost; {} second versions",
                SEEDS,
                OPERATIONS,
                FAULTS,
                LOST_ANSWERS,
                DOUBLES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theEndIsTheSameAsWithoutFaults(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> faults = List.of("status 503", "status 500", "drop request 60", "drop response 30", "lose-answer");
        List<String> rules = IntStream.range(0, faults.size())
                .mapToObj(i -> "* 2% seed " + (seed * 10 + i) + ": " + faults.get(i))
                .toList();
        rules.forEach(b2.faults()::add);

        for (int i = 0; i < OPERATIONS; i++) {
            operate(random, "file-" + random.nextInt(4));
        }

        long fired = b2.faults().fired();
        long lostAnswers = b2.faults().fired(rules.get(3)) + b2.faults().fired(rules.get(4));
        b2.faults().clear();
        assertThat(b2.state().names(bucket)).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, content) ->
                assertThat(b2.state().bytes(bucket, name)).as(name).isEqualTo(content));
        assertThat(client.unfinishedWithParts(b2, bucketId)).isEmpty();
        long orphans = b2.state().unfinishedLargeFiles(bucket).size();
        long wanted = made.values().stream().mapToInt(Integer::intValue).sum();
        long doubles = b2.state().versions(bucket).size() - orphans - wanted;
        assertThat(doubles).isBetween((long) -sameAgain, lostAnswers);
        FAULTS.addAndGet(fired);
        LOST_ANSWERS.addAndGet(lostAnswers);
        DOUBLES.addAndGet(doubles);
        assertThat(client.leasedConnections()).isZero();
        assertThat(directory.resolve("temporary"))
                .satisfiesAnyOf(temporary -> assertThat(temporary).doesNotExist(), temporary -> assertThat(temporary)
                        .isEmptyDirectory());
    }

    private void operate(Random random, String name) throws IOException {
        switch (random.nextInt(8)) {
            case 0, 1 -> upload(name, content(random, random.nextInt(900)), random);
            case 2, 3 -> upload(name, content(random, 1_001 + random.nextInt(4_000)), random);
            case 4 -> read(name);
            case 5 -> copy(name, "file-" + random.nextInt(4));
            case 6 -> concatenate(name, content(random, random.nextInt(600)));
            default -> remove(name, random);
        }
    }

    private void upload(String name, byte[] content, Random random) {
        UploadSource source = random.nextBoolean()
                ? UploadSources.bytes(content)
                : UploadSources.stream(new ByteArrayInputStream(content), OptionalLong.empty(), "a stream");
        stored(
                name,
                content,
                client.b2().upload(UploadFile.of(bucket, name), source, TransferOptions.DEFAULT, TestClient.FAST));
    }

    private void read(String name) throws IOException {
        if (!expected.containsKey(name)) {
            return;
        }
        try (DownloadStream stream = client.b2().open(DownloadFile.byName(bucket, name), TestClient.FAST)) {
            assertThat(stream.readAllBytes()).isEqualTo(expected.get(name));
        }
        Path target = directory.resolve("target");
        client.b2()
                .download(
                        DownloadFile.byName(bucket, name),
                        target,
                        TransferOptions.DEFAULT.withPartSize(500),
                        TestClient.FAST);
        assertThat(target).hasBinaryContent(expected.get(name));
        Files.delete(target);
    }

    private void copy(String from, String to) {
        if (expected.containsKey(from) && !from.equals(to)) {
            if (Arrays.equals(expected.get(from), expected.get(to))) {
                sameAgain++;
            }
            stored(
                    to,
                    expected.get(from),
                    client.b2().copy(CopyFile.of(newest.get(from), to), TransferOptions.DEFAULT, TestClient.FAST));
        }
    }

    private void concatenate(String name, byte[] tail) {
        if (!expected.containsKey(name)) {
            return;
        }
        byte[] head = expected.get(name);
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        List<Piece> pieces = new ArrayList<>();
        pieces.add(Piece.remote(newest.get(name)));
        pieces.add(Piece.local(UploadSources.bytes(tail)));
        stored(
                name,
                both,
                client.b2().concatenate(UploadFile.of(bucket, name), pieces, TransferOptions.DEFAULT, TestClient.FAST));
    }

    /** Hides the name, or deletes all its versions. */
    private void remove(String name, Random random) {
        if (expected.remove(name) == null) {
            return;
        }
        if (random.nextBoolean()) {
            client.b2().call(new HideFile(bucketId, name), TestClient.FAST);
            made.merge(name, 1, Integer::sum);
            return;
        }
        for (StoredVersion version : b2.state().versions(bucket, name)) {
            client.b2().call(DeleteFileVersion.of(name, version.fileId()), TestClient.FAST);
        }
        made.remove(name);
    }

    private void stored(String name, byte[] content, FileVersion version) {
        expected.put(name, content);
        newest.put(name, version.fileId());
        made.merge(name, 1, Integer::sum);
    }

    private static byte[] content(Random random, int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }
}
