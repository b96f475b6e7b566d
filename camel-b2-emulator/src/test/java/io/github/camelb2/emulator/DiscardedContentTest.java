// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** An emulator that counts uploads and keeps none. */
class DiscardedContentTest {

    private static final int BYTES = 3_000_000;
    private static final String BUCKET = "discarded-bucket";

    @TempDir
    private Path directory;

    private B2Emulator start(boolean discard, boolean repair) {
        return B2Emulator.builder()
                .dataDir(directory)
                .minPartSize(100)
                .discardContent(discard)
                .repair(repair)
                .start();
    }

    private long bytesOnDisk() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void uploadsAreCheckedAndListedAndTakeNoRoom() throws Exception {
        byte[] bytes = new byte[BYTES];
        String large;
        try (B2Emulator emulator = start(true, false)) {
            RawB2 b2 = RawB2.login(emulator);
            String bucketId = b2.createBucket(BUCKET);
            RawB2.Answer stored = b2.upload(bucketId, "small", bytes);
            assertThat(stored.status()).isEqualTo(200);
            assertThat(stored.text("contentSha1")).isEqualTo(RawB2.sha1(bytes));
            assertThat(b2.upload(bucketId, "bad", bytes, Map.of("X-Bz-Content-Sha1", "0".repeat(40)))
                            .status())
                    .isEqualTo(400);
            large = largeFile(b2, bucketId, bytes);
            assertThat(b2.call("b2_copy_file", "{'sourceFileId':'" + large + "','fileName':'copy'}")
                            .status())
                    .isEqualTo(200);

            assertThat(emulator.state().names(BUCKET)).containsExactly("copy", "large", "small");
            assertThat(bytesOnDisk()).isLessThan(100_000);
            assertThat(emulator.state().temporaryFiles()).isZero();
        }
        for (boolean repair : new boolean[] {false, true}) {
            try (B2Emulator emulator = start(false, repair)) {
                RawB2 b2 = RawB2.login(emulator);
                HttpResponse<byte[]> read = b2.get("/file/" + BUCKET + "/large", Map.of());

                assertThat(read.statusCode()).isEqualTo(400);
                assertThat(new String(read.body(), StandardCharsets.UTF_8)).contains("--discard-content", "large");
                assertThat(emulator.state().names(BUCKET)).containsExactly("copy", "large", "small");
                assertThat(b2.call("b2_get_file_info", "{'fileId':'" + large + "'}")
                                .json()
                                .get("contentLength")
                                .longValue())
                        .isEqualTo(2L * BYTES);
            }
        }
    }

    private static String largeFile(RawB2 b2, String bucketId, byte[] part) throws Exception {
        String id = b2.call(
                        "b2_start_large_file", "{'bucketId':'" + bucketId + "','fileName':'large','contentType':'a/b'}")
                .text("fileId");
        for (int number = 1; number <= 2; number++) {
            assertThat(b2.uploadPart(id, number, part).status()).isEqualTo(200);
        }
        String sha1 = RawB2.sha1(part);
        RawB2.Answer finished = b2.call(
                "b2_finish_large_file", "{'fileId':'" + id + "','partSha1Array':['" + sha1 + "','" + sha1 + "']}");
        assertThat(finished.status()).isEqualTo(200);
        return id;
    }
}
