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
import io.github.camelb2.client.model.Encryption;
import io.github.camelb2.client.model.FileNames;
import io.github.camelb2.client.model.LifecycleRule;
import io.github.camelb2.client.model.ReplicationConfiguration;

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
 * @param defaultServerSideEncryption what new files get: none or SSE-B2
 * @param replicationConfiguration its part in replication
 * @see <a href="https://www.backblaze.com/apidocs/b2-create-bucket">Backblaze: b2_create_bucket</a>
 */
public record CreateBucket(
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
    public CreateBucket {
        Checks.given("b2_create_bucket", "bucketName", bucketName);
        Checks.given("b2_create_bucket", "bucketType", bucketType);
        bucketInfo = Copies.optionalMap(bucketInfo);
        corsRules = Copies.optionalList(corsRules);
        lifecycleRules = Copies.optionalList(lifecycleRules);
        Checks.bucketName(bucketName);
        Checks.defaultEncryption(defaultServerSideEncryption);
    }

    /** With the members that B2 requires. */
    public static CreateBucket of(String bucketName, BucketType bucketType) {
        return new CreateBucket(null, bucketName, bucketType, null, null, null, null, null, null);
    }

    @Override
    public CreateBucket withAccountId(String value) {
        return new CreateBucket(
                value,
                bucketName,
                bucketType,
                bucketInfo,
                corsRules,
                lifecycleRules,
                fileLockEnabled,
                defaultServerSideEncryption,
                replicationConfiguration);
    }

    public CreateBucket withBucketInfo(Map<String, String> value) {
        return new CreateBucket(
                accountId,
                bucketName,
                bucketType,
                value,
                corsRules,
                lifecycleRules,
                fileLockEnabled,
                defaultServerSideEncryption,
                replicationConfiguration);
    }

    public CreateBucket withCorsRules(List<CorsRule> value) {
        return new CreateBucket(
                accountId,
                bucketName,
                bucketType,
                bucketInfo,
                value,
                lifecycleRules,
                fileLockEnabled,
                defaultServerSideEncryption,
                replicationConfiguration);
    }

    public CreateBucket withLifecycleRules(List<LifecycleRule> value) {
        return new CreateBucket(
                accountId,
                bucketName,
                bucketType,
                bucketInfo,
                corsRules,
                value,
                fileLockEnabled,
                defaultServerSideEncryption,
                replicationConfiguration);
    }

    public CreateBucket withFileLockEnabled(Boolean value) {
        return new CreateBucket(
                accountId,
                bucketName,
                bucketType,
                bucketInfo,
                corsRules,
                lifecycleRules,
                value,
                defaultServerSideEncryption,
                replicationConfiguration);
    }

    public CreateBucket withDefaultServerSideEncryption(Encryption value) {
        return new CreateBucket(
                accountId,
                bucketName,
                bucketType,
                bucketInfo,
                corsRules,
                lifecycleRules,
                fileLockEnabled,
                value,
                replicationConfiguration);
    }

    public CreateBucket withReplicationConfiguration(ReplicationConfiguration value) {
        return new CreateBucket(
                accountId,
                bucketName,
                bucketType,
                bucketInfo,
                corsRules,
                lifecycleRules,
                fileLockEnabled,
                defaultServerSideEncryption,
                value);
    }

    @Override
    public String name() {
        return "b2_create_bucket";
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
        return FileNames.quote(bucketName);
    }

    /** A name that is taken after a lost answer, and by a bucket of this account, was taken by us. */
    @Override
    public Optional<Bucket> lookUp(B2Exception failure, Instant firstTry, Calls calls) {
        if (!failure.code().equals("duplicate_bucket_name")) {
            return Optional.empty();
        }
        return calls.call(ListBuckets.of().withBucketName(bucketName)).buckets().stream()
                .findFirst();
    }
}
