// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.bucket;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Core;
import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.Records;

/** The buckets of the account. Safe for use by many threads. */
public final class Buckets {

    private final Core core;
    private final BucketContents contents;
    private final String accountId;
    private final int maxBuckets;
    private final Encryption defaultEncryption;
    /** By id; guarded by {@code core}. */
    private final Map<String, Bucket> byId = new LinkedHashMap<>();
    /** By name in lower case: two buckets may not differ in case only; guarded by {@code core}. */
    private final Map<String, Bucket> byName = new TreeMap<>();

    public Buckets(Core core, BucketContents contents, String accountId, int maxBuckets, Encryption defaultEncryption) {
        this.core = core;
        this.contents = contents;
        this.accountId = accountId;
        this.maxBuckets = maxBuckets;
        this.defaultEncryption = defaultEncryption;
    }

    /** Makes a bucket with settings that were checked. */
    public Bucket create(String name, ObjectNode settings) {
        Names.checkBucket(name);
        synchronized (core) {
            if (byName.containsKey(lower(name))) {
                throw new B2Error(400, "duplicate_bucket_name", "Bucket name is already in use.");
            }
            if (byId.size() >= maxBuckets) {
                throw new B2Error(400, "too_many_buckets", "Account may not have more than " + maxBuckets + " buckets");
            }
            Bucket bucket = new Bucket(newId(), name, 2, settings, -1);
            core.log(BucketRecord.write(bucket));
            restore(bucket);
            return bucket;
        }
    }

    /** Makes a bucket of generated files; it is not written down, the next process names it again. */
    public Bucket createSynthetic(String name, long count) {
        synchronized (core) {
            Bucket bucket =
                    new Bucket(newId(), name, 2, Bucket.defaultSettings("allPrivate", defaultEncryption), count);
            if (byName.containsKey(lower(name))) {
                throw new IllegalArgumentException("the bucket " + name + " exists and is not synthetic");
            }
            restore(bucket);
            return bucket;
        }
    }

    private String newId() {
        return accountId + String.format("%012x", core.nextSequence());
    }

    public void restore(Bucket bucket) {
        core.sequenceAtLeast(sequenceOf(bucket.id()));
        if (!byId.containsKey(bucket.id())) {
            contents.addBucket(bucket);
        }
        byId.put(bucket.id(), bucket);
        byName.put(lower(bucket.name()), bucket);
    }

    /** All buckets in order of their names. */
    public List<Bucket> list() {
        synchronized (core) {
            return new ArrayList<>(byName.values());
        }
    }

    public @Nullable Bucket find(String bucketId) {
        synchronized (core) {
            return byId.get(bucketId);
        }
    }

    /** The bucket with this name, in upper or lower case. */
    public @Nullable Bucket findByName(String name) {
        synchronized (core) {
            return byName.get(lower(name));
        }
    }

    /** The bucket with this id, or {@code 400 bad_bucket_id}. */
    public Bucket get(String bucketId) {
        Bucket bucket = find(bucketId);
        if (bucket == null) {
            throw B2Error.badBucketId(bucketId);
        }
        return bucket;
    }

    /**
     * Replaces the settings of a bucket.
     *
     * @param ifRevisionIs the revision that the caller saw, or null not to care; another one is {@code 409 conflict}
     */
    public Bucket update(String bucketId, @Nullable Long ifRevisionIs, Change change) {
        synchronized (core) {
            Bucket bucket = get(bucketId);
            if (ifRevisionIs != null && ifRevisionIs != bucket.revision()) {
                throw new B2Error(409, "conflict", "simultaneous updates to bucket")
                        .because("bucket revision is " + bucket.revision() + ", not " + ifRevisionIs);
            }
            ObjectNode settings = bucket.settings().deepCopy();
            change.apply(bucket, settings);
            return replace(bucket.withSettings(settings));
        }
    }

    public Bucket setNotificationRules(String bucketId, ArrayNode rules) {
        synchronized (core) {
            return replace(get(bucketId).withNotificationRules(rules));
        }
    }

    private Bucket replace(Bucket changed) {
        if (!changed.isSynthetic()) {
            core.log(BucketRecord.write(changed));
        }
        byId.put(changed.id(), changed);
        byName.put(lower(changed.name()), changed);
        return changed;
    }

    public Bucket delete(String bucketId) {
        synchronized (core) {
            Bucket bucket = get(bucketId);
            if (!contents.isEmpty(bucketId)) {
                throw new B2Error(400, "cannot_delete_non_empty_bucket", "Cannot delete non-empty bucket");
            }
            core.log(Records.gone("bucket", bucketId));
            remove(bucketId);
            return bucket;
        }
    }

    /** Whether this is the form of the ids of buckets. */
    public boolean isId(String id) {
        return id.length() == 2 * accountId.length();
    }

    private long sequenceOf(String bucketId) {
        return Long.parseLong(bucketId.substring(accountId.length()), 16);
    }

    /** Lets go of a bucket that is gone, whether or not it is known; its id is not given out again. */
    public void remove(String bucketId) {
        core.sequenceAtLeast(sequenceOf(bucketId));
        Bucket bucket = byId.remove(bucketId);
        if (bucket != null) {
            byName.remove(lower(bucket.name()));
            contents.removeBucket(bucketId);
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Writes new settings into a copy of the old ones, or refuses. */
    @FunctionalInterface
    public interface Change {
        void apply(Bucket bucket, ObjectNode settings);
    }
}
