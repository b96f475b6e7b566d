// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.time.InstantSource;
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
import io.github.camelb2.client.call.FindBucket;
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
    private final InstantSource clock;

    /** What the account of the last login has, by name. */
    private volatile Remembered remembered = new Remembered("", "");

    BucketIds(AccountInfoRepository repository, Caller caller, InstantSource clock) {
        this.clock = clock;
        this.repository = repository;
        this.caller = caller;
    }

    /** What the directory uses of the client. */
    interface Caller {
        <T> T call(B2Call<T> call, CallSettings settings);

        AccountInfo accountInfo(CallSettings settings);
    }

    /**
     * What is known of one account.
     *
     * @param ids not more than it has buckets
     * @param asking the names that are being looked up
     */
    private record Remembered(
            String account, String realm, Map<String, String> ids, Map<String, SingleFlight<String>> asking) {
        Remembered(String account, String realm) {
            this(account, realm, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }

        boolean isOf(AccountInfo login) {
            return account.equals(login.accountId()) && realm.equals(login.realm());
        }
    }

    /** The memory for that login; another account begins with an empty one. */
    private Remembered of(AccountInfo login) {
        Remembered now = remembered;
        return now.isOf(login) ? now : begin(login);
    }

    private synchronized Remembered begin(AccountInfo login) {
        if (!remembered.isOf(login)) {
            // One for all threads that begin now, so that they find each other.
            remembered = new Remembered(login.accountId(), login.realm());
        }
        return remembered;
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
    synchronized void clear() {
        remembered = new Remembered("", "");
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

    private String find(String name, CallSettings settings) {
        BucketEntry bucket = caller.call(FindBucket.of(name), settings).bucket().orElseThrow(() -> missing(name));
        save(name, bucket.id());
        return bucket.id();
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
        Remembered here = of(login);
        String known = here.ids().get(name);
        if (known != null) {
            return known;
        }
        String found = repository
                .findBucketId(name)
                .or(() -> allowedId(login, name))
                .orElseGet(() -> asked(name, settings, here));
        here.ids().put(name, found);
        return found;
    }

    /** Many threads begin with their first files in one moment: one of them asks for all. */
    private String asked(String name, CallSettings settings, Remembered here) {
        SingleFlight<String> flight = here.asking()
                .computeIfAbsent(
                        name,
                        unused -> new SingleFlight<>(
                                clock, "b2_list_buckets", "looking up bucket " + FileNames.quote(name)));
        try {
            return flight.once(settings, own -> {
                String meanwhile = here.ids().get(name);
                return meanwhile == null ? find(name, own) : meanwhile;
            });
        } finally {
            here.asking().remove(name, flight);
        }
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
