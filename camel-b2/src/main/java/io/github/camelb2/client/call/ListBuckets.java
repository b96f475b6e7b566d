package io.github.camelb2.client.call;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.BucketList;
import io.github.camelb2.client.model.BucketType;
import io.github.camelb2.client.model.Copies;
import io.github.camelb2.client.model.FileNames;

/**
 * Lists the buckets of the account by name, or finds one; one that does not exist is not an error.
 *
 * @param accountId the account; null for that of the login
 * @param bucketId only the bucket with this id
 * @param bucketName only the bucket with this name; keys that are restricted to a bucket need the one or the other
 * @param bucketTypes only these; null for all but shared and restricted ones
 * @see <a href="https://www.backblaze.com/apidocs/b2-list-buckets">Backblaze: b2_list_buckets</a>
 */
public record ListBuckets(
        @Nullable String accountId,
        @Nullable String bucketId,
        @Nullable String bucketName,
        @Nullable List<BucketType> bucketTypes)
        implements AccountCall<BucketList> {
    public ListBuckets {
        bucketTypes = Copies.optionalList(bucketTypes);
    }

    /** All buckets. */
    public static ListBuckets of() {
        return new ListBuckets(null, null, null, null);
    }

    @Override
    public ListBuckets withAccountId(String value) {
        return new ListBuckets(value, bucketId, bucketName, bucketTypes);
    }

    public ListBuckets withBucketId(String value) {
        return new ListBuckets(accountId, value, bucketName, bucketTypes);
    }

    public ListBuckets withBucketName(String value) {
        return new ListBuckets(accountId, bucketId, value, bucketTypes);
    }

    public ListBuckets withBucketTypes(List<BucketType> value) {
        return new ListBuckets(accountId, bucketId, bucketName, value);
    }

    @Override
    public String name() {
        return "b2_list_buckets";
    }

    @Override
    public Class<BucketList> responseType() {
        return BucketList.class;
    }

    @Override
    public Capability capability() {
        return Capability.LIST_BUCKETS;
    }

    @Override
    public Repeat repeat() {
        return Repeat.SAFE;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.C;
    }

    @Override
    public String subject() {
        return bucketName != null ? FileNames.quote(bucketName) : bucketId != null ? bucketId : "";
    }
}
