// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.key.DownloadAuthorization;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.download.DownloadStream;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.resume.ForeignClient;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What happens to transfers when something goes wrong: each fault at each point, then those that nothing can mend. */
@Timeout(60)
class FaultyTransferTest {
    private static final int SMALL = 3_000;
    private static final int LARGE = 35_000;

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
    void noConnectionStaysOpen() {
        assertThat(client.leasedConnections()).isZero();
        client.close();
        b2.close();
    }

    /** Before, during and after the work, for every call of an upload. */
    static Stream<String> uploadFaults() {
        List<String> faults = new ArrayList<>();
        for (String call :
                List.of("b2_get_upload_url", "b2_start_large_file", "b2_get_upload_part_url", "b2_finish_large_file")) {
            for (String fault : List.of(
                    "status 503",
                    "status 500",
                    "status 502",
                    "status 504",
                    "status 408",
                    "status 429 retry-after 0",
                    "expire-token",
                    "drop request 0",
                    "drop response 5",
                    "truncate 5",
                    "gateway 502",
                    "gateway 504",
                    "cut-json",
                    "cut-json 0",
                    "lose-answer")) {
                faults.add(call + " #1: " + fault);
            }
        }
        for (String call : List.of("b2_upload_file", "b2_upload_part")) {
            for (String fault : List.of(
                    "status 503",
                    "reject 503",
                    "status 500",
                    "status 502",
                    "status 504",
                    "status 408",
                    "status 429 retry-after 0",
                    "status 400 auth_token_limit",
                    "status 401 expired_auth_token",
                    "status 401 bad_auth_token",
                    "expire-token",
                    "drop request 0",
                    "drop request 700",
                    "drop response 5",
                    "truncate 5",
                    "gateway 400",
                    "gateway 502",
                    "cut-json",
                    "cut-json 0",
                    "lose-answer",
                    "flip request 7",
                    "flip request 1010")) {
                faults.add(call + " #1: " + fault);
            }
        }
        return faults.stream();
    }

    @ParameterizedTest
    @MethodSource("uploadFaults")
    void anUploadSurvives(String fault) {
        b2.faults().add(fault);

        upload("small", UploadSources.bytes(content(SMALL)), TestClient.FAST);
        upload("large", UploadSources.bytes(content(LARGE)), TestClient.FAST);

        assertThat(b2.faults().fired()).isEqualTo(1);
        assertThat(b2.state().bytes(bucket, "small")).isEqualTo(content(SMALL));
        assertThat(b2.state().bytes(bucket, "large")).isEqualTo(content(LARGE));
        // Nobody can know whose the file of a lost start is: it is left, without parts, to cancelUnfinishedLargeFiles.
        boolean lostStart =
                fault.startsWith("b2_start") && fault.matches(".*(lose-answer|response|truncate|cut-json).*");
        assertThat(b2.state().unfinishedLargeFiles(bucket)).hasSize(lostStart ? 1 : 0);
        assertThat(b2.state().versions(bucket, "large")).hasSize(lostStart ? 2 : 1);
        assertThat(b2.state().versions(bucket, "small")).hasSize(1);
    }

    static Stream<String> downloadFaults() {
        List<String> faults = new ArrayList<>();
        for (String fault : List.of(
                "status 503",
                "status 500",
                "status 502",
                "status 504",
                "status 408",
                "status 429 retry-after 0",
                "expire-token",
                "drop request 0",
                "drop response 0",
                "drop response 7000",
                "truncate 1",
                "truncate 9999",
                "gateway 502",
                "lose-answer")) {
            faults.add("b2_download_file_by_name #1: " + fault);
            faults.add("b2_download_file_by_id #1: " + fault);
        }
        return faults.stream();
    }

    @ParameterizedTest
    @MethodSource("downloadFaults")
    void aDownloadSurvives(String fault) throws IOException {
        String id = b2.state().put(bucket, "a", content(LARGE)).fileId();
        b2.faults().add(fault);
        Path target = directory.resolve("target");

        for (DownloadFile request : List.of(DownloadFile.byName(bucket, "a"), DownloadFile.byId(id))) {
            assertThat(read(request)).isEqualTo(content(LARGE));
            client.b2().download(request, target, TransferOptions.DEFAULT.withPartSize(10_000), TestClient.FAST);
            assertThat(target).hasBinaryContent(content(LARGE));
        }

        assertThat(b2.faults().fired()).isEqualTo(1);
        assertThat(filesBeside(target)).containsExactly("target");
    }

