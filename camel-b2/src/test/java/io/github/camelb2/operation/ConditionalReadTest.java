// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What is there already is not read again. */
class ConditionalReadTest extends B2TestSupport {
    private static final String OTHER = "0123456789012345678901234567890123456789";

    @TempDir
    Path directory;

    private Exchange read(String uri, Map<String, ?> headers) {
        return send(uri, "the old body", headers);
    }

    private static Object outcome(Exchange answer) {
        return answer.getMessage().getHeader(B2Constants.FOUND_OUTCOME);
    }

    @Test
    void whatIsUnchangedIsNotReadAndLeavesTheConnection() {
        String bucket = B2.createBucket();
        b2().advance(Duration.ofHours(1));
        StoredVersion stored = b2().state().put(bucket, "a", new byte[3_000_000]);
        b2().advance(Duration.ofHours(1));
        send("b2:*?operation=authorizeAccount", null, Map.of());
        Instant uploaded = Instant.ofEpochMilli(stored.uploadTimestamp());
        String uri = "b2:" + bucket + "?operation=downloadFile&fileName=a";
        for (String way : List.of(uri, uri + "&localWorkDirectory=" + directory)) {
            List<Map<String, ?>> unchanged = List.of(
                    Map.of(B2Constants.IF_MODIFIED_SINCE, uploaded),
                    Map.of(B2Constants.IF_MODIFIED_SINCE, "-59m"),
                    Map.of(B2Constants.IF_SHA1_DIFFERS, stored.sha1().toUpperCase(java.util.Locale.ROOT)),
                    Map.of(B2Constants.IF_SHA1_DIFFERS, stored.sha1(), B2Constants.IF_MODIFIED_SINCE, "-3h"));
            for (Map<String, ?> headers : unchanged) {
                Exchange answer = read(way, headers);

                assertThat(outcome(answer)).as(way + headers).isEqualTo("unchanged");
                assertThat(answer.getMessage().getBody()).isNull();
                assertThat(answer.getMessage().getHeader(B2Constants.FOUND_FILE_ID))
                        .isEqualTo(stored.fileId());
                assertThat(answer.getMessage().getHeaders())
                        .doesNotContainKeys(B2Constants.IF_MODIFIED_SINCE, B2Constants.IF_SHA1_DIFFERS);
            }
            List<Map<String, ?>> changed = List.of(
                    Map.of(
                            B2Constants.IF_MODIFIED_SINCE,
                            uploaded.minusMillis(1).toEpochMilli()),
                    Map.of(B2Constants.IF_MODIFIED_SINCE, "-61m"),
                    Map.of(B2Constants.IF_SHA1_DIFFERS, OTHER),
                    Map.of(B2Constants.IF_SHA1_DIFFERS, OTHER, B2Constants.IF_MODIFIED_SINCE, uploaded));
            for (Map<String, ?> headers : changed) {
                Exchange answer = read(way, headers);

                assertThat(outcome(answer)).as(way + headers).isEqualTo("changed");
                assertThat(answer.getMessage().getBody(byte[].class)).hasSize(3_000_000);
            }
        }
        assertThat(outcome(read(uri, Map.of(B2Constants.FOUND_OUTCOME, "changed"))))
                .isNull();
        try (var lease = component().borrowClient(component().getConfiguration())) {
            assertThat(lease.client().connections().orElseThrow().leased()).isZero();
        }
    }

    @Test
    void noFileIsWrittenOfWhatIsUnchangedAndTheOldOneStays() throws Exception {
        String bucket = B2.createBucket();
        StoredVersion stored = b2().state().put(bucket, "a", bytes("new"));
        Files.writeString(directory.resolve("a"), "old");

        read(
                "b2:" + bucket + "?operation=downloadFile&fileName=a&localWorkDirectory=" + directory
                        + "&ifSha1Differs=" + stored.sha1(),
                Map.of());

        assertThat(directory).isDirectoryContaining("glob:**/a");
        assertThat(Files.readString(directory.resolve("a"))).isEqualTo("old");
    }

    @Test
    void contentOfUnknownSha1IsReadUnlessItsTimeSaysOtherwise() {
        String bucket = B2.createBucket();
        send("b2:" + bucket + "?fileName=big&partSize=1000&largeFileSha1=never", new byte[5_000], Map.of());
        String uri = "b2:" + bucket + "?operation=downloadFile&fileName=big";

        assertThat(outcome(read(uri, Map.of(B2Constants.IF_SHA1_DIFFERS, OTHER))))
                .isEqualTo("changed");
        Object uploaded = read(uri, Map.of()).getMessage().getHeader(B2Constants.FOUND_UPLOAD_TIMESTAMP);
        assertThat(outcome(read(uri + "&ifModifiedSince=" + uploaded + "&ifSha1Differs=" + OTHER, Map.of())))
                .isEqualTo("unchanged");
    }

    @Test
    void aFileThatIsNotThereFailsUnderAnyCondition() {
        assertThat(fail(
                        "b2:" + B2.createBucket() + "?operation=downloadFile&fileName=a&ifModifiedSince=-1d",
                        null,
                        Map.of()))
                .isInstanceOf(B2NotFoundException.class);
    }

    @Test
    void whatIsNoConditionIsRefused() {
        String uri = "b2:" + B2.createBucket() + "?operation=downloadFile&fileName=a";
        for (String option : List.of("ifModifiedSince=yesterday", "ifSha1Differs=abc")) {
            assertThat(catchThrowable(() -> send(uri + "&" + option, null, Map.of())))
                    .hasStackTraceContaining("Option " + option + " cannot be: write ");
        }
        assertThat(fail(uri, null, Map.of(B2Constants.IF_SHA1_DIFFERS, "abc")))
                .hasMessageContaining(B2Constants.IF_SHA1_DIFFERS)
                .hasMessageContaining("40 hex digits");
    }

    @Test
    void bucketExistsAnswersWhetherTheAccountHasIt() {
        String bucket = B2.createBucket();

        assertThat(send("b2:" + bucket + "?operation=bucketExists", null, Map.of())
                        .getMessage()
                        .getBody())
                .isEqualTo(true);
        assertThat(send("b2:no-such-bucket", null, operation(B2Operations.bucketExists))
                        .getMessage()
                        .getBody())
                .isEqualTo(false);
    }
}
