// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.BucketEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What {@link AccountInfoRepository} promises, sentence by sentence; every implementation runs it.
 */
abstract class AccountInfoRepositoryContract {
    private static final int THREADS = 8;
    private static final int ROUNDS = 25;

    private AccountInfoRepository repository;

    /** A repository on a store that is this test's own and empty. */
    abstract AccountInfoRepository open() throws Exception;

    /** What {@code find} answers after {@code store(login)}: without the application key where it is not kept. */
    AccountInfo asKept(AccountInfo login) {
        return login;
    }

    @BeforeEach
    void openRepository() throws Exception {
        repository = open();
    }

    @Test
    void anEmptyStoreHoldsNothing() {
        assertThat(repository.find()).isEmpty();
        assertThat(repository.buckets()).isEmpty();
        assertThat(repository.findBucketId("photos")).isEmpty();
        assertThat(repository.findBucketName("id-1")).isEmpty();
    }

    @Test
    void aLoginIsFoundAsItWasStored() {
        AccountInfo login = Logins.withToken("token-1");

        repository.store(login);

        assertThat(repository.find()).contains(asKept(login));
    }

    @Test
    void theRestrictionsOfAKeyAreKept() {
        AccountInfo login =
                Logins.login(Logins.ACCOUNT, Logins.KEY_ID, "token-1", "http://127.0.0.1:8180", Logins.restricted());

        repository.store(login);

        assertThat(repository.find()).contains(asKept(login));
    }

    @Test
    void aLaterLoginReplacesTheEarlierOneAndItsAddresses() {
        repository.store(Logins.withToken("token-1"));
        AccountInfo moved = new AccountInfo(
                Logins.ACCOUNT,
                Logins.KEY_ID,
                "another secret",
                "token-2",
                "https://api002.backblazeb2.com",
                "https://f002.backblazeb2.com",
                "",
                50_000_000_000L,
                6_000_000,
                Logins.restricted(),
                "production");

        repository.store(moved);

        assertThat(repository.find()).contains(asKept(moved));
    }

    @Test
    void bucketsSurviveANewLoginToTheSameAccount() {
        repository.store(Logins.withToken("token-1"));
        repository.saveBucket(new BucketEntry("photos", "id-1"));

        repository.store(Logins.withToken("token-2"));

        assertThat(repository.findBucketId("photos")).contains("id-1");
    }

    @Test
    void bucketsThatNoLoginIsKnownForAreForgottenByTheFirstLogin() {
        repository.saveBucket(new BucketEntry("photos", "id-1"));

        repository.store(Logins.withToken("token-1"));

        assertThat(repository.buckets()).isEmpty();
    }

    @Test
    void bucketsAreForgottenWithAnotherAccountOrRealm() {
        repository.store(Logins.withToken("token-1"));
        repository.saveBucket(new BucketEntry("photos", "id-1"));
        clearWhereAnotherKeyIsRefused();

        repository.store(Logins.login("ba9876543210", "other", "token-2", "production", Logins.unrestricted()));

        assertThat(repository.buckets()).isEmpty();
        repository.saveBucket(new BucketEntry("photos", "id-7"));
        clearWhereAnotherKeyIsRefused();
        repository.store(Logins.login("ba9876543210", "other", "token-3", "http://[::1]:8180", Logins.unrestricted()));
        assertThat(repository.buckets()).isEmpty();
    }

    @Test
    void anotherKeyReplacesTheLoginOrIsRefusedAndChangesNothing() {
        AccountInfo first = Logins.withToken("token-1");
        repository.store(first);
        repository.saveBucket(new BucketEntry("photos", "id-1"));
        AccountInfo second =
                Logins.login(Logins.ACCOUNT, Logins.OTHER_KEY_ID, "token-2", "production", Logins.unrestricted());

        if (refusesAnotherKey()) {
            assertThatThrownBy(() -> repository.store(second))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(Logins.KEY_ID)
                    .hasMessageContaining(Logins.OTHER_KEY_ID)
                    .hasMessageNotContaining(first.applicationKey())
                    .hasMessageNotContaining("token-1");
            assertThat(repository.find()).contains(asKept(first));
        } else {
            repository.store(second);
            assertThat(repository.find()).contains(asKept(second));
        }
        assertThat(repository.findBucketId("photos")).contains("id-1");
    }

    @Test
    void clearForgetsLoginAndBucketsAndMayBeRepeated() {
        repository.store(Logins.withToken("token-1"));
        repository.saveBucket(new BucketEntry("photos", "id-1"));

        repository.clear();
        repository.clear();

        assertThat(repository.find()).isEmpty();
        assertThat(repository.buckets()).isEmpty();
    }

    @Test
    void aBucketIsFoundByNameAndById() {
        repository.saveBucket(new BucketEntry("photos", "id-1"));
        repository.saveBucket(new BucketEntry("docs", "id-2"));

        assertThat(repository.findBucketId("photos")).contains("id-1");
        assertThat(repository.findBucketName("id-2")).contains("docs");
        assertThat(repository.findBucketId("Photos")).isEmpty();
        assertThat(repository.buckets())
                .containsExactlyInAnyOrder(new BucketEntry("photos", "id-1"), new BucketEntry("docs", "id-2"));
    }

