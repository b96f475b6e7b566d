// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.LargeFileCalls.GetUploadPartUrl;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.large.UploadPartUrl;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.TestClient;
import io.github.camelb2.client.transfer.download.DownloadStream;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the next upload does with a large file that another one left unfinished. */
class ResumeTest {
    private static final byte[] CONTENT = content(40_000, 1);
    private static final TransferOptions TENS =
            TransferOptions.DEFAULT.withPartSize(10_000).withMaxConcurrency(1);
    private static final Map<String, String> INFO = Map.of("src_last_modified_millis", "1500000000123");
    private static final CallSettings ONE_TRY = TestClient.FAST.withRetryTimeout(Duration.ZERO);
    private static final Duration QUARTER = Duration.ofMinutes(15);

    @TempDir
    Path directory;

    private final String bucket = "transfers";
    private Instant now = Instant.now();
    private B2Emulator b2;
    private String bucketId;
    private TestClient client;

    @BeforeEach
    void givenClientAndBucket() {
        b2 = B2Emulator.builder()
                .minPartSize(1_000)
                .recommendedPartSize(10_000)
                .clock(() -> now)
                .start();
        bucketId = b2.state().createBucket(bucket);
        client = client(directory.resolve("temporary"));
    }

    @AfterEach
    void noConnectionStaysOpen() {
        assertThat(client.leasedConnections()).isZero();
        client.close();
        b2.close();
    }

    @Test
    void anUploadWhoseConnectionWasLostIsGoneOnWithAtOnce() {
        loseConnectionAtPart(4);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).containsExactly("a");

        FileVersion stored = upload(CONTENT, TENS);

