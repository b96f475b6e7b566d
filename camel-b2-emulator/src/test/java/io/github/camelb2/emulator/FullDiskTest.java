// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A disk that takes half a record and no more. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

    /** 32 KiB, or 64 where the shell counts in kilobytes: some forty records with long names. */
    private static final int BLOCKS = 64;

    private static final List<String> JVM = List.of("-Xmx128m", "-XX:-UsePerfData");
    private static final byte[] CONTENT = "content".getBytes();

    @TempDir
    private Path directory;

    @Test
    void recordThatWasWrittenInPartIsTakenBack() throws Exception {
        List<String> stored = new ArrayList<>();
        String bucketId;
        String refused;
        Path data = directory.resolve("data");
        try (EmulatorProcess full = EmulatorProcess.startWithSmallFiles(
                BLOCKS, directory.resolve("log"), JVM, "--data-dir", data.toString())) {
            RawB2 b2 = RawB2.login(full.url(), full.keyId(), full.key());
            bucketId = b2.createBucket("full-disk-bucket");
            RawB2.Answer last = upload(b2, bucketId, 0);
            while (last.status() == 200) {
                stored.add(last.text("fileName"));
                last = upload(b2, bucketId, stored.size());
            }
            refused = name(stored.size());

            assertThat(last.status()).isEqualTo(500);
            assertThat(Files.readString(data.resolve("journal.jsonl"))).endsWith("}\n");
            assertThat(names(b2, bucketId)).isEqualTo(stored);
            assertThat(b2.get("/file/full-disk-bucket/" + stored.get(0), Map.of())
                            .body())
                    .isEqualTo(CONTENT);
            // A short record, which would end within what is left of the long one.
            RawB2.Answer deleted = delete(b2, bucketId, stored.get(0));
            assertThat(deleted.status()).isEqualTo(200);
            stored.remove(0);
            full.kill();
        }

        try (EmulatorProcess again =
                EmulatorProcess.start(directory.resolve("log"), JVM, "--data-dir", data.toString())) {
            RawB2 b2 = RawB2.login(again.url(), again.keyId(), again.key());

            assertThat(names(b2, bucketId)).isEqualTo(stored);
            assertThat(b2.get("/file/full-disk-bucket/" + refused, Map.of()).statusCode())
                    .isEqualTo(404);
            assertThat(upload(b2, bucketId, 99).status()).isEqualTo(200);
        }
        assertThat(data.resolve("incoming")).isEmptyDirectory();
        assertThat(data.resolve("unclaimed")).doesNotExist();
    }

    private static String name(int number) {
        return String.format("%03d", number) + "n".repeat(700);
    }

    private static RawB2.Answer upload(RawB2 b2, String bucketId, int number) throws Exception {
        return b2.upload(bucketId, name(number), CONTENT);
    }

    private static RawB2.Answer delete(RawB2 b2, String bucketId, String name) throws Exception {
        String fileId = b2.call("b2_list_file_names", "{'bucketId':'" + bucketId + "','startFileName':'" + name + "'}")
                .json()
                .at("/files/0/fileId")
                .textValue();
        return b2.call("b2_delete_file_version", "{'fileName':'" + name + "','fileId':'" + fileId + "'}");
    }

    private static List<String> names(RawB2 b2, String bucketId) throws Exception {
        List<String> names = new ArrayList<>();
        for (JsonNode file : b2.call("b2_list_file_names", "{'bucketId':'" + bucketId + "','maxFileCount':1000}")
                .json()
                .get("files")) {
            names.add(file.get("fileName").textValue());
        }
        return names;
    }
}
