// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Path;
import java.util.List;

import com.backblaze.b2.client.B2StorageClient;
import com.backblaze.b2.client.contentSources.B2ByteArrayContentSource;
import com.backblaze.b2.client.structures.B2UploadFileRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.benchmarks.client.SdkProgram;
import io.github.camelb2.benchmarks.process.Emulator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

@EnabledOnOs(value = OS.LINUX, disabledReason = "Processes are measured with what Linux says of them")
class BucketsTest {

    @TempDir
    Path work;

    @Test
    void aRoundThatStoresNothingOverWhatIsThereIsAnError() throws Exception {
        try (Emulator emulator = Emulator.start(work, List.of());
                Buckets buckets = new Buckets(emulator.account());
                B2StorageClient client = SdkProgram.client(emulator.account())) {
            buckets.create("rounds");
            store(client, "rounds");
            buckets.expectMoreVersions("rounds", 1);
            store(client, "rounds");
            buckets.expectMoreVersions("rounds", 1);

            buckets.expectFiles("rounds", 1);
            assertThatThrownBy(() -> buckets.expectMoreVersions("rounds", 1))
                    .hasMessageContaining("should hold 3 versions, but holds 2");
            buckets.expectVersions("rounds", 2);
        }
    }

    @Test
    void aFileThatWasNotReplacedIsAnError() throws Exception {
        try (Emulator emulator = Emulator.start(work, List.of());
                Buckets buckets = new Buckets(emulator.account());
                B2StorageClient client = SdkProgram.client(emulator.account())) {
            buckets.create("changed");
            store(client, "changed");

            buckets.expectLengths("changed", 3);
            assertThatThrownBy(() -> buckets.expectLengths("changed", 4)).hasMessageContaining("4 bytes, but has 3");
        }
    }

    private static void store(B2StorageClient client, String bucket) throws Exception {
        client.uploadSmallFile(B2UploadFileRequest.builder(
                        client.getBucketOrNullByName(bucket).getBucketId(),
                        "a.txt",
                        "text/plain",
                        B2ByteArrayContentSource.build(new byte[3]))
                .build());
    }
}
