// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.OperationStage;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.docs.DocTables;
import io.github.camelb2.operation.header.FileVersionHeaders;
import io.github.camelb2.operation.header.Reads;

import static org.assertj.core.api.Assertions.assertThat;

/** The manual's table of who writes and who reads each header is what the code does, and no step writes an order. */
class HeaderContractTest extends B2TestSupport {
    /** The only headers that are both found and ordered. */
    private static final Set<String> NAMES =
            Set.of("CamelB2FileName", "CamelB2FileId", "CamelFileName", "CamelFileContentType");

    private OperationStage stage;

    @BeforeEach
    void prepare() {
        try (var lease = component().borrowClient(component().getConfiguration())) {
            B2Client master = lease.client();
            stage = new OperationStage(b2(), master, B2.bucketName("stage"));
        }
    }

    private Set<String> written(B2Operations operation) {
        OperationStage.Message message = stage.message(operation);
        Exchange answer = send(message.uri(), message.body(), message.headers());
        Set<String> written = new TreeSet<>(answer.getMessage().getHeaders().keySet());
        written.removeAll(message.headers().keySet());
        return written;
    }

    @ParameterizedTest
    @EnumSource
    void everyHeaderThatAnOperationWritesIsInTheTableAndIsNoOrder(B2Operations operation) {
        assertThat(written(operation)).allSatisfy(header -> {
            assertThat(DocTables.writers(header)).as("writers of " + header).contains(operation.name());
            if (!NAMES.contains(header)) {
                assertThat(Arrays.stream(B2Operations.values())
                                .filter(it -> Reads.headers(it).contains(header)))
                        .as("operations that read " + header)
                        .isEmpty();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void noOperationWritesTheNamesOfCamelsFileEndpoints(B2Operations operation) {
        assertThat(written(operation))
                .doesNotContain("CamelFileName", "CamelFileContentType", "CamelFileLastModified", "Content-Type");
    }

    @Test
    void everyHeaderThatTheConsumerWritesIsInTheTableAndIsNoOrder() {
        Exchange exchange = new DefaultExchange(context());

        FileVersionHeaders.writeConsumed(exchange.getMessage(), stage.bucket(), stage.file());

        assertThat(new TreeMap<>(exchange.getMessage().getHeaders()).keySet()).allSatisfy(header -> {
            assertThat(DocTables.writers(header)).as("writers of " + header).contains("consumer");
            assertThat(NAMES.contains(header)
                            || Arrays.stream(B2Operations.values())
                                    .noneMatch(it -> Reads.headers(it).contains(header)))
                    .isTrue();
        });
    }

    @Test
    void allThatIsKnownOfAFileIsInFoundHeaders() {
        String locked = B2.bucketName("locked");
        send("b2:" + locked + "?operation=createBucket", null, Map.of(B2Constants.FILE_LOCK_ENABLED, true));
        long until = java.time.Instant.now().plus(java.time.Duration.ofDays(1)).toEpochMilli();
        Exchange made = send(
                "b2:" + locked + "?fileName=a&serverSideEncryption=SSE-B2",
                "hello",
                Map.ofEntries(
                        Map.entry(B2Constants.CONTENT_TYPE, "text/csv"),
                        Map.entry(B2Constants.FILE_INFO, Map.of("k", "v")),
                        Map.entry(B2Constants.CONTENT_DISPOSITION, "inline"),
                        Map.entry(B2Constants.CONTENT_ENCODING, "identity"),
                        Map.entry(B2Constants.CONTENT_LANGUAGE, "de"),
                        Map.entry(B2Constants.CACHE_CONTROL, "no-store"),
                        Map.entry(B2Constants.EXPIRES, "Thu, 01 Dec 2044 16:00:00 GMT"),
                        Map.entry(B2Constants.LAST_MODIFIED, 1_000L),
                        Map.entry(B2Constants.FILE_RETENTION_MODE, "governance"),
                        Map.entry(B2Constants.RETAIN_UNTIL, until),
                        Map.entry(B2Constants.LEGAL_HOLD, "on")));

        Exchange found =
                send("b2:" + locked + "?operation=getFileInfo", null, Map.of("CamelB2OverrideFileId", id(made)));

        assertThat(found.getMessage().getHeaders())
                .containsEntry("CamelB2FoundFileName", "a")
                .containsEntry("CamelB2FoundFileId", id(made))
                .containsEntry("CamelB2FoundAction", "upload")
                .containsEntry("CamelB2FoundContentType", "text/csv")
                .containsEntry("CamelB2FoundContentLength", 5L)
                .containsEntry("CamelB2FoundContentSha1", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")
                .containsEntry("CamelB2FoundContentMd5", "5d41402abc4b2a76b9719d911017c592")
                .containsEntry("CamelB2FoundContentDisposition", "inline")
                .containsEntry("CamelB2FoundContentEncoding", "identity")
                .containsEntry("CamelB2FoundContentLanguage", "de")
                .containsEntry("CamelB2FoundCacheControl", "no-store")
                .containsEntry("CamelB2FoundExpires", "Thu, 01 Dec 2044 16:00:00 GMT")
                .containsEntry("CamelB2FoundLastModified", 1_000L)
                .containsEntry("CamelB2FoundFileRetentionMode", "governance")
                .containsEntry("CamelB2FoundRetainUntil", until)
                .containsEntry("CamelB2FoundLegalHold", "on")
                .containsKeys(
                        "CamelB2FoundFileInfo", "CamelB2FoundUploadTimestamp", "CamelB2FoundServerSideEncryption");
        assertThat(made.getMessage().getHeaders())
                .containsEntry("CamelB2ProducedBucketName", locked)
                .containsEntry("CamelB2ProducedAction", "upload")
                .containsEntry("CamelB2ProducedContentMd5", "5d41402abc4b2a76b9719d911017c592")
                .containsEntry("CamelB2ProducedFileRetentionMode", "governance")
                .containsEntry("CamelB2ProducedRetainUntil", until)
                .containsEntry("CamelB2ProducedLegalHold", "on")
                .containsEntry("CamelB2ProducedOutcome", "stored");
    }

    private static String id(Exchange made) {
        return made.getMessage().getHeader("CamelB2ProducedFileId", String.class);
    }

    @Test
    void whatIsKnownOfABucketOrAKeyIsInFoundHeaders() {
        assertThat(written(B2Operations.getBucket))
                .containsAll(List.of(
                        "CamelB2FoundBucketName",
                        "CamelB2FoundBucketId",
                        "CamelB2FoundBucketType",
                        "CamelB2FoundBucketInfo",
                        "CamelB2FoundCorsRules",
                        "CamelB2FoundLifecycleRules",
                        "CamelB2FoundBucketRevision"));
        assertThat(written(B2Operations.getKey))
                .containsExactlyInAnyOrder("CamelB2FoundKeyId", "CamelB2FoundKeyName", "CamelB2FoundKeyCapabilities");
        assertThat(written(B2Operations.createBucket))
                .containsExactlyInAnyOrder(
                        "CamelB2ProducedBucketName",
                        "CamelB2ProducedBucketId",
                        "CamelB2ProducedBucketType",
                        "CamelB2ProducedBucketRevision");
        assertThat(written(B2Operations.createKey))
                .containsExactlyInAnyOrder(
                        "CamelB2ProducedKeyId", "CamelB2ProducedKeyName", "CamelB2ProducedKeyCapabilities");
    }
}
