// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps one login and the names of its buckets.
 *
 * <p>Implementations are thread-safe; those that share their store with other processes are safe there too. Every
 * method is one atomic step: a reader sees all of a {@link #store} or nothing of it, and what another thread or process
 * saved meanwhile is not lost. A failure of the store itself is an {@link IllegalStateException} that names the store
 * and what to do, never a key or a token; what was stored before stays as it was.
 *
 * <p>What survives: {@link #store} of a login to the same account in the same realm, also with another key or other
 * addresses, keeps the buckets; of another account or realm, or where none was stored, it forgets them. Callers treat a
 * missing bucket as unknown, never as absent, and a known one as a hint: when the service does not know the id they
 * {@link #removeBucket remove} it and ask again. Upload URLs are not kept here: they are good for one process only.
 *
 * <p>A client that meets an expired token looks here first, and takes the login that it finds if that was made with its
 * own key in its own realm and holds another token: another thread or process has refreshed it.
 */
public interface AccountInfoRepository {
    /** The login that is stored; empty when there is none. Its application key is null where it is not kept. */
    Optional<AccountInfo> find();

    /**
     * Replaces the login as one change.
     *
     * @throws RefusedLoginException if the repository is bound to another key than that of {@code info} and refuses to
     *     overwrite it
     * @throws IllegalStateException if the store failed
     */
    void store(AccountInfo info);

    /** Forgets the login and the buckets; does nothing when there are none. */
    void clear();

    /** The id of the bucket with that name, if it is known. */
    Optional<String> findBucketId(String bucketName);

    /** The name of the bucket with that id, if it is known. */
    Optional<String> findBucketName(String bucketId);

    /** All buckets that are known, in no particular order; a copy that later changes do not touch. */
    List<BucketEntry> buckets();

    /** Remembers a bucket; an older entry with the same name or the same id is replaced. */
    void saveBucket(BucketEntry bucket);

    /** Replaces all buckets by these, as one change; of two with the same name or id the later one counts. */
    void replaceBuckets(Collection<BucketEntry> buckets);

    /** Forgets the bucket with that name; does nothing when it is not known. */
    void removeBucket(String bucketName);
}
