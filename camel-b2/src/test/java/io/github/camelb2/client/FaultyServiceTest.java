// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.account.InMemoryAccountInfoRepository;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Calls to a service whose answers get lost, whose tokens run out and who asks to wait. */
class FaultyServiceTest {
    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private final InMemoryAccountInfoRepository repository = new InMemoryAccountInfoRepository();
    private B2Emulator b2;
    private Clients clients;
    private B2Client client;
    private String bucket;
    private String bucketId;

    @BeforeEach
    void login() {
        b2 = B2.emulator();
        clients = new Clients(b2.url());
        client = clients.login(key(), repository);
        bucket = B2.createBucket();
        bucketId = b2.state().bucketId(bucket).orElseThrow();
        client.accountInfo();
        b2.resetRequests();
    }

    @AfterEach
    void closeAll() {
        clients.close();
    }

    private Credentials key() {
        return new Credentials(b2.applicationKeyId(), b2.applicationKey());
    }

    @Test
    void expiredTokenIsReplacedOnceFor32Threads() throws Exception {
        b2.expireTokens();

        List<String> answers = callFrom(32, () -> client.call(ListBuckets.of(), Clients.FAST)
                .buckets()
                .get(0)
                .bucketName());

        assertThat(answers).hasSize(32);
        assertThat(b2.count("b2_authorize_account")).isEqualTo(1);
    }

    @Test
    void firstLoginOf32ThreadsIsOne() throws Exception {
        B2Client fresh = clients.login(key());

        callFrom(32, fresh::accountInfo);

        assertThat(b2.count("b2_authorize_account")).isEqualTo(1);
    }

    @Test
    void tokenThatAnotherProcessStoredIsAdopted() {
        B2Client other = clients.login(key(), repository);
        b2.expireTokens();
        AccountInfo renewed = other.authorize();
        b2.resetRequests();

        client.call(ListBuckets.of(), Clients.FAST);

        assertThat(client.accountInfo()).isEqualTo(renewed);
        assertThat(b2.count("b2_authorize_account")).isZero();
    }

    @Test
    void loginWithoutAKeyComesFromTheRepositoryAndIsRenewedWithItsKey() {
        B2Client adopted = clients.adopt(repository);
        b2.expireTokens();

        assertThat(adopted.call(ListBuckets.of(), Clients.FAST).buckets()).isNotEmpty();

        assertThat(b2.count("b2_authorize_account")).isEqualTo(1);
    }

    @Test
    void loginWhoseKeyWasNotKeptIsUsedAndCannotBeRenewed() {
        InMemoryAccountInfoRepository keyless = new InMemoryAccountInfoRepository();
        keyless.store(client.accountInfo().withoutApplicationKey());
        B2Client adopted = clients.adopt(keyless);
        assertThat(adopted.call(ListBuckets.of(), Clients.FAST).buckets()).isNotEmpty();
        b2.expireTokens();

        assertThatThrownBy(() -> adopted.call(ListBuckets.of(), Clients.FAST))
                .isInstanceOf(B2UnauthorizedException.class)
                .hasMessageContaining("set applicationKeyId and applicationKey");
    }

    @Test
    void nobodyLoggedInIsSaidPlainly() {
        B2Client nobody = clients.adopt(new InMemoryAccountInfoRepository());

        assertThatThrownBy(nobody::accountInfo)
                .isInstanceOf(B2UnauthorizedException.class)
                .hasMessageContaining("there is no application key to log in with");
        assertThat(b2.count("b2_authorize_account")).isZero();
    }

    @Test
    void clearedLoginIsMadeAgain() {
        client.clearAccountInfo();
        assertThat(repository.find()).isEmpty();

        client.call(ListBuckets.of(), Clients.FAST);

        assertThat(repository.find()).isPresent();
        assertThat(b2.count("b2_authorize_account")).isEqualTo(1);
    }

    @Test
    void retryAfterIsWaitedFor() {
        b2.faults().add("b2_list_buckets #1: status 503 service_unavailable retry-after 1");
        Instant start = Instant.now();

        client.call(ListBuckets.of(), Clients.FAST);

        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(b2.count("b2_list_buckets")).isEqualTo(2);
    }

    @Test
    void serviceThatStaysBusyFailsTheCallWhenTheTimeIsOver() {
        b2.faults().add("b2_list_buckets: status 503");

        assertThatThrownBy(() -> client.call(ListBuckets.of(), Clients.FAST.withRetryTimeout(Duration.ofMillis(500))))
                .isInstanceOf(B2ThrottledException.class);
        assertThat(b2.count("b2_list_buckets")).isGreaterThan(2);
    }