        assertThat(b2.count("b2_upload_part")).isEqualTo(1);
        assertThat(b2.count("b2_start_large_file")).isZero();
        assertStored(stored);
        assertThat(claims()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileThatIsOlderThanWhatItsNameHasIsNotGoneOnWith(boolean hidden) {
        b2.state().put(bucket, "a", new byte[10]);
        now = now.plusSeconds(1);
        loseConnectionAtPart(4);
        now = now.plusSeconds(1);
        if (hidden) {
            b2.state().hide(bucket, "a");
        } else {
            b2.state().put(bucket, "a", new byte[10]);
        }
        now = now.plusSeconds(1);

        FileVersion stored = upload(CONTENT, TENS);

        assertStored(stored);
        assertThat(b2.state().versions(bucket, "a").get(0).fileId()).isEqualTo(stored.fileId());
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
        assertThat(claims()).isEmpty();
    }

    @Test
    void aFileThatIsNewerThanWhatItsNameHasIsGoneOnWith() {
        b2.state().put(bucket, "a", new byte[10]);
        b2.state().put(bucket, "ab", new byte[10]);
        now = now.plusSeconds(1);
        startForeign(INFO);
        loseConnectionAtPart(4);
        now = now.plusSeconds(1);
        b2.state().put(bucket, "aa", new byte[10]);

        assertStored(upload(CONTENT, TENS));

        assertThat(b2.count("b2_upload_part")).isEqualTo(1);
    }

    @Test
    void theLayoutOfTheUnfinishedFileCounts() {
        loseConnectionAtPart(3);

        assertStored(upload(CONTENT, TransferOptions.DEFAULT.withPartSize(4_000)));

        assertThat(b2.count("b2_upload_part")).isEqualTo(2);
    }

    @Test
    void anUploadThatShallNotResumeCancelsWhatItStarted() {
        b2.faults().add("b2_upload_part #3+: drop request 100");

        assertThatThrownBy(() -> upload(CONTENT, TENS.withResume(TransferOptions.Resume.NEVER), ONE_TRY))
                .isInstanceOf(B2TransportException.class);

        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @Test
    void aStreamCannotBeGoneOnWithAndIsCancelled() {
        b2.faults().add("b2_upload_part #3+: drop request 100");

        assertThatThrownBy(() -> client.b2()
                        .upload(
                                UploadFile.of(bucket, "a"),
                                UploadSources.stream(
                                        new ByteArrayInputStream(CONTENT), OptionalLong.empty(), "the body"),
                                TENS,
                                ONE_TRY))
                .isInstanceOf(B2TransportException.class);

        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @Test
    void otherContentIsNotMixedInAndReplacesWhatThisMachineLeft() {
        loseConnectionAtPart(4);

        byte[] other = content(40_000, 2);
        upload(other, TENS);

        assertThat(b2.count("b2_upload_part")).isEqualTo(4);
        assertThat(b2.state().bytes(bucket, "a")).isEqualTo(other);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @Test
    void aFileThatThisMachineIsStillSendingIsLeftAlone() {
        String foreign = startForeign(INFO, 10_000, 10_000);
        UploadClaims claims = new UploadClaims(directory.resolve("temporary"), () -> now);
        UploadClaim alive = claims.open(bucketId, "a");
        alive.startedAs(foreign);
        now = now.plus(QUARTER).plusSeconds(1);

        upload(CONTENT, TENS);

        assertThat(b2.count("b2_upload_part")).isEqualTo(4);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).containsExactly("a");
        alive.release();
    }

    @ParameterizedTest
    @CsvSource({"899, 4, 1", "901, 2, 0"})
    void theFileOfAnotherMachineIsGoneOnWithWhenItHasRested(int seconds, int sent, int left) {
        startForeign(INFO, 10_000, 10_000);
        now = now.plusSeconds(seconds);

        assertStored(upload(CONTENT, TENS));

        assertThat(b2.count("b2_upload_part")).isEqualTo(sent);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).hasSize(left);
    }

    @ParameterizedTest
    @CsvSource({
        // b2sdk: equal parts and a longer last one
        "10000 10000, 2",
        // one part, in its own length
        "12345, 3",
        // all there but finished
        "10000 10000 10000 10000, 0",
        "20000 20000, 0",
    })
    void partsInAnyLayoutAreGoneOnWith(String lengths, int sent) {
        startForeign(
                INFO,
                Arrays.stream(lengths.split(" ")).mapToInt(Integer::parseInt).toArray());
        now = now.plus(QUARTER).plusSeconds(1);

        assertStored(upload(CONTENT, TENS));

        assertThat(b2.count("b2_upload_part")).isEqualTo(sent);
        assertThat(b2.count("b2_start_large_file")).isZero();
    }

    @Test
    void theLastPartAloneIsResumedInTheLayoutOfTheUpload() {
        byte[] content = content(35_000, 3);
        b2.faults().add("b2_upload_part #1-3: status 400 bad_request");
        assertThatThrownBy(() -> upload(content, TENS.withMaxConcurrency(4), ONE_TRY))
                .hasMessageContaining("stays unfinished");
        int there = b2.state().unfinishedLargeFiles(bucket).size();
        reset();

        upload(content, TENS);

        assertThat(b2.count("b2_start_large_file")).isEqualTo(1 - there);
        assertThat(b2.state().bytes(bucket, "a")).isEqualTo(content);
    }

    @Test
    void theSha1ThatB2sdkAssertsIsToleratedIfItIsRight() throws Exception {
        String sha1 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(CONTENT));
        startForeign(Map.of("src_last_modified_millis", "1500000000123", "large_file_sha1", sha1), 10_000, 10_000);
        now = now.plus(QUARTER).plusSeconds(1);

        FileVersion stored = upload(CONTENT, TENS);

        assertThat(b2.count("b2_upload_part")).isEqualTo(2);
        assertThat(stored.knownSha1()).hasValue(sha1);
    }

    @Test
    void aWrongAssertedSha1IsNotTakenOver() {
        startForeign(
                Map.of("src_last_modified_millis", "1500000000123", "large_file_sha1", "00".repeat(20)),
                10_000,
                10_000);
        now = now.plus(QUARTER).plusSeconds(1);

        FileVersion stored = upload(CONTENT, TENS);

        assertThat(b2.count("b2_upload_part")).isEqualTo(4);
        assertThat(stored.knownSha1()).isNotEmpty().get().isNotEqualTo("00".repeat(20));
    }

    @Test
    void otherInfoIsAnotherFileWhichIsLeftAlone() {
        startForeign(Map.of("src_last_modified_millis", "1600000000000"), 10_000, 10_000);
        now = now.plus(QUARTER).plusSeconds(1);

        assertStored(upload(CONTENT, TENS));

        assertThat(b2.count("b2_upload_part")).isEqualTo(4);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).containsExactly("a");
    }

