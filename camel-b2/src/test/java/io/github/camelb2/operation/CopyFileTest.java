// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.HashMap;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;

class CopyFileTest extends B2TestSupport {
    private static final String TO = B2Constants.DESTINATION_FILE_NAME;

    private String bucket;
    private StoredVersion source;

    @BeforeEach
    void givenAFile() {
        bucket = B2.createBucket();
        source = b2().state().put(bucket, "a.txt", bytes("0123456789"), Map.of("team", "x"));
    }

    @Test
    void aCopyKeepsContentAndMetadata() {
        Exchange answer = send(
                "b2:" + bucket + "?operation=copyFile&fileName=a.txt",
                null,
                Map.of(B2Constants.DESTINATION_FILE_NAME, "b.txt"));

        StoredVersion copy = b2().state().versions(bucket, "b.txt").get(0);
        assertThat(b2().state().bytes(bucket, "b.txt")).isEqualTo(bytes("0123456789"));
        assertThat(copy.info()).containsEntry("team", "x");
        assertThat(answer.getMessage().getHeaders())
                .containsEntry(B2Constants.PRODUCED_FILE_NAME, "b.txt")
                .containsEntry(B2Constants.PRODUCED_BUCKET_NAME, bucket)
                .containsEntry(B2Constants.PRODUCED_FILE_ID, copy.fileId())
                .doesNotContainKey(B2Constants.DESTINATION_FILE_NAME);
    }

    @Test
    void aRangeGoesToAnotherBucketUnderItsOwnName() {
        String other = B2.bucketName("other");
        b2().state().createBucket(other);

        Exchange answer = send(
                "b2:" + bucket + "?operation=copyFile&fileName=a.txt",
                null,
                Map.of(
                        B2Constants.DESTINATION_BUCKET_NAME,
                        other,
                        B2Constants.RANGE_START,
                        2,
                        B2Constants.RANGE_END,
                        4));

        assertThat(b2().state().bytes(other, "a.txt")).isEqualTo(bytes("234"));
        assertThat(answer.getMessage().getHeader(B2Constants.PRODUCED_BUCKET_NAME))
                .isEqualTo(other);
    }

    @Test
    void replaceGivesTheCopyNewMetadata() {
        send(
                "b2:" + bucket + "?operation=copyFile&fileName=a.txt",
                null,
                Map.of(
                        B2Constants.DESTINATION_FILE_NAME, "b.txt",
                        B2Constants.METADATA_DIRECTIVE, "REPLACE",
                        B2Constants.CONTENT_TYPE, "text/x-new",
                        B2Constants.FILE_INFO, Map.of("owner", "y")));

        StoredVersion copy = b2().state().versions(bucket, "b.txt").get(0);
        assertThat(copy.contentType()).isEqualTo("text/x-new");
        assertThat(copy.info()).containsEntry("owner", "y").doesNotContainKey("team");
    }

    @Test
    void replaceKeepsTheSha1OfALargeFileThatIsNamedByItsId() {
        String sha1 = "e".repeat(40);
        String id = b2().state()
                .put(bucket, "large", bytes("x".repeat(3_000)), Map.of("large_file_sha1", sha1, "team", "x"))
                .fileId();
        Map<String, Object> headers =
                Map.of(B2Constants.METADATA_DIRECTIVE, "REPLACE", B2Constants.FILE_INFO, Map.of("owner", "y"));

        send("b2:" + bucket + "?operation=copyFile", null, with(with(headers, B2Constants.FILE_ID, id), TO, "whole"));
        send(
                "b2:" + bucket + "?operation=copyFile",
                null,
                with(with(with(headers, B2Constants.FILE_ID, id), TO, "some"), B2Constants.RANGE_END, 9));

        assertThat(b2().state().versions(bucket, "whole").get(0).info())
                .isEqualTo(Map.of("owner", "y", "large_file_sha1", sha1));
        // It is not the SHA-1 of a range.
        assertThat(b2().state().versions(bucket, "some").get(0).info()).isEqualTo(Map.of("owner", "y"));
    }

    @Test
    void anyVersionIsCopiedById() {
        b2().state().put(bucket, "a.txt", bytes("newer"));

        send(
                "b2:" + bucket + "?operation=copyFile",
                null,
                Map.of(B2Constants.FILE_ID, source.fileId(), B2Constants.DESTINATION_FILE_NAME, "b.txt"));

        assertThat(b2().state().bytes(bucket, "b.txt")).isEqualTo(bytes("0123456789"));
    }

    @Test
    void aCopyNeedsADestination() {
        assertThat(fail("b2:" + bucket + "?operation=copyFile&fileName=a.txt", null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("copyFile needs a destination")
                .hasMessageContaining(B2Constants.DESTINATION_FILE_NAME);
    }

    @Test
    void aSourceThatIsNotThereIsNamed() {
        assertThat(fail(
                        "b2:" + bucket + "?operation=copyFile&fileName=nothing",
                        null,
                        Map.of(B2Constants.DESTINATION_FILE_NAME, "b.txt")))
                .isInstanceOf(B2NotFoundException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void aCopyIsNotDescribedByTheBodyOfAnotherFile() throws Exception {
        b2().state().put(bucket, "tenant.bin", bytes("theirs"), Map.of("tenant", "y", "b2-content-encoding", "gzip"));
        String from = "b2:" + bucket + "?operation=downloadFile&fileName=";
        String copy = "b2:" + bucket + "?operation=copyFile";
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:other").to(from + "tenant.bin").to(copy + "&fileName=a.txt");
                from("direct:same").to(from + "a.txt").to(copy);
            }
        });
        Map<String, Object> headers =
                Map.of(B2Constants.METADATA_DIRECTIVE, "REPLACE", B2Constants.CONTENT_LANGUAGE, "de");

        send("direct:other", null, with(headers, B2Constants.DESTINATION_FILE_NAME, "b.txt"));
        send("direct:same", null, with(headers, B2Constants.DESTINATION_FILE_NAME, "c.txt"));

        assertThat(b2().state().versions(bucket, "b.txt").get(0).info()).isEqualTo(Map.of("b2-content-language", "de"));
        assertThat(b2().state().versions(bucket, "c.txt").get(0).info())
                .isEqualTo(Map.of("team", "x", "b2-content-language", "de"));
    }

    private static Map<String, Object> with(Map<String, Object> headers, String name, Object value) {
        Map<String, Object> more = new HashMap<>(headers);
        more.put(name, value);
        return more;
    }
}
