// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.transfer.TestClient;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.plan.TransferOptions.LostUpload;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a small upload does whose answer was lost. */
@Timeout(60)
class LostUploadTest {
    private static final byte[] CONTENT = new byte[3_000];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    @TempDir
    Path directory;

    private final String bucket = "transfers";
    private volatile Duration late = Duration.ZERO;
    private CompletableFuture<FileVersion> other = CompletableFuture.failedFuture(new AssertionError("not started"));
    private B2Emulator b2;
    private TestClient client;

    @BeforeEach
    void givenClientAndBucket() {
        b2 = B2Emulator.builder().clock(() -> Instant.now().minus(late)).start();
        client = TestClient.of(b2, directory);
        b2.state().createBucket(bucket);
    }

    @AfterEach
    void close() {
        client.close();
        b2.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lose-answer", "truncate 5", "drop response 5"})
    void whatIsStoredIsFoundAndNotSentAgain(String fault) {
        late = Duration.ofSeconds(5);
        b2.state().put(bucket, "a", CONTENT);
        late = Duration.ZERO;
        b2.faults().add("b2_upload_file #1: " + fault);

        FileVersion stored = upload(LostUpload.LOOK_UP);

        assertThat(b2.state().versions(bucket, "a")).hasSize(2);
        assertThat(stored.fileId())
                .isEqualTo(b2.state().versions(bucket, "a").get(0).fileId());
        assertThat(b2.count("b2_upload_file")).isEqualTo(1);
        assertThat(b2.count("b2_list_file_versions")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"drop request 0", "drop request 1000", "status 503", "status 500", "status 400 bad_request"})
    void whatIsNotStoredIsSentAgain(String fault) {
        b2.faults().add("b2_upload_file #1: " + fault);

        upload(LostUpload.LOOK_UP);

        assertThat(b2.state().versions(bucket, "a")).hasSize(1);
        assertThat(b2.count("b2_upload_file")).isEqualTo(2);
    }

    @Test
    void whatCannotBeStoredIsNotLookedFor() {
        b2.faults().add("b2_upload_file #1: drop request 1000");

        client.b2()
                .upload(
                        UploadFile.of(bucket, "a"),
                        UploadSources.bytes(new byte[20_000_000]),
                        TransferOptions.DEFAULT,
                        TestClient.FAST);

        assertThat(b2.count("b2_list_file_versions")).isZero();
    }

    @Test
    void whatThisClientStoredAMomentAgoIsNotTakenForIt() {
        String first = upload(LostUpload.LOOK_UP).fileId();
        b2.faults().add("b2_upload_file #1: lose-answer");

        String second = upload(LostUpload.LOOK_UP).fileId();

        assertThat(second).isNotEqualTo(first);
        assertThat(b2.state().versions(bucket, "a")).hasSize(2);
    }

    @Test
    void repeatSendsItAgain() {
        b2.faults().add("b2_upload_file #1: lose-answer");

        upload(LostUpload.REPEAT);

        assertThat(b2.state().versions(bucket, "a")).hasSize(2);
        assertThat(b2.count("b2_list_file_versions")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status 400 bad_request", "stuck-page"})
    void aLookUpThatFailsSaysThatNobodyKnows(String fault) {
        b2.faults().add("b2_upload_file #1: lose-answer");
        b2.faults().add("b2_list_file_versions: " + fault);

        assertThatThrownBy(() -> upload(LostUpload.LOOK_UP))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("stored or not: unknown")
                .hasMessageContaining("b2_list_file_versions");
        assertThat(b2.count("b2_upload_file")).isEqualTo(1);
    }

    @Test
    void failSaysThatNobodyKnows() {
        b2.faults().add("b2_upload_file #1: lose-answer");

        assertThatThrownBy(() -> upload(LostUpload.FAIL))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("stored or not: unknown");
        assertThat(b2.count("b2_upload_file")).isEqualTo(1);
        assertThat(b2.count("b2_list_file_versions")).isZero();
    }

    @Test
    void ofSeveralCandidatesNoneIsTaken() {
        b2.faults().add("b2_upload_file #1: lose-answer");
        TestClient other = TestClient.of(b2, directory.resolve("other"));
        var meanwhile = TestClient.FAST.withListener(new ClientListener() {
            @Override
            public void onRetry(String call, String reason, int attempt, Duration wait) {
                if (call.equals("b2_upload_file")) {
                    upload(other, LostUpload.LOOK_UP);
                }
            }
        });

        assertThatThrownBy(() -> client.b2()
                        .upload(
                                UploadFile.of(bucket, "a"),
                                UploadSources.bytes(CONTENT),
                                TransferOptions.DEFAULT,
                                meanwhile))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("stored or not: unknown")
                .hasMessageContaining(b2.state().versions(bucket, "a").get(0).fileId())
                .hasMessageContaining(b2.state().versions(bucket, "a").get(1).fileId());
        other.close();
    }

    @Test
    void aKeyThatMayNotListSendsItAgain() {
        ApplicationKey key =
                client.b2().call(CreateKey.of(List.of(Capability.WRITE_FILES, Capability.LIST_BUCKETS), "writer"));
        b2.faults().add("b2_upload_file #1: lose-answer");

        try (TestClient writer = TestClient.of(
                b2.url(),
                new Credentials(key.applicationKeyId(), key.applicationKey()),
                directory.resolve("writer"),
                ClientListener.NONE,
                java.time.InstantSource.system())) {
            upload(writer, LostUpload.LOOK_UP);
        }

        assertThat(b2.state().versions(bucket, "a")).hasSize(2);
        assertThat(b2.count("b2_list_file_versions")).isZero();
    }

    @Test
    void uploadsOfOneContentAtOnceNeverTakeEachOthersVersions() throws Exception {
        b2.faults().add("b2_upload_file every 3: lose-answer");
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<String> ids = new ArrayList<>();
        try {
            List<Callable<String>> uploads = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                uploads.add(() -> {
                    try {
                        return upload(LostUpload.LOOK_UP).fileId();
                    } catch (B2Exception e) {
                        assertThat(e).hasMessageContaining("stored or not: unknown");
                        return "";
                    }
                });
            }
            for (Future<String> done : callers.invokeAll(uploads)) {
                ids.add(done.get());
            }
        } finally {
            callers.shutdownNow();
        }

        assertThat(ids.stream().filter(id -> !id.isEmpty()))
                .doesNotHaveDuplicates()
                .isNotEmpty();
        assertThat(b2.state().versions(bucket, "a")).hasSizeLessThanOrEqualTo(24);
    }

    /** What the other one stores while it still waits for its answer looks like a lost one. */
    @Test
    void aVersionThatAnotherUploadIsAboutToBeAnsweredIsNotTaken() throws Exception {
        // The whole body arrives, and nothing is stored.
        b2.faults().add("b2_upload_file #1: drop request " + (CONTENT.length + 40));
        b2.faults().add("b2_upload_file #2: stall response 5");
        CountDownLatch stored = new CountDownLatch(1);
        var waiting = TestClient.FAST.withListener(new ClientListener() {
            @Override
            public void onRetry(String call, String reason, int attempt, Duration wait) {
                if (call.equals("b2_upload_file")) {
                    startOther(stored);
                }
            }
        });
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            Future<FileVersion> first = caller.submit(() -> client.b2()
                    .upload(
                            UploadFile.of(bucket, "a"),
                            UploadSources.bytes(CONTENT),
                            TransferOptions.DEFAULT,
                            waiting));
            stored.await();
            assertThatThrownBy(() -> first.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            b2.faults().clear();

            assertThat(first.get().fileId()).isNotEqualTo(other.get().fileId());
            assertThat(b2.state().versions(bucket, "a")).hasSize(2);
        } finally {
            caller.shutdownNow();
        }
    }

    private void startOther(CountDownLatch stored) {
        other = CompletableFuture.supplyAsync(() -> upload(LostUpload.LOOK_UP));
        Awaitility.await().until(() -> b2.state().versions(bucket, "a").size() == 1);
        stored.countDown();
    }

    private FileVersion upload(LostUpload wish) {
        return upload(client, wish);
    }

    private FileVersion upload(TestClient by, LostUpload wish) {
        return by.b2()
                .upload(
                        UploadFile.of(bucket, "a"),
                        UploadSources.bytes(CONTENT),
                        TransferOptions.DEFAULT.withLostUpload(wish),
                        TestClient.FAST);
    }
}
