// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.RefusedLoginException;

/**
 * Lets a client go on in memory while its repository fails: a database that is down must not stop whoever has a valid
 * login, or a key to make one with. Thread-safe.
 *
 * <p>After a failure the repository is left alone for {@link #PAUSE}, because each try may wait for a timeout of its own.
 * One warning says that it fails, and one line at INFO that it works again; what was logged in to meanwhile is stored
 * then. What a user asks for by name, {@link #clear}, fails as the repository fails, and so does a repository that
 * refuses the login of another key, or has options that cannot work.
 */
public final class DurableAccountInfoRepository implements AccountInfoRepository {
    private static final Logger LOG = LoggerFactory.getLogger(DurableAccountInfoRepository.class);

    static final Duration PAUSE = Duration.ofSeconds(30);

    private final AccountInfoRepository store;
    private final boolean isNeeded;
    private final InstantSource clock;
    private final InMemoryAccountInfoRepository memory = new InMemoryAccountInfoRepository();

    /** Guards the two fields below; never held while the repository is asked. */
    private final Object lock = new Object();

    private @Nullable Trouble trouble;
    private @Nullable AccountInfo unsaved;

    /**
     * What is wrong with a repository.
     *
     * @param since when it failed first
     * @param latest when it was tried last
     * @param failure what it said last
     */
    private record Trouble(Instant since, Instant latest, RuntimeException failure) {}

    /**
     * In front of that repository.
     *
     * @param isNeeded whether the client has no key of its own, so that nothing can go on before a login was found once
     */
    public DurableAccountInfoRepository(AccountInfoRepository store, boolean isNeeded, InstantSource clock) {
        this.store = store;
        this.isNeeded = isNeeded;
        this.clock = clock;
    }

    /** Since when the repository fails, and how; empty while it works. */
    public Optional<String> trouble() {
        synchronized (lock) {
            return Optional.ofNullable(trouble)
                    .map(it -> "fails since " + it.since() + ": " + it.failure().getMessage());
        }
    }

    @Override
    public Optional<AccountInfo> find() {
        Optional<AccountInfo> found = ask(AccountInfoRepository::find, this::known);
        found.filter(login -> !memory.find().equals(found)).ifPresent(memory::store);
        return found;
    }

    private Optional<AccountInfo> known() {
        Optional<AccountInfo> login = memory.find();
        if (login.isEmpty() && isNeeded) {
            throw latestFailure();
        }
        return login;
    }

    private RuntimeException latestFailure() {
        synchronized (lock) {
            return trouble == null
                    ? new IllegalStateException("the repository of the B2 login failed a moment ago")
                    : trouble.failure();
        }
    }

    @Override
    public void store(AccountInfo info) {
        boolean isStored = tell(repository -> repository.store(info));
        memory.store(info);
        synchronized (lock) {
            unsaved = isStored ? null : info;
        }
    }

    @Override
    public void clear() {
        synchronized (lock) {
            unsaved = null;
        }
        memory.clear();
        store.clear();
    }

    @Override
    public Optional<String> findBucketId(String bucketName) {
        return ask(repository -> repository.findBucketId(bucketName), () -> memory.findBucketId(bucketName));
    }

    @Override
    public Optional<String> findBucketName(String bucketId) {
        return ask(repository -> repository.findBucketName(bucketId), () -> memory.findBucketName(bucketId));
    }

    @Override
    public List<BucketEntry> buckets() {
        return ask(AccountInfoRepository::buckets, memory::buckets);
    }

    @Override
    public void saveBucket(BucketEntry bucket) {
        memory.saveBucket(bucket);
        tell(repository -> repository.saveBucket(bucket));
    }

    @Override
    public void replaceBuckets(Collection<BucketEntry> buckets) {
        memory.replaceBuckets(buckets);
        tell(repository -> repository.replaceBuckets(buckets));
    }

    @Override
    public void removeBucket(String bucketName) {
        memory.removeBucket(bucketName);
        tell(repository -> repository.removeBucket(bucketName));
    }

    private interface Fallback<T> {
        T get();
    }

    private <T> T ask(Function<AccountInfoRepository, T> question, Fallback<T> fallback) {
        if (isLeftAlone()) {
            return fallback.get();
        }
        T answer;
        try {
            answer = question.apply(store);
        } catch (RuntimeException e) {
            failed(e);
            return fallback.get();
        }
        works();
        return answer;
    }

    private boolean tell(Consumer<AccountInfoRepository> change) {
        return ask(
                repository -> {
                    change.accept(repository);
                    return true;
                },
                () -> false);
    }

    private boolean isLeftAlone() {
        synchronized (lock) {
            return trouble != null && clock.instant().isBefore(trouble.latest().plus(PAUSE));
        }
    }

    private void failed(RuntimeException failure) {
        if (failure instanceof RefusedLoginException || failure instanceof IllegalArgumentException) {
            throw failure;
        }
        boolean isNew;
        synchronized (lock) {
            Instant now = clock.instant();
            isNew = trouble == null;
            trouble = new Trouble(trouble == null ? now : trouble.since(), now, failure);
        }
        if (isNew) {
            LOG.warn("{} fails: the login is kept in memory until it works again, and not shared", store, failure);
        }
    }

    private void works() {
        AccountInfo missed;
        synchronized (lock) {
            if (trouble == null) {
                return;
            }
            trouble = null;
            missed = unsaved;
        }
        LOG.info("{} works again", store);
        if (missed != null) {
            store(missed);
        }
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
