// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.bucket.BucketList;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.bucket.CorsRule;
import io.github.camelb2.client.model.bucket.LifecycleRule;
import io.github.camelb2.client.model.bucket.ReplicationConfiguration;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.json.Copies;
import io.github.camelb2.client.model.protection.DefaultRetention;
import io.github.camelb2.client.model.protection.Encryption;

/** The calls about buckets. */
public interface BucketCalls {
    /**
     * Lists the buckets of the account by name, or finds one; one that does not exist is not an error.
     *
     * @param accountId the account; null for that of the login
     * @param bucketId only the bucket with this id
     * @param bucketName only the bucket with this name; keys that are restricted to a bucket need the one or the other
     * @param bucketTypes only these; null for all but shared and restricted ones
     * @see <a href="https://www.backblaze.com/apidocs/b2-list-buckets">Backblaze: b2_list_buckets</a>
     */
    record ListBuckets(
            @Nullable String accountId,
            @Nullable String bucketId,
            @Nullable String bucketName,
            @Nullable List<BucketType> bucketTypes)
            implements AccountCall<BucketList> {
        private static final Kind<BucketList> KIND =
                new Kind<>("b2_list_buckets", BucketList.class, Capability.LIST_BUCKETS, TransactionClass.C);

        public ListBuckets {
            bucketTypes = Copies.optionalList(bucketTypes);
        }

        /** All buckets. */
        public static ListBuckets of() {
            return new ListBuckets(null, null, null, null);
        }

        @Override
        public ListBuckets withAccountId(String value) {
            return Members.with(this, "accountId", value);
        }

        public ListBuckets withBucketId(String value) {
            return Members.with(this, "bucketId", value);
        }

        public ListBuckets withBucketName(String value) {
            return Members.with(this, "bucketName", value);
        }

        public ListBuckets withBucketTypes(List<BucketType> value) {
            return Members.with(this, "bucketTypes", value);
        }

        @Override
        public Kind<BucketList> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return bucketName != null ? FileNames.quote(bucketName) : bucketId != null ? bucketId : "";
        }
    }

    /**
     * Makes a bucket.
     *
     * @param accountId the account; null for that of the login
     * @param bucketName 6 to 63 letters, digits and {@code -}, unique in all of B2
     * @param bucketType allPublic or allPrivate
     * @param bucketInfo the user's own entries, at most 10
     * @param corsRules what browsers may do
     * @param lifecycleRules what B2 hides and deletes by itself
     * @param fileLockEnabled true lets its files be locked, for ever
     * @param defaultServerSideEncryption what new files get: SSE-B2, or null for what B2 does by default
     * @param replicationConfiguration its part in replication
     * @see <a href="https://www.backblaze.com/apidocs/b2-create-bucket">Backblaze: b2_create_bucket</a>
     */
    record CreateBucket(
            @Nullable String accountId,
            String bucketName,
            BucketType bucketType,
            @Nullable Map<String, String> bucketInfo,
            @Nullable List<CorsRule> corsRules,
            @Nullable List<LifecycleRule> lifecycleRules,
            @Nullable Boolean fileLockEnabled,
            @Nullable Encryption defaultServerSideEncryption,
            @Nullable ReplicationConfiguration replicationConfiguration)
            implements AccountCall<Bucket>, Recoverable<Bucket> {
        private static final Kind<Bucket> KIND =
                new Kind<>("b2_create_bucket", Bucket.class, Capability.WRITE_BUCKETS, TransactionClass.C);

        public CreateBucket {
            Checks.given("b2_create_bucket", "bucketName", bucketName);
            Checks.given("b2_create_bucket", "bucketType", bucketType);
            bucketInfo = Copies.optionalMap(bucketInfo);
            corsRules = Copies.optionalList(corsRules);
            lifecycleRules = Copies.optionalList(lifecycleRules);
            Checks.bucketName(bucketName);
            Checks.defaultEncryption(defaultServerSideEncryption);
            defaultServerSideEncryption = Encryption.asked(defaultServerSideEncryption);
        }

        /** With the members that B2 requires. */
        public static CreateBucket of(String bucketName, BucketType bucketType) {
            return new CreateBucket(null, bucketName, bucketType, null, null, null, null, null, null);
        }

        @Override
        public CreateBucket withAccountId(String value) {
            return Members.with(this, "accountId", value);
        }

        public CreateBucket withBucketInfo(Map<String, String> value) {
            return Members.with(this, "bucketInfo", value);
        }

        public CreateBucket withCorsRules(List<CorsRule> value) {
            return Members.with(this, "corsRules", value);
        }

        public CreateBucket withLifecycleRules(List<LifecycleRule> value) {
            return Members.with(this, "lifecycleRules", value);
        }

        public CreateBucket withFileLockEnabled(Boolean value) {
            return Members.with(this, "fileLockEnabled", value);
        }

        public CreateBucket withDefaultServerSideEncryption(Encryption value) {
            return Members.with(this, "defaultServerSideEncryption", value);
        }

        public CreateBucket withReplicationConfiguration(ReplicationConfiguration value) {
            return Members.with(this, "replicationConfiguration", value);
        }

        @Override
        public Kind<Bucket> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return FileNames.quote(bucketName);
        }
    }

    /**
     * Changes the settings of a bucket; what is null stays as it is, lists and maps are replaced whole.
     *
     * @param accountId the account; null for that of the login
     * @param bucketId the bucket
     * @param bucketType allPublic or allPrivate
     * @param bucketInfo the user's own entries, at most 10
     * @param corsRules what browsers may do
     * @param lifecycleRules what B2 hides and deletes by itself
     * @param defaultRetention how long new files are locked
     * @param defaultServerSideEncryption what new files get: SSE-B2, or null for what B2 does by default
     * @param fileLockEnabled true lets its files be locked, for ever
     * @param replicationConfiguration its part in replication
     * @param ifRevisionIs refuse when the bucket has changed since this revision
     * @see <a href="https://www.backblaze.com/apidocs/b2-update-bucket">Backblaze: b2_update_bucket</a>
     */
    record UpdateBucket(
            @Nullable String accountId,
            String bucketId,
            @Nullable BucketType bucketType,
            @Nullable Map<String, String> bucketInfo,
            @Nullable List<CorsRule> corsRules,
            @Nullable List<LifecycleRule> lifecycleRules,
            @Nullable DefaultRetention defaultRetention,
            @Nullable Encryption defaultServerSideEncryption,
            @Nullable Boolean fileLockEnabled,
            @Nullable ReplicationConfiguration replicationConfiguration,
            @Nullable Integer ifRevisionIs)
            implements AccountCall<Bucket>, Recoverable<Bucket> {
        private static final Kind<Bucket> KIND =
                new Kind<>("b2_update_bucket", Bucket.class, Capability.WRITE_BUCKETS, TransactionClass.C);

        public UpdateBucket {
            Checks.given("b2_update_bucket", "bucketId", bucketId);
            bucketInfo = Copies.optionalMap(bucketInfo);
            corsRules = Copies.optionalList(corsRules);
            lifecycleRules = Copies.optionalList(lifecycleRules);
            Checks.defaultEncryption(defaultServerSideEncryption);
            defaultServerSideEncryption = Encryption.asked(defaultServerSideEncryption);
        }

        /** With the members that B2 requires. */
        public static UpdateBucket of(String bucketId) {
            return new UpdateBucket(null, bucketId, null, null, null, null, null, null, null, null, null);
        }

        @Override
        public UpdateBucket withAccountId(String value) {
            return Members.with(this, "accountId", value);
        }

        public UpdateBucket withBucketType(BucketType value) {
            return Members.with(this, "bucketType", value);
        }

        public UpdateBucket withBucketInfo(Map<String, String> value) {
            return Members.with(this, "bucketInfo", value);
        }

        public UpdateBucket withCorsRules(List<CorsRule> value) {
            return Members.with(this, "corsRules", value);
        }

        public UpdateBucket withLifecycleRules(List<LifecycleRule> value) {
            return Members.with(this, "lifecycleRules", value);
        }

        public UpdateBucket withDefaultRetention(DefaultRetention value) {
            return Members.with(this, "defaultRetention", value);
        }

        public UpdateBucket withDefaultServerSideEncryption(Encryption value) {
            return Members.with(this, "defaultServerSideEncryption", value);
        }

        public UpdateBucket withFileLockEnabled(Boolean value) {
            return Members.with(this, "fileLockEnabled", value);
        }

        public UpdateBucket withReplicationConfiguration(ReplicationConfiguration value) {
            return Members.with(this, "replicationConfiguration", value);
        }

        public UpdateBucket withIfRevisionIs(Integer value) {
            return Members.with(this, "ifRevisionIs", value);
        }

        @Override
        public Kind<Bucket> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return "bucket " + bucketId;
        }

        private boolean hasWhatWasSet(Bucket found) {
            return (bucketType == null || bucketType.equals(found.bucketType()))
                    && (bucketInfo == null || bucketInfo.equals(found.bucketInfo()))
                    && (corsRules == null || corsRules.equals(found.corsRules()))
                    && (lifecycleRules == null || lifecycleRules.equals(found.lifecycleRules()));
        }
    }

    /**
     * Deletes an empty bucket, and answers what it was.
     *
     * @param accountId the account; null for that of the login
     * @param bucketId the bucket
     * @see <a href="https://www.backblaze.com/apidocs/b2-delete-bucket">Backblaze: b2_delete_bucket</a>
     */
    record DeleteBucket(@Nullable String accountId, String bucketId)
            implements AccountCall<Bucket>, Recoverable<Bucket> {
        private static final Kind<Bucket> KIND =
                new Kind<>("b2_delete_bucket", Bucket.class, Capability.DELETE_BUCKETS, TransactionClass.A);

        public DeleteBucket {
            Checks.given("b2_delete_bucket", "bucketId", bucketId);
        }

        /** With the members that B2 requires. */
        public static DeleteBucket of(String bucketId) {
            return new DeleteBucket(null, bucketId);
        }

        @Override
        public DeleteBucket withAccountId(String value) {
            return Members.with(this, "accountId", value);
        }

        @Override
        public Kind<Bucket> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return "bucket " + bucketId;
        }
    }
}
