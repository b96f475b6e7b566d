// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.OperationStage;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code updateFileInfo} and {@code appendFile}: versions that are made of the one before them. */
class SuccessionTest extends B2TestSupport {
    private String bucket;

    @BeforeEach
    void makeBucket() {
        bucket = B2.bucketName("succession");
        send("b2:" + bucket + "?operation=createBucket", null, Map.of(B2Constants.FILE_LOCK_ENABLED, true));
    }

    private Exchange append(String name, Object body, Map<String, ?> headers) {
        return send("b2:" + bucket + "?operation=appendFile&fileName=" + name, body, headers);
    }

    private Exchange update(String name, Map<String, ?> headers) {
        return send("b2:" + bucket + "?operation=updateFileInfo&fileName=" + name, null, headers);
    }

    private String content(String name) {
        return new String(b2().state().bytes(bucket, name), StandardCharsets.UTF_8);
    }

    private StoredVersion newest(String name) {
        List<StoredVersion> versions = b2().state().versions(bucket, name);
        return versions.stream()
                .max((one, other) -> Long.compare(one.uploadTimestamp(), other.uploadTimestamp()))
                .orElseThrow();
    }

    @Test
    void whatIsNotSaidStaysWithAFileWhoseInfoIsUpdated() {
        long until = Instant.now().plus(Duration.ofDays(1)).toEpochMilli();
        send(
                "b2:" + bucket + "?fileName=a&serverSideEncryption=SSE-B2",
                "content",
                Map.of(
                        B2Constants.CONTENT_TYPE,
                        "text/csv",
                        B2Constants.FILE_INFO,
                        Map.of("kept", "1", "changed", "2", "gone", "3"),
                        B2Constants.LAST_MODIFIED,
                        1_000L,
                        B2Constants.FILE_RETENTION_MODE,
                        "governance",
                        B2Constants.RETAIN_UNTIL,
                        until,
                        B2Constants.LEGAL_HOLD,
                        "on"));

        Exchange answer = update(
                "a",
                Map.of(
                        B2Constants.FILE_INFO,
                        Map.of("Changed", "4", "new", "5", "gone", ""),
                        B2Constants.CACHE_CONTROL,
                        "no-store"));

        assertThat(content("a")).isEqualTo("content");
        assertThat(b2().state().versions(bucket, "a")).hasSize(2);
        assertThat(newest("a").contentType()).isEqualTo("text/csv");
        assertThat(newest("a").info())
                .containsEntry("kept", "1")
                .containsEntry("changed", "4")
                .containsEntry("new", "5")
                .containsEntry("b2-cache-control", "no-store")
                .containsEntry("src_last_modified_millis", "1000")
                .doesNotContainKey("gone");
        assertThat(answer.getMessage().getHeaders())
                .containsEntry(B2Constants.PRODUCED_FILE_ID, newest("a").fileId())
                .containsEntry(B2Constants.PRODUCED_FILE_RETENTION_MODE, "governance")
                .containsEntry(B2Constants.PRODUCED_RETAIN_UNTIL, until)
                .containsEntry(B2Constants.PRODUCED_LEGAL_HOLD, "on")
                .hasEntrySatisfying(B2Constants.PRODUCED_SERVER_SIDE_ENCRYPTION, it -> assertThat(it)
                        .hasToString("SSE-B2"));
        assertThat(update("a", Map.of(B2Constants.CONTENT_TYPE, "text/plain")).getException())
                .isNull();
        assertThat(newest("a").contentType()).isEqualTo("text/plain");
        assertThat(newest("a").info()).containsEntry("new", "5");
    }

    @Test
    void aFileWithAKeyOfTheCustomerKeepsItAndNeedsIt() {
        Map<String, Object> key = Map.of(
                B2Constants.SERVER_SIDE_ENCRYPTION, "SSE-C", B2Constants.CUSTOMER_KEY, OperationStage.CUSTOMER_KEY);
        send("b2:" + bucket + "?fileName=s", "secret", key);
        String uri = "b2:" + bucket + "?fileName=s&operation=";

        assertThat(fail(uri + "updateFileInfo", null, Map.of(B2Constants.CONTENT_TYPE, "text/plain")))
                .hasMessageContaining("SSE-C")
                .hasMessageContaining(B2Constants.CUSTOMER_KEY);
        assertThat(fail(uri + "appendFile", "more", Map.of())).hasMessageContaining(B2Constants.CUSTOMER_KEY);
        send(
                uri + "updateFileInfo",
                null,
                Map.of(B2Constants.CONTENT_TYPE, "text/plain", B2Constants.CUSTOMER_KEY, OperationStage.CUSTOMER_KEY));
        send(uri + "appendFile", " and more", Map.of(B2Constants.CUSTOMER_KEY, OperationStage.CUSTOMER_KEY));

        assertThat(fail(uri + "downloadFile", null, Map.of())).isNotNull();
        assertThat(send(uri + "downloadFile", null, Map.of(B2Constants.CUSTOMER_KEY, OperationStage.CUSTOMER_KEY))
                        .getMessage()
                        .getBody(String.class))
                .isEqualTo("secret and more");
    }

    @Test
    void aLockThatTheKeyMayNotReadIsNotLost() {
        send("b2:" + bucket + "?fileName=a", "content", Map.of(B2Constants.LEGAL_HOLD, "on"));
        try (var lease = component().borrowClient(component().getConfiguration())) {
            var key = new OperationStage(b2(), lease.client(), B2.bucketName("stage")).keyWithout("readFileLegalHolds");
            String uri = "b2:" + bucket + "?fileName=a&operation=updateFileInfo&applicationKeyId="
                    + key.applicationKeyId() + "&applicationKey=RAW(" + key.applicationKey() + ")";

            assertThat(fail(uri, null, Map.of(B2Constants.CONTENT_TYPE, "text/plain")))
                    .hasMessageContaining("readFileLegalHolds");
            assertThat(b2().state().versions(bucket, "a")).hasSize(1);
        }
    }

