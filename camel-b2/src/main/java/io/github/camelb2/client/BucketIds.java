// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.Allowed.AllowedBucket;
import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.bucket.BucketList;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.retry.CallSettings;

/**
 * Knows which id a bucket's name has: from memory, the repository, the key's own restriction, or B2, in this order.
 * Thread-safe. The one home of ids: whoever needs one asks here, and a second upload asks no repository.
 *
 * <p>A remembered id goes stale when the bucket is deleted and made again; the first call that B2 refuses for it makes
 * the name be looked up anew.
 */
final class BucketIds {
    private static final Set<String> STALE = Set.of("bad_bucket_id", "invalid_bucket_id");

    private final AccountInfoRepository repository;
    private final Caller caller;

    /** What the account of the last login has, by name. */
    private volatile Remembered remembered = new Remembered("");

    BucketIds(AccountInfoRepository repository, Caller caller) {
        this.repository = repository;
        this.caller = caller;
    }

    /** What the directory uses of the client. */
    interface Caller {
        <T> T call(B2Call<T> call, CallSettings settings);

        AccountInfo accountInfo(CallSettings settings);
    }

    /** The ids of one account; not more than it has buckets. */
    private record Remembered(String account, Map<String, String> ids) {
        Remembered(String account) {
            this(account, new ConcurrentHashMap<>());
        }

        static String key(AccountInfo login) {
            return login.accountId() + '@' + login.realm();
        }
    }

    /** The memory for that login; another account begins with an empty one. */
    private Map<String, String> idsOf(AccountInfo login) {
        Remembered now = remembered;
        if (!now.account().equals(Remembered.key(login))) {
            now = new Remembered(Remembered.key(login));
            remembered = now;
        }
        return now.ids();
    }

    private void save(String name, String id) {
        remembered.ids().values().remove(id);
        remembered.ids().put(name, id);
        repository.saveBucket(new BucketEntry(name, id));
    }

    private void forget(String name) {
        remembered.ids().remove(name);
        repository.removeBucket(name);
    }

    /** Forgets all ids in memory; the repository is cleared by whoever clears the login. */
    void clear() {
        remembered = new Remembered("");
    }

    List<BucketEntry> known() {
        return repository.buckets();
    }

    Bucket get(String name, CallSettings settings) {
        BucketList found = caller.call(ListBuckets.of().withBucketName(name), settings);
        Bucket bucket = found.buckets().stream()
                .filter(it -> it.bucketName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> missing(name));
        save(name, bucket.bucketId());
        return bucket;
    }

    private B2NotFoundException missing(String name) {
        forget(name);
        return new B2NotFoundException(new ErrorDetails(
                "b2_list_buckets",
                FileNames.quote(name),
                404,
                "no_such_bucket",
                "the account has no bucket of that name",
                "create it, or check the name and that the key may see it",
                null));
    }

    String id(String name, CallSettings settings) {
        // The login comes first: logging in to another account empties the repository.
        AccountInfo login = caller.accountInfo(settings);
        Map<String, String> ids = idsOf(login);
        String known = ids.get(name);
        if (known != null) {
            return known;
        }
        String found = repository
                .findBucketId(name)
                .or(() -> allowedId(login, name))
                .orElseGet(() -> get(name, settings).bucketId());
        ids.put(name, found);
        return found;
    }

    /** A restricted key knows its buckets, and may lack the right to list them. */
    private static Optional<String> allowedId(AccountInfo login, String name) {
        List<AllowedBucket> buckets = login.allowed().buckets();
        return buckets == null
                ? Optional.empty()
                : buckets.stream()
                        .filter(it -> name.equals(it.name()))
                        .map(AllowedBucket::id)
                        .findFirst();
    }

    <T> T in(String name, Function<String, T> work, CallSettings settings) {
        String remembered = id(name, settings);
        try {
            return work.apply(remembered);
        } catch (B2NotFoundException e) {
            if (!STALE.contains(e.code())) {
                throw e;
            }
            forget(name);
            String now = get(name, settings).bucketId();
            if (now.equals(remembered)) {
                throw e;
            }
            return work.apply(now);
        }
    }

    /** Remembers or forgets what the answer of a call says about buckets. */
    void learn(B2Call<?> call, Object answer) {
        if (call instanceof CreateBucket && answer instanceof Bucket made) {
            save(made.bucketName(), made.bucketId());
        } else if (call instanceof DeleteBucket gone) {
            remembered.ids().values().remove(gone.bucketId());
            repository.findBucketName(gone.bucketId()).ifPresent(repository::removeBucket);
        } else if (call instanceof ListBuckets listing && answer instanceof BucketList all && isComplete(listing)) {
            remembered.ids().clear();
            repository.replaceBuckets(all.buckets().stream()
                    .map(it -> new BucketEntry(it.bucketName(), it.bucketId()))
                    .toList());
        }
    }

    private static boolean isComplete(ListBuckets listing) {
        return listing.bucketId() == null && listing.bucketName() == null && listing.bucketTypes() == null;
    }
}
