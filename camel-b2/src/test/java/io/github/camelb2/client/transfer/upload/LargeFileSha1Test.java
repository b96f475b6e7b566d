// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.TestClient;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.plan.TransferOptions.LargeFileSha1;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The SHA-1 of the whole that a large file keeps. */
@Timeout(60)
class LargeFileSha1Test {
    private static final byte[] CONTENT = new byte[35_000];
    private static final TransferOptions TENS = TransferOptions.DEFAULT.withPartSize(10_000);
    private static final String OTHER = "0123456789abcdef0123456789abcdef01234567";

    static {
        new Random(1).nextBytes(CONTENT);
    }

    @TempDir
    Path directory;

    private final String bucket = "transfers";
    private B2Emulator b2;
    private TestClient client;

    @BeforeEach
    void givenClientAndBucket() {
        b2 = B2Emulator.builder().minPartSize(1_000).recommendedPartSize(10_000).start();
        client = TestClient.of(b2, directory.resolve("temporary"));
        b2.state().createBucket(bucket);
    }

    @AfterEach
    void close() {
        client.close();
        b2.close();
    }

    @Test
    void aFileIsReadFirstAndKeepsItsSha1() throws Exception {
        Path file = Files.write(directory.resolve("source"), CONTENT);

        for (UploadSource source : new UploadSource[] {UploadSources.file(file), UploadSources.bytes(CONTENT)}) {
            assertThat(upload(source, TENS).knownSha1()).hasValue(sha1());
        }
        assertThat(b2.requests("b2_upload_part"))
                .hasSize(8)
                .allMatch(part -> part.header("X-Bz-Content-Sha1").orElseThrow().matches("[0-9a-f]{40}"));
    }

    @Test
    void aDownloadByAnybodyIsVerifiedEndToEnd() throws Exception {
        upload(UploadSources.bytes(CONTENT), TENS);
        b2.faults().add("b2_download_file_by_*: flip response 7");

        assertThatThrownBy(() -> client.b2()
                        .download(DownloadFile.byName(bucket, "a"), directory.resolve("a"), TENS, TestClient.FAST))
                .isInstanceOf(B2ChecksumException.class)
                .hasMessageContaining(sha1());
    }

    @Test
    void aStreamHasNoneUnlessItIsWantedAlways() throws Exception {
        assertThat(upload(stream(), TENS).knownSha1()).isEmpty();
        assertThat(upload(stream(), TENS.withLargeFileSha1(LargeFileSha1.NEVER)).knownSha1())
                .isEmpty();
        assertThat(upload(stream(), TENS.withLargeFileSha1(LargeFileSha1.ALWAYS))
                        .knownSha1())
                .hasValue(sha1());
        assertThat(b2.state().bytes(bucket, "a")).isEqualTo(CONTENT);
        assertThat(directory.resolve("temporary")).isEmptyDirectory();
    }

    @Test
    void neverReadsNothingTwice() throws Exception {
        FileVersion stored = upload(UploadSources.bytes(CONTENT), TENS.withLargeFileSha1(LargeFileSha1.NEVER));

        assertThat(stored.knownSha1()).isEmpty();
        assertThat(b2.requests("b2_upload_part"))
                .allMatch(part -> part.header("X-Bz-Content-Sha1").orElseThrow().equals("hex_digits_at_end"));
    }

    @ParameterizedTest
    @EnumSource(LargeFileSha1.class)
    void aSha1ThatTheBytesDoNotHaveIsNeverStated(LargeFileSha1 wish) {
        TransferOptions options = TENS.withLargeFileSha1(wish);

        for (UploadSource source : new UploadSource[] {UploadSources.bytes(CONTENT), stream()}) {
            assertThatThrownBy(() -> upload(UploadSources.withSha1(source, OTHER), options))
                    .isInstanceOf(B2LocalContentException.class)
                    .hasMessageContainingAll(OTHER, sha1());
        }
        for (UploadSource source : new UploadSource[] {UploadSources.bytes(CONTENT), stream()}) {
            assertThatThrownBy(() -> client.b2()
                            .upload(
                                    UploadFile.of(bucket, "a").withInfo("large_file_sha1", OTHER),
                                    source,
                                    options,
                                    TestClient.FAST))
                    .isInstanceOf(B2LocalContentException.class)
                    .hasMessageContainingAll(OTHER, sha1());
        }
        assertThat(b2.state().versions(bucket)).isEmpty();
    }

    @Test
    void aStreamWhoseSha1WasGivenKeepsIt() throws Exception {
        assertThat(upload(UploadSources.withSha1(stream(), sha1()), TENS).knownSha1())
                .hasValue(sha1());
        assertThat(b2.state().bytes(bucket, "a")).isEqualTo(CONTENT);
    }

    /** Same length, and the same time of modification: only the bytes tell. */
    @ParameterizedTest
    @ValueSource(ints = {0, 15_000, 34_999})
    void aFileThatChangesBetweenThePassesIsNotStored(int position) throws Exception {
        Path file = Files.write(directory.resolve("source"), CONTENT);
        var modified = Files.getLastModifiedTime(file);
        var changing = TestClient.FAST.withListener(new ClientListener() {
            @Override
            public void onRequest(SentRequest request) {
                if (request.call().equals("b2_start_large_file")) {
                    flip(file, position);
                    try {
                        Files.setLastModifiedTime(file, modified);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            }
        });

        assertThatThrownBy(
                        () -> client.b2().upload(UploadFile.of(bucket, "a"), UploadSources.file(file), TENS, changing))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageContaining("changed while it was read");
        assertThat(b2.state().versions(bucket)).isEmpty();
    }

    @Test
    void aResumedFileThatSaysItsSha1IsReadAsAWhole() throws Exception {
        b2.faults().add("b2_upload_part #2+: status 403 cap_exceeded");
        assertThatThrownBy(() -> upload(UploadSources.bytes(CONTENT), TENS.withMaxConcurrency(1)))
                .hasMessageContaining("stays unfinished");
        b2.faults().clear();
        b2.resetRequests();

        assertThat(upload(UploadSources.bytes(CONTENT), TENS).knownSha1()).hasValue(sha1());

        assertThat(b2.count("b2_start_large_file")).isZero();
        assertThat(b2.requests("b2_upload_part"))
                .hasSize(3)
                .allMatch(part -> part.header("X-Bz-Content-Sha1").orElseThrow().matches("[0-9a-f]{40}"));
    }

    @Test
    void otherContentIsNotAddedToAFileThatSaysItsSha1() throws Exception {
        b2.faults().add("b2_upload_part #2+: status 403 cap_exceeded");
        assertThatThrownBy(() -> upload(UploadSources.bytes(CONTENT), TENS.withMaxConcurrency(1)))
                .hasMessageContaining("stays unfinished");
        b2.faults().clear();
        byte[] other = CONTENT.clone();
        other[34_000]++;

        upload(UploadSources.bytes(other), TENS);

        assertThat(b2.state().bytes(bucket, "a")).isEqualTo(other);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    private FileVersion upload(UploadSource source, TransferOptions options) {
        return client.b2().upload(UploadFile.of(bucket, "a"), source, options, TestClient.FAST);
    }

    private static UploadSource stream() {
        InputStream once = new ByteArrayInputStream(CONTENT);
        return UploadSources.stream(once, OptionalLong.empty(), "the body");
    }

    private static void flip(Path file, int position) {
        try (var channel = java.nio.channels.FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {(byte) (CONTENT[position] + 1)}), position);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String sha1() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(CONTENT));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
