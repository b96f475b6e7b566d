package io.github.camelb2.client.call;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.Bucket;
import io.github.camelb2.client.model.BucketType;
import io.github.camelb2.client.model.Copies;
import io.github.camelb2.client.model.CorsRule;
import io.github.camelb2.client.model.DefaultRetention;
import io.github.camelb2.client.model.Encryption;
import io.github.camelb2.client.model.LifecycleRule;
import io.github.camelb2.client.model.ReplicationConfiguration;

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
 * @param defaultServerSideEncryption what new files get: none or SSE-B2
 * @param fileLockEnabled true lets its files be locked, for ever
 * @param replicationConfiguration its part in replication
 * @param ifRevisionIs refuse when the bucket has changed since this revision
 * @see <a href="https://www.backblaze.com/apidocs/b2-update-bucket">Backblaze: b2_update_bucket</a>
 */
public record UpdateBucket(
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
    public UpdateBucket {
        Checks.given("b2_update_bucket", "bucketId", bucketId);
        bucketInfo = Copies.optionalMap(bucketInfo);
        corsRules = Copies.optionalList(corsRules);
        lifecycleRules = Copies.optionalList(lifecycleRules);
        Checks.defaultEncryption(defaultServerSideEncryption);
    }

    /** With the members that B2 requires. */
    public static UpdateBucket of(String bucketId) {
        return new UpdateBucket(null, bucketId, null, null, null, null, null, null, null, null, null);
    }

    @Override
    public UpdateBucket withAccountId(String value) {
        return new UpdateBucket(
                value,
                bucketId,
                bucketType,
                bucketInfo,
                corsRules,
                lifecycleRules,
                defaultRetention,
                defaultServerSideEncryption,
                fileLockEnabled,
                replicationConfiguration,
                ifRevisionIs);
    }

    public UpdateBucket withBucketType(BucketType value) {
        return new UpdateBucket(
                accountId,
                bucketId,
                value,
                bucketInfo,
                corsRules,
                lifecycleRules,
                defaultRetention,
                defaultServerSideEncryption,
                fileLockEnabled,
                replicationConfiguration,
                ifRevisionIs);
    }

    public UpdateBucket withBucketInfo(Map<String, String> value) {
        return new UpdateBucket(
                accountId,
                bucketId,
                bucketType,
                value,
                corsRules,
                lifecycleRules,
                defaultRetention,
                defaultServerSideEncryption,
                fileLockEnabled,
                replicationConfiguration,
                ifRevisionIs);
    }

    public UpdateBucket withCorsRules(List<CorsRule> value) {
        return new UpdateBucket(
                accountId,
                bucketId,
                bucketType,
                bucketInfo,
                value,
                lifecycleRules,
                defaultRetention,
                defaultServerSideEncryption,
                fileLockEnabled,
                replicationConfiguration,
                ifRevisionIs);
    }

    public UpdateBucket withLifecycleRules(List<LifecycleRule> value) {
        return new UpdateBucket(
                accountId,
                bucketId,
                bucketType,
                bucketInfo,
                corsRules,
                value,
                defaultRetention,
                defaultServerSideEncryption,
                fileLockEnabled,
                replicationConfiguration,
                ifRevisionIs);
    }

    public UpdateBucket withDefaultRetention(DefaultRetention value) {
        return new UpdateBucket(
                accountId,
                bucketId,
                bucketType,
                bucketInfo,
                corsRules,
                lifecycleRules,
                value,
                defaultServerSideEncryption,
                fileLockEnabled,
                replicationConfiguration,
                ifRevisionIs);
    }

    public UpdateBucket withDefaultServerSideEncryption(Encryption value) {
        return new UpdateBucket(
                accountId,
                bucketId,
                bucketType,
                bucketInfo,
                corsRules,
                lifecycleRules,
                defaultRetention,
                value,
                fileLockEnabled,
                replicationConfiguration,
                ifRevisionIs);
    }

    public UpdateBucket withFileLockEnabled(Boolean value) {
        return new UpdateBucket(
                accountId,
                bucketId,
                bucketType,
                bucketInfo,
                corsRules,
                lifecycleRules,
                defaultRetention,
                defaultServerSideEncryption,
                value,
                replicationConfiguration,
                ifRevisionIs);
    }

    public UpdateBucket withReplicationConfiguration(ReplicationConfiguration value) {
        return new UpdateBucket(
                accountId,
                bucketId,
                bucketType,
                bucketInfo,
                corsRules,
                lifecycleRules,
                defaultRetention,
                defaultServerSideEncryption,
                fileLockEnabled,
                value,
                ifRevisionIs);
    }

    public UpdateBucket withIfRevisionIs(Integer value) {
        return new UpdateBucket(
                accountId,
                bucketId,
                bucketType,
                bucketInfo,
                corsRules,
                lifecycleRules,
                defaultRetention,
                defaultServerSideEncryption,
                fileLockEnabled,
                replicationConfiguration,
                value);
    }

    @Override
    public String name() {
        return "b2_update_bucket";
    }

    @Override
    public Class<Bucket> responseType() {
        return Bucket.class;
    }

    @Override
    public Capability capability() {
        return Capability.WRITE_BUCKETS;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.C;
    }

    @Override
    public String subject() {
        return "bucket " + bucketId;
    }

    /** After a lost answer a conflict is our own change, if the bucket went on by one revision and has what we set. */
    @Override
    public Optional<Bucket> lookUp(B2Exception failure, Instant firstTry, Calls calls) {
        Integer expected = ifRevisionIs;
        if (expected == null || failure.status() != 409) {
            return Optional.empty();
        }
        return calls.call(ListBuckets.of().withBucketId(bucketId)).buckets().stream()
                .filter(found -> found.revision() == expected + 1 && hasWhatWasSet(found))
                .findFirst();
    }

    private boolean hasWhatWasSet(Bucket found) {
        return (bucketType == null || bucketType.equals(found.bucketType()))
                && (bucketInfo == null || bucketInfo.equals(found.bucketInfo()))
                && (corsRules == null || corsRules.equals(found.corsRules()))
                && (lifecycleRules == null || lifecycleRules.equals(found.lifecycleRules()));
    }
}