    @Test
    void tokensThatEndEveryTenCallsLoseNothing() throws Exception {
        b2.faults().add("b2_list_file_names every 10: expire-token");
        CallSettings settings = Clients.FAST.withMaxBackoff(Duration.ofMillis(200));

        List<Integer> answers = callFrom(8, () -> {
            int pages = 0;
            for (int i = 0; i < 25; i++) {
                pages += client.call(ListFileNames.of(bucketId), settings)
                                .files()
                                .isEmpty()
                        ? 1
                        : 0;
            }
            return pages;
        });

        assertThat(answers).hasSize(8).containsOnly(25);
        // 200 calls and those that were refused: about one login for every ten.
        assertThat(b2.count("b2_authorize_account")).isBetween(15L, 100L);
        b2.faults().clear();
    }

    @Test
    void tokensThatEndEveryTenCallsOfAnyKindLoseNoTransferOfManyCallers() throws Exception {
        CallSettings settings = Clients.FAST.withMaxBackoff(Duration.ofMillis(320));
        b2.faults().add("b2_* every 10: expire-token");

        // All at once, so that most of them get a token that is used up by others.
        List<FileVersion> stored = callFrom(
                24,
                () -> client.upload(
                        UploadFile.of(bucket, Thread.currentThread().getName()),
                        UploadSources.bytes(new byte[100]),
                        TransferOptions.DEFAULT,
                        settings));

        assertThat(stored).hasSize(24);
        b2.faults().clear();
    }

