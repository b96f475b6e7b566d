package io.github.camelb2.client.call;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.Bucket;

/**
 * Deletes an empty bucket, and answers what it was.
 *
 * @param accountId the account; null for that of the login
 * @param bucketId the bucket
 * @see <a href="https://www.backblaze.com/apidocs/b2-delete-bucket">Backblaze: b2_delete_bucket</a>
 */
public record DeleteBucket(@Nullable String accountId, String bucketId)
        implements AccountCall<Bucket>, Recoverable<Bucket> {
    public DeleteBucket {
        Checks.given("b2_delete_bucket", "bucketId", bucketId);
    }

    /** With the members that B2 requires. */
    public static DeleteBucket of(String bucketId) {
        return new DeleteBucket(null, bucketId);
    }

    @Override
    public DeleteBucket withAccountId(String value) {
        return new DeleteBucket(value, bucketId);
    }

    @Override
    public String name() {
        return "b2_delete_bucket";
    }

    @Override
    public Class<Bucket> responseType() {
        return Bucket.class;
    }

    @Override
    public Capability capability() {
        return Capability.DELETE_BUCKETS;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.A;
    }

    @Override
    public String subject() {
        return "bucket " + bucketId;
    }

    /** A bucket that is gone after a lost answer was deleted by us; nothing but its id is known then. */
    @Override
    public Optional<Bucket> lookUp(B2Exception failure, Instant firstTry, Calls calls) {
        boolean gone = failure.code().equals("bad_bucket_id");
        return gone ? Optional.of(Bucket.deleted(bucketId)) : Optional.empty();
    }
}
