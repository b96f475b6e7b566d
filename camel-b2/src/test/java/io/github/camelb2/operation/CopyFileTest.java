package io.github.camelb2.operation;

import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;

class CopyFileTest extends B2TestSupport {
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
}