    @Test
    void aDownloadGoesOnHoweverOftenItBreaks() throws IOException {
        b2.state().put(bucket, "a", content(LARGE));
        b2.faults().add("b2_download_file_by_*: truncate 400");

        assertThat(read(DownloadFile.byName(bucket, "a"))).isEqualTo(content(LARGE));
        assertThat(b2.count("b2_download_file_by_id")).isEqualTo((LARGE + 399) / 400 - 1);
    }

    @Test
    void aDownloadThatGetsNothingGivesUpWhenItsTimeIsOver() {
        b2.state().put(bucket, "a", content(LARGE));
        b2.faults().add("b2_download_file_by_name: truncate 400");
        b2.faults().add("b2_download_file_by_id: truncate 0");
        CallSettings hasty = TestClient.FAST.withRetryTimeout(Duration.ofMillis(200));

        assertThatThrownBy(() -> {
                    try (DownloadStream stream = client.b2().open(DownloadFile.byName(bucket, "a"), hasty)) {
                        stream.readAllBytes();
                    }
                })
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("broke at byte 400");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3_500, 34_999})
    void aByteFlippedOnTheWayDownIsNoticed(int position) {
        b2.state().put(bucket, "a", content(LARGE));
        b2.faults().add("b2_download_file_by_name #1: flip response " + position);
        b2.faults().add("b2_download_file_by_name #2+: flip response " + position % 10_000);
        b2.faults().add("b2_download_file_by_id: flip response " + position % 10_000);
        Path target = directory.resolve("target");

        assertThatThrownBy(() -> read(DownloadFile.byName(bucket, "a"))).isInstanceOf(B2ChecksumException.class);
        assertThatThrownBy(() -> client.b2()
                        .download(
                                DownloadFile.byName(bucket, "a"),
                                target,
                                TransferOptions.DEFAULT.withPartSize(10_000),
                                TestClient.FAST))
                .isInstanceOf(B2ChecksumException.class)
                .hasMessageContaining("arrived with SHA-1");
        assertThat(filesBeside(target)).isEmpty();
    }

    /** By another download, which had made it, and has failed. */
    @ParameterizedTest
    @ValueSource(ints = {SMALL, 400_000})
    void aDirectoryThatIsTakenAwayMeanwhileIsAskedForAgain(int length) {
        b2.state().put(bucket, "a", content(length));
        Path target = directory.resolve("new/target");
        AtomicInteger asked = new AtomicInteger();

        client.b2()
                .download(
                        DownloadFile.byName(bucket, "a"),
                        version -> {
                            if (asked.incrementAndGet() == 3) {
                                assertThat(target.getParent().toFile().mkdir()).isTrue();
                            }
                            return target;
                        },
                        TransferOptions.DEFAULT,
                        TestClient.FAST);

        assertThat(target).hasBinaryContent(content(length));
        assertThat(asked).hasValue(3);
    }

    @Test
    void aDirectoryThatNobodyMakesIsMissing() {
        b2.state().put(bucket, "a", content(SMALL));

        assertThatThrownBy(() -> client.b2()
                        .download(
                                DownloadFile.byName(bucket, "a"),
                                directory.resolve("new/target"),
                                TransferOptions.DEFAULT,
                                TestClient.FAST))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageEndingWith("its directory does not exist");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aDownloadThatArrivesDamagedIsFetchedAgain(int times) throws IOException {
        b2.state().put(bucket, "a", content(LARGE));
        Path target = directory.resolve("target");
        // Different damage each time: the same twice is what B2 has.
        for (int i = 1; i <= times; i++) {
            b2.faults().add("b2_download_file_by_* #" + i + ": flip response " + i * 100);
        }

        assertThat(read(DownloadFile.byName(bucket, "a"))).isEqualTo(content(LARGE));

        b2.faults().clear();
        for (int i = 0; i < times; i++) {
            b2.faults().add("b2_download_file_by_* #" + (1 + 4 * i) + ": flip response " + (i + 1) * 100);
        }
        client.b2()
                .download(
                        DownloadFile.byName(bucket, "a"),
                        target,
                        TransferOptions.DEFAULT.withPartSize(10_000),
                        TestClient.FAST);
        assertThat(target).hasBinaryContent(content(LARGE));
        assertThat(filesBeside(target)).containsExactly("target");
    }

    @Test
    void aWrongAssertedSha1FailsWithBothDigestsUnlessTheUserWantsTheFileAllTheSame() throws Exception {
        String wrong = "0123456789abcdef0123456789abcdef01234567";
        ForeignClient.storeLarge(
                client.b2(),
                b2.state().bucketId(bucket).orElseThrow(),
                "a",
                Map.of("large_file_sha1", wrong),
                content(LARGE));
        b2.resetRequests();
        String real = ForeignClient.sha1(content(LARGE));
        DownloadFile request = DownloadFile.byName(bucket, "a");
        Path target = directory.resolve("target");

        assertThatThrownBy(() -> read(request))
                .isInstanceOf(B2ChecksumException.class)
                .hasMessageContainingAll(wrong, real);
        assertThat(b2.count("b2_download_file_by_name") + b2.count("b2_download_file_by_id"))
                .isEqualTo(2);
        assertThatThrownBy(() -> client.b2().download(request, target, TransferOptions.DEFAULT, TestClient.FAST))
                .isInstanceOf(B2ChecksumException.class)
                .hasMessageContainingAll(wrong, real, "verifyChecksum");
        assertThat(target).doesNotExist();
        for (TransferOptions.Verify verify : List.of(TransferOptions.Verify.WARN, TransferOptions.Verify.OFF)) {
            TransferOptions options = TransferOptions.DEFAULT.withVerify(verify);
            client.b2().download(request, target, options, TestClient.FAST);
            assertThat(target).hasBinaryContent(content(LARGE));
            Files.delete(target);
            try (DownloadStream stream = client.b2().open(request, options, TestClient.FAST)) {
                assertThat(stream.readAllBytes()).isEqualTo(content(LARGE));
            }
        }
    }

    @Test
    void theLastBytesOfDamagedContentAreNotGivenOut() throws IOException {
        int longer = 1_500_000;
        b2.state().put(bucket, "a", content(longer));
        b2.faults().add("b2_download_file_by_name: flip response 5");
        int given = 0;

        try (DownloadStream stream = client.b2().open(DownloadFile.byName(bucket, "a"), TestClient.FAST)) {
            byte[] buffer = new byte[10_000];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                given += count;
            }
        } catch (B2ChecksumException e) {
            assertThat(given).isBetween(1, longer - 1);
            return;
        }
        throw new AssertionError("the damage was not noticed");
    }

    @Test
    void damagedContentNeverSeemsToHaveEnded() throws IOException {
        b2.state().put(bucket, "a", content(SMALL));
        b2.faults().add("b2_download_file_by_*: flip response 5");

        try (DownloadStream stream = client.b2().open(DownloadFile.byName(bucket, "a"), TestClient.FAST)) {
            for (int reading = 0; reading < 3; reading++) {
                assertThatThrownBy(stream::readAllBytes).isInstanceOf(B2ChecksumException.class);
            }
            assertThatThrownBy(stream::read).isInstanceOf(B2ChecksumException.class);
        }
    }

    @Test
    void aVersionThatLostItsNameIsNotAskedForAgain() {
        b2.state().put(bucket, "a", content(LARGE));
        DownloadAuthorization token = client.b2()
                .call(GetDownloadAuthorization.of(b2.state().bucketId(bucket).orElseThrow(), "a", 600));
        b2.faults().add("b2_download_file_by_name #1: truncate 400");
        DownloadFile byName = DownloadFile.byName(bucket, "a").withDownloadAuthorization(token.authorizationToken());

        assertThatThrownBy(() -> {
                    try (DownloadStream stream = client.b2().open(byName, TestClient.FAST)) {
                        b2.state().put(bucket, "a", content(SMALL));
                        stream.readAllBytes();
                    }
                })
                .isInstanceOf(B2ConflictException.class)
                .hasMessageContaining("another version took its name");
        assertThat(b2.count("b2_download_file_by_name")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1_020})
    void bytesThatAlwaysArriveFlippedAreNeverStored(int position) {
        b2.faults().add("b2_upload_*: flip request " + position);

        assertThatThrownBy(() -> upload("small", UploadSources.bytes(content(SMALL)), TestClient.FAST))
                .isInstanceOf(B2ChecksumException.class);
        assertThatThrownBy(() -> upload("large", UploadSources.bytes(content(LARGE)), TestClient.FAST))
                .isInstanceOf(B2ChecksumException.class);

        assertThat(b2.state().names(bucket)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"b2_upload_part", "b2_get_upload_part_url", "b2_finish_large_file"})
    void aCapIsNotTriedAgainAndLeavesTheLargeFileForTheNextUpload(String call) {
        b2.faults().add(call + " #2+: status 403 storage_cap_exceeded");
        b2.faults().add(call + " #1: status 403 cap_exceeded");

        assertThatThrownBy(() -> upload("large", UploadSources.bytes(content(LARGE)), TestClient.FAST))
                .isInstanceOf(B2CapExceededException.class)
                .hasMessageContaining("stays unfinished")
                .hasMessageContaining("the next upload of the same content resumes it");

        assertThat(b2.count(call)).isLessThanOrEqualTo(4);
        assertThatOneLargeFileIsFinishedByTheNextUpload();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2_upload_part #2+: status 400 bad_request",
                "b2_upload_part #2+: status 400 bad_request Checksum did not match data received",
                "b2_upload_part #2+: reject 400",
                "b2_upload_part #2+: status 403 access_denied",
                "b2_upload_part #2+: status 401 unauthorized",
                "b2_upload_part: flip request 7",
                "b2_get_upload_part_url #2+: status 400 bad_request",
                "b2_finish_large_file: status 400 bad_request",
                "b2_finish_large_file: status 500",
            })
    void noAnswerToOnePartCancelsALargeFile(String fault) {
        b2.faults().add(fault);
        CallSettings hasty = TestClient.FAST.withRetryTimeout(Duration.ofMillis(200));

        assertThatThrownBy(() -> upload("large", UploadSources.bytes(content(LARGE)), hasty))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("stays unfinished");

        assertThatOneLargeFileIsFinishedByTheNextUpload();
    }

    private void assertThatOneLargeFileIsFinishedByTheNextUpload() {
        assertThat(b2.count("b2_cancel_large_file")).isZero();
        assertThat(b2.state().unfinishedLargeFiles(bucket)).containsExactly("large");
        b2.faults().clear();
        upload("large", UploadSources.bytes(content(LARGE)), TestClient.FAST);
        assertThat(b2.count("b2_start_large_file")).isEqualTo(1);
        assertThat(b2.state().bytes(bucket, "large")).isEqualTo(content(LARGE));
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status 400 bad_request", "status 403 cap_exceeded"})
    void noAnswerToOnePartCancelsTheLargeFileOfAStream(String answer) {
        b2.faults().add("b2_upload_part #2+: " + answer);
        InputStream once = new ByteArrayInputStream(content(LARGE));

        // One part after the other: the first one is there when the second one is refused, and not cut off with it.
        assertThatThrownBy(() -> client.b2()
                        .upload(
                                UploadFile.of(bucket, "large"),
                                UploadSources.stream(once, OptionalLong.empty(), "the body"),
                                TransferOptions.DEFAULT.withMaxConcurrency(1),
                                TestClient.FAST))
                .hasMessageContaining("stays unfinished");

        assertThatOneLargeFileIsFinishedByTheNextUpload();
    }

    @Test
    void aLargeFileThatGetsNoUrlsForItsPartsIsStartedAnew() {
        b2.faults().add("b2_get_upload_part_url #1: close-vault");
        CallSettings settings = TestClient.FAST.withRetryTimeout(Duration.ofSeconds(2));

        upload("large", UploadSources.bytes(content(LARGE)), settings);

        assertThat(b2.count("b2_start_large_file")).isEqualTo(2);
        assertThat(b2.state().bytes(bucket, "large")).isEqualTo(content(LARGE));
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    /** Not by the retry timeout, which is long. */
    @Test
    void aVaultThatStaysClosedIsLeftAfterAFewAnswers() {
        b2.faults().add("b2_upload_part #3: close-vault");
        CallSettings settings = TestClient.FAST.withRetryTimeout(Duration.ofMinutes(15));

        upload("large", UploadSources.bytes(content(LARGE)), settings);

        assertThat(b2.count("b2_start_large_file")).isEqualTo(2);
        assertThat(b2.state().bytes(bucket, "large")).isEqualTo(content(LARGE));
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
        assertThat(b2.requests("b2_get_upload_part_url").stream()
                        .filter(request -> request.status() == 503)
                        .count())
                .isLessThan(25);
    }

    /** Several workers are refused a handful of URLs in that time. */
    @Test
    void aServiceThatIsBusyForAMomentMakesNoPartBeSentAgain() {
        b2.faults().add("b2_upload_part #2-9: status 503 service_unavailable");
        CallSettings settings = TestClient.FAST.withInitialBackoff(Duration.ofMillis(200));

        upload("large", UploadSources.bytes(content(LARGE)), settings);

        assertThat(b2.count("b2_start_large_file")).isEqualTo(1);
        assertThat(b2.state().bytes(bucket, "large")).isEqualTo(content(LARGE));
    }

    @Test
    void aRightThatIsMissingIsNotTriedAgain() {
        b2.faults().add("b2_upload_file: status 401 unauthorized");

        assertThatThrownBy(() -> upload("small", UploadSources.bytes(content(SMALL)), TestClient.FAST))
                .isInstanceOf(B2UnauthorizedException.class);

        assertThat(b2.count("b2_upload_file")).isEqualTo(2);
        assertThat(b2.count("b2_authorize_account")).isEqualTo(1);
    }

    @Test
    void aStreamIsReadOnceAndSentAsOftenAsItTakes() {
        b2.faults().add("b2_upload_part every 2: drop request 1000");
        InputStream once = new ByteArrayInputStream(content(LARGE));

        client.b2()
                .upload(
                        UploadFile.of(bucket, "a"),
                        UploadSources.stream(once, OptionalLong.empty(), "the body"),
                        TransferOptions.DEFAULT,
                        TestClient.FAST);

        assertThat(b2.state().bytes(bucket, "a")).isEqualTo(content(LARGE));
        assertThat(b2.count("b2_upload_part")).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void aFileThatChangesWhileItIsReadIsNotStored(int length) throws IOException {
        Path file = Files.write(directory.resolve("source"), content(length));
        UploadSource source = new ChangingSource(UploadSources.file(file), () -> {
            try {
                Files.write(file, content(length + 1));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        assertThatThrownBy(() -> upload("a", source, TestClient.FAST))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageContaining("file " + file + " changed while it was read");

        assertThat(b2.state().versions(bucket)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, SMALL, LARGE})
    void aSourceThatCannotBeClosedTakesNothingBackOfWhatIsStored(int length) {
        byte[] content = content(length);
        UploadSource replayable = new UnclosableSource(content);

        upload("replayable", replayable, TestClient.FAST);
        upload(
                "stream",
                UploadSources.stream(new Unclosable(content), OptionalLong.empty(), "the body"),
                TestClient.FAST);

        assertThat(b2.state().bytes(bucket, "replayable")).isEqualTo(content);
        assertThat(b2.state().bytes(bucket, "stream")).isEqualTo(content);
        assertThat(b2.count("b2_cancel_large_file")).isZero();
    }

    private static final class Unclosable extends ByteArrayInputStream {
        Unclosable(byte[] content) {
            super(content);
        }

        @Override
        public void close() throws IOException {
            throw new IOException("stale handle");
        }
    }

    private record UnclosableSource(byte[] content) implements UploadSource {
        @Override
        public OptionalLong length() {
            return OptionalLong.of(content.length);
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public InputStream open() {
            return new Unclosable(content);
        }

        @Override
        public InputStream open(long offset, long length) {
            return new Unclosable(java.util.Arrays.copyOfRange(content, (int) offset, (int) (offset + length)));
        }

        @Override
        public String describe() {
            return "a source";
        }
    }

    @Test
    void tokensThatEndEveryTenCallsLoseNoTransfer() throws IOException {
        b2.faults().add("b2_* every 10: expire-token");
        Path target = directory.resolve("target");

        for (int i = 0; i < 5; i++) {
            upload("small" + i, UploadSources.bytes(content(SMALL)), TestClient.FAST);
            upload("large" + i, UploadSources.bytes(content(LARGE)), TestClient.FAST);
            assertThat(read(DownloadFile.byName(bucket, "small" + i))).isEqualTo(content(SMALL));
            client.b2()
                    .download(
                            DownloadFile.byName(bucket, "large" + i),
                            target,
                            TransferOptions.DEFAULT.withPartSize(10_000),
                            TestClient.FAST);
            assertThat(target).hasBinaryContent(content(LARGE));
        }

        assertThat(b2.state().versions(bucket)).hasSize(10);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
        assertThat(b2.count("b2_authorize_account")).isGreaterThan(1);
    }

    @Test
    void aStreamThatBreaksLeavesNothing() {
        InputStream broken = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given++ >= 25_000) {
                    throw new IOException("stale handle");
                }
                return 0;
            }
        };

        assertThatThrownBy(() ->
                        upload("a", UploadSources.stream(broken, OptionalLong.empty(), "the body"), TestClient.FAST))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessage("upload the body: stale handle");

        assertThat(b2.state().versions(bucket)).isEmpty();
        assertThat(directory.resolve("temporary")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"b2_upload_file", "b2_upload_part", "b2_download_file_by_name", "b2_start_large_file"})
    void anInterruptEndsATransferAtOnce(String call) throws Exception {
        b2.state().put(bucket, "down", content(LARGE));
        b2.faults().add(call + ": hang");
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                if (call.startsWith("b2_download")) {
                    read(DownloadFile.byName(bucket, "down"));
                } else {
                    upload(
                            "a",
                            UploadSources.bytes(
                                    content(call.endsWith("_file") && call.startsWith("b2_upload") ? SMALL : LARGE)),
                            CallSettings.DEFAULT);
                }
            } catch (Exception e) {
                failure.set(e);
            }
        });
        caller.start();
        await().until(() -> b2.count(call) >= (call.equals("b2_upload_part") ? 4 : 1));

        caller.interrupt();
        caller.join(2_000);

        assertThat(caller.isAlive()).isFalse();
        assertThat(failure.get()).isInstanceOf(B2Exception.class);
        assertThat(client.leasedConnections()).isZero();
        b2.faults().clear();
    }

    @Test
    void tokensAndUrlsThatExpireUnderManyThreadsCostOneAuthorizationEach() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(32);
        try {
            for (int round = 1; round <= 3; round++) {
                List<Future<?>> uploads = new ArrayList<>();
                for (int i = 0; i < 32; i++) {
                    String name = "r" + round + "/" + i;
                    int length = i % 4 == 0 ? LARGE : SMALL;
                    uploads.add(
                            callers.submit(() -> upload(name, UploadSources.bytes(content(length)), TestClient.FAST)));
                    uploads.add(callers.submit(() -> {
                        upload(name + "d", UploadSources.bytes(content(SMALL)), TestClient.FAST);
                        return read(DownloadFile.byName(bucket, name + "d"));
                    }));
                    if (i == 16) {
                        b2.expireTokens();
                        b2.expireUploadUrls();
                    }
                }
                for (Future<?> upload : uploads) {
                    upload.get();
                }
                assertThat(b2.count("b2_authorize_account")).isLessThanOrEqualTo(1L + round);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(b2.state().names(bucket)).hasSize(3 * 64);
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    private void upload(String name, UploadSource source, CallSettings settings) {
        client.b2().upload(UploadFile.of(bucket, name), source, TransferOptions.DEFAULT, settings);
    }

    private byte[] read(DownloadFile request) throws IOException {
        try (DownloadStream stream = client.b2().open(request, TestClient.FAST)) {
            return stream.readAllBytes();
        }
    }

    private static List<String> filesBeside(Path target) {
        try (Stream<Path> files = Files.list(target.getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("temporary"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    /** A source that something happens to when it is opened. */
    private record ChangingSource(UploadSource source, Runnable change) implements UploadSource {
        @Override
        public OptionalLong length() {
            return source.length();
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public InputStream open() throws IOException {
            return source.open();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            change.run();
            return source.open(offset, length);
        }

        @Override
        public void checkUnchanged() throws IOException {
            source.checkUnchanged();
        }

        @Override
        public String describe() {
            return source.describe();
        }
    }
}
