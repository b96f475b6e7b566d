// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.bucket;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;
import io.github.camelb2.client.model.protection.FileLockConfiguration;
import io.github.camelb2.client.model.protection.Guarded;
import io.github.camelb2.client.model.protection.ServerSideEncryption;

/**
 * A bucket and its settings.
 *
 * @param accountId the account that owns it
 * @param bucketId its id
 * @param bucketName its name; empty only in {@link #deleted}
 * @param bucketType who may read it without a key
 * @param bucketInfo the user's own entries, in B2's order
 * @param corsRules what browsers may do
 * @param lifecycleRules what B2 hides and deletes by itself
 * @param defaultServerSideEncryption for new files; null when B2 did not say
 * @param fileLockConfiguration whether files can be locked; null when B2 did not say
 * @param replicationConfiguration its part in replication; null when B2 did not say
 * @param options such as {@code s3}
 * @param revision grows with every change
 * @see <a href="https://www.backblaze.com/apidocs/b2-list-buckets">Backblaze: b2_list_buckets</a>
 */
public record Bucket(
        String accountId,
        String bucketId,
        String bucketName,
        BucketType bucketType,
        Map<String, String> bucketInfo,
        List<CorsRule> corsRules,
        List<LifecycleRule> lifecycleRules,
        @Nullable Guarded<ServerSideEncryption> defaultServerSideEncryption,
        @Nullable Guarded<FileLockConfiguration> fileLockConfiguration,
        @Nullable Guarded<ReplicationConfiguration> replicationConfiguration,
        List<String> options,
        int revision) {
    public Bucket {
        accountId = Copies.orEmpty(accountId);
        bucketId = Answers.required("bucket", "bucketId", bucketId);
        bucketName = Copies.orEmpty(bucketName);
        bucketType = bucketType == null ? BucketType.RESTRICTED : bucketType;
        bucketInfo = Copies.map(bucketInfo);
        corsRules = Copies.list(corsRules);
        lifecycleRules = Copies.list(lifecycleRules);
        options = Copies.list(options);
    }

    /** A bucket of which nothing is known but that it is gone. */
    public static Bucket deleted(String bucketId) {
        return new Bucket(
                "",
                bucketId,
                "",
                BucketType.RESTRICTED,
                Map.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                0);
    }
}