    @Test
    void onlyTheCurrentVersionIsUpdatedAndThereMustBeOne() {
        String old = b2().state().put(bucket, "a", bytes("1")).fileId();
        b2().state().put(bucket, "a", bytes("2"));

        assertThat(fail(
                        "b2:" + bucket + "?operation=updateFileInfo&fileName=a",
                        null,
                        Map.of(B2Constants.OVERRIDE_FILE_ID, old, B2Constants.CONTENT_TYPE, "text/plain")))
                .isInstanceOf(B2ConflictException.class)
                .hasMessageContaining("is not the current one");
        b2().state().hide(bucket, "a");
        assertThat(fail(
                        "b2:" + bucket + "?operation=updateFileInfo&fileName=a",
                        null,
                        Map.of(B2Constants.CONTENT_TYPE, "text/plain")))
                .isInstanceOf(B2NotFoundException.class);
        assertThat(fail("b2:" + bucket + "?operation=updateFileInfo&fileName=a", null, Map.of()))
                .hasMessageContaining("something to change");
        assertThat(b2().state().versions(bucket, "a")).hasSize(3);
    }

    @Test
    void whatIsAppendedComesBehindWhatIsThereAndOldVersionsStay() {
        append("log", "one,", Map.of(B2Constants.CONTENT_TYPE, "text/csv", B2Constants.FILE_INFO, Map.of("k", "v")));
        append("log", new ByteArrayInputStream(bytes("two,")), Map.of());
        append("log", "x".repeat(3_000) + ",", Map.of());
        b2().resetRequests();
        append("log", "end", Map.of());

        assertThat(content("log")).isEqualTo("one,two," + "x".repeat(3_000) + ",end");
        assertThat(b2().count("b2_copy_part")).as("what B2 has is copied there").isPositive();
        assertThat(b2().state().versions(bucket, "log")).hasSize(4);
        assertThat(newest("log").contentType()).isEqualTo("text/csv");
        assertThat(newest("log").info()).containsEntry("k", "v").doesNotContainKey("large_file_sha1");
        b2().state().put(bucket, "empty", new byte[0]);
        append("empty", "first", Map.of());
        assertThat(content("empty")).isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000})
    void whatIsAppendedIsEncryptedAsTheStepSays(int length) {
        Map<String, Object> key = Map.of(
                B2Constants.SERVER_SIDE_ENCRYPTION, "SSE-C", B2Constants.CUSTOMER_KEY, OperationStage.CUSTOMER_KEY);
        String download = "b2:" + bucket + "?operation=downloadFile&fileName=a";
        append("a", "1".repeat(length), Map.of());

        append("a", "2", Map.of(B2Constants.SERVER_SIDE_ENCRYPTION, "SSE-B2"));
        assertThat(send(download, null, Map.of()).getMessage().getHeader(B2Constants.FOUND_SERVER_SIDE_ENCRYPTION))
                .hasToString("SSE-B2");
        append("a", "3", key);

        assertThat(fail(download, null, Map.of())).isNotNull();
        assertThat(send(download, null, key).getMessage().getBody(String.class)).isEqualTo("1".repeat(length) + "23");
    }

    @Test
    void whatIsHiddenBeginsAnew() {
        append("a", "old", Map.of());
        b2().state().hide(bucket, "a");

        append("a", "new", Map.of());
        append("a", " and newer", Map.of());

        assertThat(content("a")).isEqualTo("new and newer");
    }

    @Test
    void allThatIsAppendedAtOnceByThreadsAndByOtherProcessesIsThereOnce() {
        List<CompletableFuture<Exchange>> all = new ArrayList<>();
        // A client with another limit is another client, as of another process.
        for (String client : List.of("", "&maxBytesPerSecond=900MB")) {
            IntStream.range(0, 4)
                    .forEach(i -> all.add(CompletableFuture.supplyAsync(
                            () -> trySending(
                                    "b2:" + bucket + "?operation=appendFile&fileName=log" + client,
                                    "[" + (client.isEmpty() ? "a" : "b") + i + "]",
                                    Map.of()),
                            work -> new Thread(work).start())));
        }
        String expected = "";
        for (CompletableFuture<Exchange> one : all) {
            assertThat(one.join().getException()).isNull();
        }
        for (String client : List.of("a", "b")) {
            for (int i = 0; i < 4; i++) {
                expected += "[" + client + i + "]";
            }
        }

        String found = content("log");
        assertThat(found).hasSameSizeAs(expected);
        for (String piece : expected.split("(?<=])")) {
            assertThat(found).containsOnlyOnce(piece);
        }
    }

    @Test
    void aStreamThatLostTheRaceFailsAndLeavesNothing() {
        b2().state().put(bucket, "a", bytes("1"));
        InputStream racing = new FilterInputStream(new ByteArrayInputStream(bytes("2"))) {
            private boolean isStored;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (!isStored) {
                    isStored = true;
                    // Somebody else stores a version after it was looked which one is current.
                    b2().state().put(bucket, "a", bytes("foreign"));
                }
                return super.read(target, offset, length);
            }
        };

        assertThat(fail("b2:" + bucket + "?operation=appendFile&fileName=a", racing, Map.of()))
                .isInstanceOf(B2ConflictException.class)
                .hasMessageContaining("somebody else changed the name meanwhile");

        assertThat(content("a")).isEqualTo("foreign");
        assertThat(b2().state().versions(bucket, "a")).hasSize(2);
    }
}
