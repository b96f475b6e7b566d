// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.transfer.TestClient;
import io.github.camelb2.client.transfer.resume.ForeignClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The options that say how content is moved, on endpoints. */
class TransferOptionsTest extends B2TestSupport {
    private static final byte[] CONTENT = "0123456789".repeat(2_000).getBytes(StandardCharsets.UTF_8);
    private static final String SHA1 = "large_file_sha1";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"auto, true, false", "always, true, true", "never, false, false"})
    void largeFileSha1SaysWhichLargeFilesKeepOne(String wish, boolean ofBytes, boolean ofStream) {
        String bucket = B2.createBucket();

        send("b2:" + bucket + "?fileName=bytes&largeFileSha1=" + wish, CONTENT, Map.of());
        send("b2:" + bucket + "?fileName=stream&largeFileSha1=" + wish, stream(), Map.of());

        assertThat(b2().state().versions(bucket, "bytes").get(0).info().containsKey(SHA1))
                .isEqualTo(ofBytes);
        assertThat(b2().state().versions(bucket, "stream").get(0).info().containsKey(SHA1))
                .isEqualTo(ofStream);
        assertThat(b2().state().bytes(bucket, "stream")).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @CsvSource({"lookUp, 1", "repeat, 2"})
    void lostUploadSaysWhatBecomesOfALostAnswer(String wish, int versions) {
        String bucket = B2.createBucket();
        b2().faults().add("b2_upload_file #1: lose-answer");

        send("b2:" + bucket + "?fileName=a&initialBackoff=10&maxBackoff=20&lostUpload=" + wish, "x", Map.of());

        assertThat(b2().state().versions(bucket, "a")).hasSize(versions);
    }

    @Test
    void aLostAnswerCanFail() {
        String bucket = B2.createBucket();
        b2().faults().add("b2_upload_file #1: lose-answer");

        assertThat(fail("b2:" + bucket + "?fileName=a&lostUpload=fail&initialBackoff=10", "x", Map.of()))
                .hasMessageContaining("stored or not: unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"warn", "off"})
    void verifyChecksumLetsAUserHaveAFileWithAWrongAssertion(String verify) throws IOException {
        String bucket = B2.createBucket();
        String wrong = "0123456789abcdef0123456789abcdef01234567";
        try (TestClient client = TestClient.of(b2(), directory.resolve("client"))) {
            String id = b2().state().bucketId(bucket).orElseThrow();
            ForeignClient.storeLarge(client.b2(), id, "a", Map.of(SHA1, wrong), CONTENT);
        }
        String uri = "b2:" + bucket + "?operation=downloadFile&fileName=a";

        assertThatThrownBy(
                        () -> template.request(uri, message -> {}).getMessage().getBody(byte[].class))
                .hasRootCauseInstanceOf(B2ChecksumException.class);
        assertThat(template.request(uri + "&verifyChecksum=" + verify, message -> {})
                        .getMessage()
                        .getBody(byte[].class))
                .isEqualTo(CONTENT);
        send(uri + "&localWorkDirectory=" + directory + "&verifyChecksum=" + verify, "", Map.of());
        assertThat(directory.resolve("a")).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "always", "never"})
    void downloadsComeToDiskHoweverTheyAreForcedThere(String fsync) {
        String bucket = B2.createBucket();
        b2().state().put(bucket, "a", CONTENT);

        send(
                "b2:" + bucket + "?operation=downloadFile&fileName=a&fsync=" + fsync + "&localWorkDirectory="
                        + directory,
                "",
                Map.of());

        assertThat(directory.resolve("a")).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest
    @CsvSource({"1MiB, 64MiB", "0, 64MiB", "1MiB, 0", "4000, 8000"})
    void streamsAreStoredWholeHoweverMuchOfThemIsInMemory(String each, String all) {
        String bucket = B2.createBucket();

        send(
                "b2:" + bucket + "?fileName=a&streamMemory=" + each + "&streamMemoryTotal=" + all,
                stream(),
                Map.of(B2Constants.CONTENT_TYPE, "text/plain"));

        assertThat(b2().state().bytes(bucket, "a")).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @CsvSource({"serverSideEncryption=default", "serverSideEncryption=none", "partSize=auto"})
    void whatSaysNothingOfEncryptionIsLeftToTheBucket(String option) {
        String bucket = B2.createBucket();

        send("b2:" + bucket + "?fileName=small&" + option, "x", Map.of());
        send("b2:" + bucket + "?fileName=large&" + option, CONTENT, Map.of());

        assertThat(b2().requests("b2_upload_file").get(0).headers().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("encryption"));
        assertThat(b2().requests("b2_start_large_file").get(0).json()).doesNotContain("ncryption");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "largeFileSha1=sometimes",
                "lostUpload=lookup",
                "verifyChecksum=true",
                "fsync=yes",
                "streamMemory=lots",
                "streamMemory=2GiB",
                "streamMemoryTotal=-1"
            })
    void aValueThatNoneIsIsRefusedWithTheOption(String option) {
        String name = option.substring(0, option.indexOf('='));

        assertThatThrownBy(() -> context.getEndpoint("b2:bucket?" + option)).hasStackTraceContaining(name);
    }

    /** One that Camel does not cache. */
    private static InputStream stream() {
        return new ByteArrayInputStream(CONTENT) {
            @Override
            public synchronized int available() {
                return 0;
            }
        };
    }
}
