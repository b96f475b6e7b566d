// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A real process, killed in the middle of real requests. */
class KilledProcessTest {

    private static final int KILLS = Boolean.getBoolean("soak") ? 40 : 2;
    private static final int THREADS = 4;

    @TempDir
    private Path directory;

    /** What was answered: the bytes by file id, as long as the version is not deleted. */
    private final Map<String, byte[]> promised = new ConcurrentHashMap<>();

    private final Random random = new Random();

    @Test
    void whatWasAnsweredIsThereAndWhatIsThereIsWhole() throws Exception {
        String bucketId = "";
        for (int kill = 0; kill <= KILLS; kill++) {
            try (EmulatorProcess emulator = EmulatorProcess.start(
                    directory.resolve("log"),
                    List.of("-Xmx128m"),
                    "--data-dir",
                    directory.resolve("data").toString())) {
                RawB2 b2 = RawB2.login(emulator.url(), emulator.keyId(), emulator.key());
                if (kill == 0) {
                    bucketId = b2.createBucket("killed-bucket");
                }
                assertEverythingIsThere(b2, bucketId);
                if (kill < KILLS) {
                    killWhileWriting(emulator, bucketId);
                }
            }
        }
        assertThat(promised).isNotEmpty();
    }

    private void assertEverythingIsThere(RawB2 b2, String bucketId) throws Exception {
        List<String> listed = b2.call("b2_list_file_versions", "{'bucketId':'" + bucketId + "','maxFileCount':10000}")
                .json()
                .findValuesAsText("fileId");
        assertThat(listed).containsAll(promised.keySet());
        for (Map.Entry<String, byte[]> one : promised.entrySet()) {
            assertThat(b2.get("/b2api/v4/b2_download_file_by_id?fileId=" + one.getKey(), Map.of())
                            .body())
                    .isEqualTo(one.getValue());
        }
    }

    private void killWhileWriting(EmulatorProcess emulator, String bucketId) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        int before = promised.size();
        int answers = 20 + random.nextInt(60);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long seed = random.nextLong();
                writers.add(threads.submit(() -> write(emulator, bucketId, new Random(seed))));
            }
            await().until(() ->
                    promised.size() >= before + answers || writers.stream().allMatch(Future::isDone));
            emulator.kill();
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Uploads and deletes until the connection breaks. */
    private void write(EmulatorProcess emulator, String bucketId, Random own) {
        try {
            RawB2 b2 = RawB2.login(emulator.url(), emulator.keyId(), emulator.key());
            while (true) {
                byte[] bytes = ("content " + own.nextLong())
                        .repeat(1 + own.nextInt(2_000))
                        .getBytes(StandardCharsets.UTF_8);
                RawB2.Answer stored = b2.upload(bucketId, "file-" + own.nextInt(50), bytes);
                assertThat(stored.status()).isEqualTo(200);
                promised.put(stored.text("fileId"), bytes);
                if (own.nextInt(5) == 0) {
                    // From the moment at which the deletion is asked for, nobody knows.
                    promised.remove(stored.text("fileId"));
                    b2.call(
                            "b2_delete_file_version",
                            "{'fileId':'" + stored.text("fileId") + "','fileName':'" + stored.text("fileName") + "'}");
                }
            }
        } catch (java.io.IOException e) {
            assertThat(e).as("the process was killed").isNotNull();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
