// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.TestClient;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.interop.Witness;

import static org.assertj.core.api.Assertions.assertThat;

/** What b2sdk itself leaves unfinished, in its own layout, is gone on with. */
@Timeout(120)
class B2sdkResumeTest {
    private static final Logger LOG = LoggerFactory.getLogger(B2sdkResumeTest.class);
    private static final long PART = 5_000_000;
    private static final String MODIFIED = "1500000000000";

    @TempDir
    Path directory;

    @Test
    void anUploadThatB2sdkDidNotFinishIsFinishedInItsLayout() throws Exception {
        Witness b2sdk = Witness.b2sdk("/b2sdk/unfinished.py", directory);
        String bucket = "unfinished-files";
        byte[] content = new byte[(int) (3 * PART + PART / 2)];
        new Random(1).nextBytes(content);
        Path file = Files.write(directory.resolve("source"), content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(Long.parseLong(MODIFIED)));
        // How long the file has rested is the service's to say.
        AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
        try (B2Emulator b2 = B2Emulator.builder()
                        .recommendedPartSize(PART)
                        .clock(() -> Instant.now().plus(later.get()))
                        .start();
                TestClient client = TestClient.of(b2, directory.resolve("temporary"), ClientListener.NONE)) {
            b2.state().createBucket(bucket);
            b2.faults().add("b2_upload_part #2+: status 400 bad_request");
            String result = b2sdk.run(
                    b2.url(), b2.applicationKeyId(), b2.applicationKey(), bucket, "a", file.toString(), MODIFIED);
            assertThat(result).isEqualToIgnoringNewLines("failed");
            assertThat(b2.state().unfinishedLargeFiles(bucket)).containsExactly("a");
            b2.faults().clear();
            later.set(Duration.ofMinutes(16));
            b2.resetRequests();

            FileVersion stored = client.b2()
                    .upload(
                            UploadFile.of(bucket, "a").withInfo(FileInfo.SRC_LAST_MODIFIED_MILLIS, MODIFIED),
                            UploadSources.file(file),
                            TransferOptions.DEFAULT,
                            TestClient.FAST);

            LOG.info("b2sdk left {} bytes, which were not sent again", PART);
            assertThat(b2.count("b2_start_large_file")).isZero();
            // Three of 5,000,000 bytes at most: parts keep the length that b2sdk began with.
            assertThat(b2.count("b2_upload_part")).isEqualTo(3);
            assertThat(stored.contentLength()).isEqualTo(content.length);
            assertThat(stored.fileInfo()).containsEntry(FileInfo.SRC_LAST_MODIFIED_MILLIS, MODIFIED);
            assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
            Path target = directory.resolve("target");
            client.b2().download(DownloadFile.byName(bucket, "a"), target, TransferOptions.DEFAULT, TestClient.FAST);
            assertThat(target).hasSameBinaryContentAs(file);
        }
    }
}
