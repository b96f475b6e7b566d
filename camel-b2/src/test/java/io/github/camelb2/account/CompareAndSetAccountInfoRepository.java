// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.BucketEntry;

/** The documentation's example of a repository of one's own. */
public class CompareAndSetAccountInfoRepository implements AccountInfoRepository {

    /** All that is kept; one value, so that nobody ever sees half of a change. */
    public record State(Optional<AccountInfo> login, Map<String, String> idsByName) {
        public State {
            idsByName = Map.copyOf(idsByName);
        }
    }

    private static final State EMPTY = new State(Optional.empty(), Map.of());

    // A cell of your store takes its place: it reads, and replaces what was read unless somebody was quicker.
    private final AtomicReference<State> cell = new AtomicReference<>(EMPTY);

    private void change(UnaryOperator<State> change) {
        State before;
        State after;
        do {
            before = cell.get();
            after = change.apply(before);
        } while (!cell.compareAndSet(before, after));
    }

    private void changeBuckets(UnaryOperator<Map<String, String>> change) {
        change(state -> new State(state.login(), change.apply(new HashMap<>(state.idsByName()))));
    }

    @Override
    public Optional<AccountInfo> find() {
        return cell.get().login();
    }

    @Override
    public void store(AccountInfo info) {
        change(state -> {
            boolean sameAccount = state.login().filter(info::isSameAccount).isPresent();
            return new State(Optional.of(info), sameAccount ? state.idsByName() : Map.of());
        });
    }

    @Override
    public void clear() {
        change(state -> EMPTY);
    }

    @Override
    public Optional<String> findBucketId(String bucketName) {
        return Optional.ofNullable(cell.get().idsByName().get(bucketName));
    }

    @Override
    public Optional<String> findBucketName(String bucketId) {
        return buckets().stream()
                .filter(bucket -> bucket.id().equals(bucketId))
                .map(BucketEntry::name)
                .findFirst();
    }

    @Override
    public List<BucketEntry> buckets() {
        return cell.get().idsByName().entrySet().stream()
                .map(entry -> new BucketEntry(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public void saveBucket(BucketEntry bucket) {
        changeBuckets(buckets -> with(buckets, bucket));
    }

    @Override
    public void replaceBuckets(Collection<BucketEntry> all) {
        List<BucketEntry> copy = List.copyOf(all);
        changeBuckets(buckets -> {
            buckets.clear();
            copy.forEach(bucket -> with(buckets, bucket));
            return buckets;
        });
    }

    @Override
    public void removeBucket(String bucketName) {
        changeBuckets(buckets -> {
            buckets.remove(bucketName);
            return buckets;
        });
    }

    private static Map<String, String> with(Map<String, String> buckets, BucketEntry bucket) {
        buckets.values().remove(bucket.id());
        buckets.put(bucket.name(), bucket.id());
        return buckets;
    }
}