    @Test
    void outageDoesNotMultiplyTheLoadHoweverManyThreadsThereAre() throws Exception {
        b2.faults().add("b2_list_buckets: status 503 service_unavailable retry-after 0");
        CallSettings eager = Clients.FAST.withRetryTimeout(Duration.ofSeconds(2));
        Instant start = Instant.now();

        List<Boolean> failed = callFrom(48, () -> {
            try {
                client.call(ListBuckets.of(), eager);
                return false;
            } catch (B2ThrottledException e) {
                return true;
            }
        });

        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        assertThat(failed).containsOnly(true);
        // The first try of each, a burst of as many as the budget holds, four a second, and the last try of each.
        assertThat(b2.count("b2_list_buckets")).isLessThan((long) (48 + 64 + 4 * seconds + 48) + 8);
        b2.faults().clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lose-answer", "drop request 0", "drop response 5", "status 500", "reject 503", "status 429"})
    void hideIsDoneOnceWhateverHappens(String fault) {
        b2.state().put(bucket, "a.txt", new byte[1]);
        b2.faults().add("b2_hide_file #1: " + fault);

        FileVersion marker = client.call(HideFile.of(bucketId, "a.txt"), Clients.FAST);

        assertThat(actions("a.txt")).containsExactly("hide", "upload");
        assertThat(marker.fileId())
                .isEqualTo(b2.state().versions(bucket, "a.txt").get(0).fileId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lose-answer", "drop request 0", "drop response 5", "status 500", "reject 503", "status 429"})
    void deleteIsDoneOnceWhateverHappens(String fault) {
        StoredVersion old = b2.state().put(bucket, "a.txt", new byte[1]);
        b2.state().put(bucket, "a.txt", new byte[2]);
        b2.faults().add("b2_delete_file_version #1: " + fault);

        client.call(DeleteFileVersion.of("a.txt", old.fileId()), Clients.FAST);

        assertThat(b2.state().versions(bucket, "a.txt")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lose-answer", "drop request 0", "drop response 5", "status 500", "reject 503", "status 429"})
    void copyIsMadeOnceWhateverHappens(String fault) {
        StoredVersion source = b2.state().put(bucket, "a.txt", new byte[] {1, 2, 3}, Map.of("k", "v"));
        b2.faults().add("b2_copy_file #1: " + fault);

        FileVersion copy = client.call(CopyFile.of(source.fileId(), "b.txt"), Clients.FAST);

        assertThat(b2.state().versions(bucket, "b.txt")).hasSize(1);
        assertThat(b2.state().bytes(copy.fileId())).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({
        "lose-answer, 2",
        "drop response 5, 2",
        "drop request 0, 1",
        "status 500, 1",
        "reject 503, 1",
        "status 429, 1"
    })
    void nothingIsAdoptedBehindALostStart(String fault, int started) {
        b2.faults().add("b2_start_large_file #1: " + fault);

        FileVersion large = client.call(
                StartLargeFile.of(bucketId, "big.bin", "b2/x-auto").withFileInfo(Map.of("k", "v")), Clients.FAST);

        List<FileVersion> unfinished =
                client.call(ListUnfinishedLargeFiles.of(bucketId), Clients.FAST).files();
        assertThat(unfinished).hasSize(started);
        assertThat(unfinished.get(started - 1).fileId()).isEqualTo(large.fileId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lose-answer", "drop request 0", "drop response 5", "status 500", "reject 503", "status 429"})
    void bucketIsMadeAndDeletedOnceWhateverHappens(String fault) {
        String name = B2.bucketName("made");
        b2.faults().add("b2_create_bucket #1: " + fault + "; b2_delete_bucket #1: " + fault);

        String id = client.call(CreateBucket.of(name, BucketType.ALL_PRIVATE), Clients.FAST)
                .bucketId();
        assertThat(b2.state().bucketId(name)).contains(id);
        client.call(DeleteBucket.of(id), Clients.FAST);

        assertThat(b2.state().bucketId(name)).isEmpty();
    }

    @Test
    void bucketThatWasDeletedAndMadeAgainIsFoundUnderItsNewId() {
        assertThat(client.bucketId(bucket, Clients.FAST)).isEqualTo(bucketId);
        client.call(DeleteBucket.of(bucketId), Clients.FAST);
        String newId = b2.state().createBucket(bucket);
        repository.saveBucket(new BucketEntry(bucket, bucketId));
        b2.state().put(bucket, "a.txt", new byte[1]);

        List<FileVersion> files = client.inBucket(
                bucket, id -> client.call(ListFileNames.of(id), Clients.FAST).files(), Clients.FAST);

        assertThat(files).hasSize(1);
        assertThat(repository.findBucketId(bucket)).contains(newId);
    }

    @Test
    void bucketThatIsGoneIsNamed() {
        client.bucketId(bucket, Clients.FAST);
        client.call(DeleteBucket.of(bucketId), Clients.FAST);
        repository.saveBucket(new BucketEntry(bucket, bucketId));

        assertThatThrownBy(() ->
                        client.inBucket(bucket, id -> client.call(ListFileNames.of(id), Clients.FAST), Clients.FAST))
                .isInstanceOf(B2NotFoundException.class)
                .hasMessageContaining("\"" + bucket + "\"");
        assertThat(repository.findBucketId(bucket)).isEmpty();
    }

    @Test
    void rememberedBucketCostsNoQuestionToTheRepository() {
        AtomicInteger questions = new AtomicInteger();
        AccountInfoRepository counting = new InMemoryAccountInfoRepository() {
            @Override
            public Optional<String> findBucketId(String name) {
                questions.incrementAndGet();
                return super.findBucketId(name);
            }
        };
        B2Client fresh = clients.login(key(), counting);

        for (int i = 0; i < 50; i++) {
            assertThat(fresh.bucketId(bucket, Clients.FAST)).isEqualTo(bucketId);
        }

        assertThat(questions).hasValue(1);
    }

    @Test
    void rememberedBucketCostsNoCall() {
        client.bucketId(bucket, Clients.FAST);
        b2.resetRequests();

        client.bucketId(bucket, Clients.FAST);

        assertThat(b2.count("b2_list_buckets")).isZero();
    }

    @Test
    void requestsAreCountedByPriceClass() {
        TransactionCounts before = client.transactions();
        b2.faults().add("b2_list_buckets #1: status 500; b2_list_buckets #2: drop request 0");
        b2.state().put(bucket, "a.txt", new byte[1]);

        client.call(ListBuckets.of(), Clients.FAST);
        client.head(DownloadFile.byName(bucket, "a.txt"), Clients.FAST);
        client.call(HideFile.of(bucketId, "a.txt"), Clients.FAST);

        assertThat(client.transactions().since(before)).isEqualTo(new TransactionCounts(1, 1, 2));
    }

    @Test
    void closingTheClientEndsItsWaits() throws Exception {
        b2.faults().add("b2_list_buckets: status 503 service_unavailable retry-after 60");
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<?> waiting = pool.submit(() -> client.call(ListBuckets.of()));
            org.awaitility.Awaitility.await().until(() -> b2.count("b2_list_buckets") == 1);

            client.close();

            assertThatThrownBy(() -> waiting.get(10, java.util.concurrent.TimeUnit.SECONDS))
                    .hasCauseInstanceOf(B2ThrottledException.class);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void serviceThatIsNotThereIsSaidToBe() {
        Clients nowhere = new Clients("http://127.0.0.1:1");
        try {
            B2Client lost = nowhere.login(key());

            assertThatThrownBy(() -> lost.call(ListBuckets.of(), Clients.FAST.withRetryTimeout(Duration.ZERO)))
                    .isInstanceOf(B2TransportException.class)
                    .hasMessageContaining("b2_authorize_account")
                    .hasMessageContaining("127.0.0.1:1");
        } finally {
            nowhere.close();
        }
    }

    private List<String> actions(String name) {
        return b2.state().versions(bucket, name).stream()
                .map(StoredVersion::action)
                .map(Object::toString)
                .toList();
    }

    private static <T> List<T> callFrom(int threads, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(work);
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> each : pool.invokeAll(all)) {
                answers.add(each.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}
