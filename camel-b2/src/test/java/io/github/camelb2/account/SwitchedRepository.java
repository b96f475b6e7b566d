// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.BucketEntry;

/** A repository that works until it is switched off, and counts how often it is asked for anything. */
class SwitchedRepository implements AccountInfoRepository {
    private final InMemoryAccountInfoRepository kept = new InMemoryAccountInfoRepository();
    private final AtomicInteger uses = new AtomicInteger();
    private final AtomicInteger bucketQueries = new AtomicInteger();
    private volatile boolean isOff;

    void switchOff() {
        isOff = true;
    }

    void switchOn() {
        isOff = false;
    }

    int uses() {
        return uses.get();
    }

    int bucketQueries() {
        return bucketQueries.get();
    }

    /** What it has, whether it is on or off. */
    AccountInfoRepository kept() {
        return kept;
    }

    private AccountInfoRepository used() {
        uses.incrementAndGet();
        if (isOff) {
            throw new IllegalStateException("the database is switched off");
        }
        return kept;
    }

    @Override
    public Optional<AccountInfo> find() {
        return used().find();
    }

    @Override
    public void store(AccountInfo info) {
        used().store(info);
    }

    @Override
    public void clear() {
        used().clear();
    }

    @Override
    public Optional<String> findBucketId(String bucketName) {
        bucketQueries.incrementAndGet();
        return used().findBucketId(bucketName);
    }

    @Override
    public Optional<String> findBucketName(String bucketId) {
        return used().findBucketName(bucketId);
    }

    @Override
    public List<BucketEntry> buckets() {
        return used().buckets();
    }

    @Override
    public void saveBucket(BucketEntry bucket) {
        used().saveBucket(bucket);
    }

    @Override
    public void replaceBuckets(Collection<BucketEntry> buckets) {
        used().replaceBuckets(buckets);
    }

    @Override
    public void removeBucket(String bucketName) {
        used().removeBucket(bucketName);
    }
}