    @Test
    void aFileWithACustomerKeyIsGoneOnWithAfterItsKeyWasProven() throws IOException {
        Encryption key = Encryption.sseC(new byte[32]);
        UploadFile request = UploadFile.of(bucket, "a").withFileInfo(INFO).withServerSideEncryption(key);
        b2.faults().add("b2_upload_part #4+: drop request 100");
        assertThatThrownBy(() -> client.b2().upload(request, UploadSources.bytes(CONTENT), TENS, ONE_TRY))
                .isInstanceOf(B2TransportException.class);
        reset();

        client.b2().upload(request, UploadSources.bytes(CONTENT), TENS, TestClient.FAST);

        assertThat(b2.count("b2_upload_part")).isEqualTo(2);
        try (DownloadStream stream =
                client.b2().open(DownloadFile.byName(bucket, "a").withServerSideEncryption(key), TestClient.FAST)) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void aFileWithAnotherCustomerKeyIsNotFinishedWithIt() throws IOException {
        byte[] one = new byte[32];
        one[0] = 1;
        UploadFile request = UploadFile.of(bucket, "a").withFileInfo(INFO);
        b2.faults().add("b2_finish_large_file: drop request 0");
        assertThatThrownBy(() -> client.b2()
                        .upload(
                                request.withServerSideEncryption(Encryption.sseC(one)),
                                UploadSources.bytes(CONTENT),
                                TENS,
                                ONE_TRY))
                .isInstanceOf(B2TransportException.class);
        reset();
        Encryption other = Encryption.sseC(new byte[32]);

        client.b2()
                .upload(request.withServerSideEncryption(other), UploadSources.bytes(CONTENT), TENS, TestClient.FAST);

        try (DownloadStream stream =
                client.b2().open(DownloadFile.byName(bucket, "a").withServerSideEncryption(other), TestClient.FAST)) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @Test
    void ofTwoUploadsAtOnceOnlyOneGoesOn() throws Exception {
        loseConnectionAtPart(3);
        try (TestClient second = client(directory.resolve("temporary"))) {
            List<Thread> both = Stream.of(client, second)
                    .map(it -> new Thread(() -> it.b2()
                            .upload(
                                    UploadFile.of(bucket, "a").withFileInfo(INFO),
                                    UploadSources.bytes(CONTENT),
                                    TENS,
                                    TestClient.FAST)))
                    .toList();
            both.forEach(Thread::start);
            for (Thread thread : both) {
                thread.join(20_000);
            }
        }

        assertThat(b2.state().bytes(bucket, "a")).isEqualTo(CONTENT);
        assertThat(b2.state().versions(bucket, "a")).hasSize(2);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
        assertThat(b2.count("b2_upload_part")).isEqualTo(2 + 4);
    }

    @Test
    void aKeyThatMayNotListStartsAnew() {
        loseConnectionAtPart(3);
        b2.faults().add("b2_list_unfinished_large_files: status 401 unauthorized");

        assertStored(upload(CONTENT, TENS));

        assertThat(b2.count("b2_upload_part")).isEqualTo(4);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @Test
    void progressBeginsWithWhatIsThere() {
        loseConnectionAtPart(4);
        List<Long> bytes = new java.util.concurrent.CopyOnWriteArrayList<>();
        CallSettings listening = TestClient.FAST.withListener(new ClientListener() {
            @Override
            public void onProgress(long transfer, String fileName, long done, long total) {
                bytes.add(done);
            }
        });

        client.b2()
                .upload(UploadFile.of(bucket, "a").withFileInfo(INFO), UploadSources.bytes(CONTENT), TENS, listening);

        assertThat(bytes).startsWith(30_000L).endsWith(40_000L);
    }

    /** After the first, second, third … request: the interrupt meets whatever comes next. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void anInterruptAfterAnyRequestLeavesWhatTheNextUploadFinishes(int number) throws Exception {
        UploadSource file = UploadSources.file(Files.write(directory.resolve("source"), CONTENT));
        UploadFile request = UploadFile.of(bucket, "a").withFileInfo(INFO);
        client.b2().upload(UploadFile.of(bucket, "first"), UploadSources.bytes(new byte[1]), TENS, TestClient.FAST);
        AtomicInteger requests = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CallSettings interrupting = TestClient.FAST.withListener(new ClientListener() {
            @Override
            public void onRequest(SentRequest request) {
                if (requests.incrementAndGet() == number) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        Thread caller = new Thread(() -> {
            try {
                client.b2().upload(request, file, TENS, interrupting);
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        caller.start();
        caller.join(20_000);
        if (failure.get() == null) {
            assertThat(requests.get()).isLessThanOrEqualTo(number);
            return;
        }

        assertThat(failure.get()).isInstanceOf(B2TransportException.class);
        int started = b2.state().unfinishedLargeFiles(bucket).size();
        assertThat(b2.count("b2_cancel_large_file")).isZero();
        reset();
        assertStored(client.b2().upload(request, file, TENS, TestClient.FAST));
        assertThat(b2.count("b2_start_large_file")).isEqualTo(1 - started);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
        assertThat(claims()).isEmpty();
    }

    @Test
    void aLargeFileWhoseVaultIsClosedIsStartedAnewAndCancelledWhenTheNewOneIsFinished() {
        b2.faults().add("b2_upload_part #3-7: status 503 service_unavailable No uploads available in vault 0001099");

        List<String> calls = new ArrayList<>();
        FileVersion stored = upload(CONTENT, TENS, heardOf(calls));

        assertStored(stored);
        assertThat(b2.count("b2_start_large_file")).isEqualTo(2);
        assertThat(b2.count("b2_upload_part")).isEqualTo(2 + 5 + 4);
        assertThat(calls).containsExactly("b2_finish_large_file", "b2_cancel_large_file");
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
        assertThat(claims()).isEmpty();
    }

    @Test
    void aServiceThatIsBusyForAllLosesNoPartsThatWereStored() {
        b2.faults().add("b2_upload_part #3-14: status 503 service_unavailable no tomes available");

        FileVersion stored = upload(CONTENT, TENS);

        assertStored(stored);
        assertThat(b2.count("b2_upload_part")).isEqualTo(2 + 12 + 2);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
        assertThat(claims()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void aFileForWhichTheServiceKeepsAnsweringFailuresIsNotAdoptedForEver(int status) {
        loseConnectionAtPart(4);
        b2.faults().add("b2_upload_part: status " + status);
        assertThatThrownBy(() -> upload(CONTENT, TENS, ONE_TRY)).hasMessageContaining("stays unfinished");
        assertThat(b2.count("b2_start_large_file")).isZero();
        reset();

        List<String> calls = new ArrayList<>();
        FileVersion stored = upload(CONTENT, TENS, heardOf(calls));

        assertStored(stored);
        assertThat(b2.count("b2_start_large_file")).isEqualTo(1);
        assertThat(calls).containsExactly("b2_finish_large_file", "b2_cancel_large_file");
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
        assertThat(claims()).isEmpty();
    }

    @Test
    void anOutageOfTheNetworkDoesNotCount() {
        loseConnectionAtPart(4);
        b2.faults().add("b2_upload_part: drop request 0");
        assertThatThrownBy(() -> upload(CONTENT, TENS, ONE_TRY)).isInstanceOf(B2TransportException.class);
        reset();

        assertStored(upload(CONTENT, TENS));

        assertThat(b2.count("b2_start_large_file")).isZero();
        assertThat(b2.count("b2_upload_part")).isEqualTo(1);
    }

    @Test
    void anOutageThatANewFileMeetsAsWellDoesNotCount() {
        loseConnectionAtPart(4);
        b2.faults().add("b2_upload_part: status 500");
        for (int upload = 0; upload < 2; upload++) {
            assertThatThrownBy(() -> upload(CONTENT, TENS, ONE_TRY)).isInstanceOf(B2TransportException.class);
        }
        assertThat(b2.state().unfinishedLargeFiles(bucket)).containsExactly("a", "a");
        reset();

        assertStored(upload(CONTENT, TENS));

        assertThat(b2.count("b2_upload_part")).isEqualTo(1);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    /** Claims are local: each machine takes the other for dead. */
    @Test
    void whatAnotherMachineHasResumedIsNotCancelledWhenThisOneStoresOtherContent() {
        loseConnectionAtPart(3);
        now = now.plus(QUARTER).plusSeconds(1);
        try (TestClient other = client(directory.resolve("other"))) {
            b2.faults().add("b2_upload_part #2+: drop request 100");
            assertThatThrownBy(() -> upload(other, CONTENT, ONE_TRY)).isInstanceOf(B2TransportException.class);
            reset();
            now = now.plusSeconds(1);

            upload(content(40_000, 2), TENS);

            assertThat(b2.count("b2_cancel_large_file")).isZero();
            assertThat(b2.state().unfinishedLargeFiles(bucket)).containsExactly("a");
            now = now.plus(QUARTER).plusSeconds(1);

            upload(content(40_000, 3), TENS);

            assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
        }
    }

    @Test
    void whatAnotherMachineHasLeftIsNotCancelledWhenTheSourceBreaksHere() throws Exception {
        loseConnectionAtPart(3);
        now = now.plus(QUARTER).plusSeconds(1);
        Path file = Files.write(directory.resolve("a"), CONTENT);
        CallSettings breaking = TestClient.FAST.withListener(new ClientListener() {
            @Override
            public void onRequest(SentRequest request) {
                if (request.call().equals("b2_get_upload_part_url")) {
                    file.toFile().delete();
                }
            }
        });
        try (TestClient other = client(directory.resolve("other"))) {
            UploadFile request = UploadFile.of(bucket, "a").withFileInfo(INFO);

            assertThatThrownBy(() -> other.b2().upload(request, UploadSources.file(file), TENS, breaking))
                    .hasMessageContaining("no such file");

            assertThat(b2.count("b2_cancel_large_file")).isZero();
        }
        assertStored(upload(CONTENT, TENS));
        assertThat(b2.count("b2_start_large_file")).isZero();
    }

    /** It died while it started its large file: nobody knows which one that is. */
    @Test
    void aDeadClaimThatNamesNoLargeFileCancelsNone() throws Exception {
        startForeign(INFO, 10_000);
        loseConnectionAtPart(4);
        Path claim = claims().get(0);
        Files.write(claim, new byte[0]);

        upload(content(40_000, 2), TENS);

        assertThat(b2.count("b2_cancel_large_file")).isZero();
        assertThat(b2.state().unfinishedLargeFiles(bucket)).containsExactly("a", "a");
        assertThat(claims()).isEmpty();
    }

    private static FileVersion upload(TestClient client, byte[] content, CallSettings settings) {
        return client.b2()
                .upload(
                        UploadFile.of("transfers", "a").withFileInfo(INFO),
                        UploadSources.bytes(content),
                        TENS,
                        settings);
    }

    @Test
    void anOrphanWithoutPartsThatNobodyKnowsIsLeftAlone() {
        startForeign(INFO);
        now = now.plus(QUARTER).plusSeconds(1);

        assertStored(upload(CONTENT, TENS));

        assertThat(b2.count("b2_start_large_file")).isEqualTo(1);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).containsExactly("a");
    }

    private CallSettings heardOf(List<String> calls) {
        return TestClient.FAST.withListener(new ClientListener() {
            @Override
            public void onRequest(SentRequest request) {
                if (request.status() == 200
                        && (request.call().startsWith("b2_finish")
                                || request.call().startsWith("b2_cancel"))) {
                    calls.add(request.call());
                }
            }
        });
    }

    private void loseConnectionAtPart(int number) {
        b2.faults().add("b2_upload_part #" + number + "+: drop request 100");
        assertThatThrownBy(() -> upload(CONTENT, TENS, ONE_TRY)).isInstanceOf(B2TransportException.class);
        reset();
    }

    private void reset() {
        b2.faults().clear();
        b2.resetRequests();
    }

    /** A file that some other client began, with parts of these lengths. */
    private String startForeign(Map<String, String> info, int... lengths) {
        String id = client.b2()
                .call(StartLargeFile.of(bucketId, "a", "application/octet-stream")
                        .withFileInfo(info))
                .fileId();
        int offset = 0;
        for (int i = 0; i < lengths.length; i++) {
            UploadPartUrl url = client.b2().call(GetUploadPartUrl.of(id));
            ForeignClient.uploadPart(url, i + 1, Arrays.copyOfRange(CONTENT, offset, offset + lengths[i]));
            offset += lengths[i];
        }
        b2.resetRequests();
        return id;
    }

    private FileVersion upload(byte[] content, TransferOptions options) {
        return upload(content, options, TestClient.FAST);
    }

    private FileVersion upload(byte[] content, TransferOptions options, CallSettings settings) {
        return client.b2()
                .upload(UploadFile.of(bucket, "a").withFileInfo(INFO), UploadSources.bytes(content), options, settings);
    }

    private TestClient client(Path temporary) {
        return TestClient.of(b2, temporary, ClientListener.NONE, () -> now);
    }

    private void assertStored(FileVersion stored) {
        assertThat(stored.contentLength()).isEqualTo(CONTENT.length);
        assertThat(b2.state().bytes(bucket, "a")).isEqualTo(CONTENT);
    }

    private List<Path> claims() {
        try (Stream<Path> files = Files.list(directory.resolve("temporary"))) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] content(int length, long seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }
}