    @Test
    void aBucketCreatedAgainUnderItsNameReplacesTheOldId() {
        repository.saveBucket(new BucketEntry("photos", "id-1"));

        repository.saveBucket(new BucketEntry("photos", "id-9"));

        assertThat(repository.findBucketId("photos")).contains("id-9");
        assertThat(repository.findBucketName("id-1")).isEmpty();
        assertThat(repository.buckets()).containsExactly(new BucketEntry("photos", "id-9"));
    }

    @Test
    void anIdWithANewNameReplacesTheOldName() {
        repository.saveBucket(new BucketEntry("photos", "id-1"));
        repository.saveBucket(new BucketEntry("docs", "id-2"));

        repository.saveBucket(new BucketEntry("docs", "id-1"));

        assertThat(repository.buckets()).containsExactly(new BucketEntry("docs", "id-1"));
        assertThat(repository.findBucketId("photos")).isEmpty();
        assertThat(repository.findBucketName("id-2")).isEmpty();
    }

    @Test
    void aListingReplacesAllBuckets() {
        repository.saveBucket(new BucketEntry("old", "id-0"));

        repository.replaceBuckets(List.of(
                new BucketEntry("photos", "id-1"), new BucketEntry("docs", "id-2"), new BucketEntry("photos", "id-3")));

        assertThat(repository.buckets())
                .containsExactlyInAnyOrder(new BucketEntry("photos", "id-3"), new BucketEntry("docs", "id-2"));
        repository.replaceBuckets(List.of());
        assertThat(repository.buckets()).isEmpty();
    }

    @Test
    void aListingThatBreaksOffChangesNothing() {
        repository.saveBucket(new BucketEntry("old", "id-0"));
        List<BucketEntry> broken = Arrays.asList(new BucketEntry("photos", "id-1"), null);

        assertThatThrownBy(() -> repository.replaceBuckets(broken)).isInstanceOf(NullPointerException.class);

        assertThat(repository.buckets()).containsExactly(new BucketEntry("old", "id-0"));
    }

    @Test
    void aListOfBucketsIsACopy() {
        repository.saveBucket(new BucketEntry("photos", "id-1"));
        List<BucketEntry> before = repository.buckets();

        repository.saveBucket(new BucketEntry("docs", "id-2"));

        assertThat(before).containsExactly(new BucketEntry("photos", "id-1"));
    }

    @Test
    void aRemovedBucketIsUnknown() {
        repository.saveBucket(new BucketEntry("photos", "id-1"));

        repository.removeBucket("photos");
        repository.removeBucket("never-there");

        assertThat(repository.findBucketId("photos")).isEmpty();
        assertThat(repository.findBucketName("id-1")).isEmpty();
    }

    @Test
    void namesAndIdsAreDataNotSql() {
        String name = "x'); DROP TABLE bucket; --%_?\"";

        repository.saveBucket(new BucketEntry(name, "id-1"));

        assertThat(repository.findBucketId(name)).contains("id-1");
        assertThat(repository.findBucketName("id-1")).contains(name);
    }

    @Test
    void noBucketIsLostWhenThreadsSaveWhileOthersLogIn() throws Exception {
        repository.store(Logins.withToken("token"));
        AccountInfoRepository second = openAgain();

        inThreads(thread -> {
            AccountInfoRepository mine = thread % 2 == 0 ? repository : second;
            for (int round = 0; round < ROUNDS; round++) {
                mine.saveBucket(new BucketEntry("b-" + thread + "-" + round, "id-" + thread + "-" + round));
                mine.store(Logins.withToken("token-" + thread + "-" + round));
            }
        });

        assertThat(repository.buckets()).hasSize(THREADS * ROUNDS);
    }

    @Test
    void aReaderNeverSeesHalfALogin() throws Exception {
        repository.store(Logins.consistent("0"));
        AccountInfoRepository second = openAgain();

        inThreads(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                if (thread % 2 == 0) {
                    repository.store(Logins.consistent(thread + "-" + round));
                } else {
                    AccountInfo seen = second.find().orElseThrow();
                    assertThat(seen).isEqualTo(asKept(Logins.consistent(seen.authorizationToken())));
                }
            }
        });
    }

    @Test
    void ofThreadsThatSaveOneNameOneWinsWhole() throws Exception {
        AccountInfoRepository second = openAgain();

        inThreads(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                (thread % 2 == 0 ? repository : second).saveBucket(new BucketEntry("photos", "id-" + thread));
            }
        });

        assertThat(repository.buckets()).singleElement().satisfies(bucket -> {
            assertThat(bucket.name()).isEqualTo("photos");
            assertThat(repository.findBucketName(bucket.id())).contains("photos");
        });
    }

    @Test
    void theSecretsAreNotInItsText() {
        repository.store(Logins.withToken("token-1"));

        assertThat(repository.toString()).doesNotContain("K001+secret", "token-1");
    }

    /** Whether a login with another key than the stored one is refused. */
    boolean refusesAnotherKey() {
        return false;
    }

    private void clearWhereAnotherKeyIsRefused() {
        if (refusesAnotherKey()) {
            repository.clear();
        }
    }

    /** Another repository on the same store; the same one where the store is the repository. */
    AccountInfoRepository openAgain() throws Exception {
        return repository;
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inThreads(Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            IntStream.range(0, THREADS)
                    .forEach(thread -> tasks.add(() -> {
                        work.run(thread);
                        return null;
                    }));
            for (Future<Void> done : pool.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
