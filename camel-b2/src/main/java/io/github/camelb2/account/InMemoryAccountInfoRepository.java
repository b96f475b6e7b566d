// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.BucketEntry;

/**
 * Keeps the login in this JVM's memory, with its application key; it is gone when the JVM ends.
 *
 * <p>A login with another key replaces the one that is stored.
 */
public class InMemoryAccountInfoRepository implements AccountInfoRepository {
    /** Protects the three fields below, which change together. */
    private final Object lock = new Object();

    private @Nullable AccountInfo login;
    private final Map<String, String> idsByName = new HashMap<>();
    private final Map<String, String> namesById = new HashMap<>();

    @Override
    public Optional<AccountInfo> find() {
        synchronized (lock) {
            return Optional.ofNullable(login);
        }
    }

    @Override
    public void store(AccountInfo info) {
        synchronized (lock) {
            if (login == null || !login.isSameAccount(info)) {
                forgetBuckets();
            }
            login = info;
        }
    }

    @Override
    public void clear() {
        synchronized (lock) {
            login = null;
            forgetBuckets();
        }
    }

    @Override
    public Optional<String> findBucketId(String bucketName) {
        synchronized (lock) {
            return Optional.ofNullable(idsByName.get(bucketName));
        }
    }

    @Override
    public Optional<String> findBucketName(String bucketId) {
        synchronized (lock) {
            return Optional.ofNullable(namesById.get(bucketId));
        }
    }

    @Override
    public List<BucketEntry> buckets() {
        synchronized (lock) {
            return idsByName.entrySet().stream()
                    .map(entry -> new BucketEntry(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    @Override
    public void saveBucket(BucketEntry bucket) {
        synchronized (lock) {
            remember(bucket);
        }
    }

    @Override
    public void replaceBuckets(Collection<BucketEntry> buckets) {
        // Copied first: iterating over the caller's collection may fail, and then nothing must have changed.
        List<BucketEntry> copy = List.copyOf(buckets);
        synchronized (lock) {
            forgetBuckets();
            copy.forEach(this::remember);
        }
    }

    @Override
    public void removeBucket(String bucketName) {
        synchronized (lock) {
            String id = idsByName.remove(bucketName);
            if (id != null) {
                namesById.remove(id);
            }
        }
    }

    private void remember(BucketEntry bucket) {
        String olderId = idsByName.put(bucket.name(), bucket.id());
        if (olderId != null) {
            namesById.remove(olderId);
        }
        String olderName = namesById.put(bucket.id(), bucket.name());
        if (olderName != null && !olderName.equals(bucket.name())) {
            idsByName.remove(olderName);
        }
    }

    private void forgetBuckets() {
        idsByName.clear();
        namesById.clear();
    }
}
