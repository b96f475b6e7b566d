package io.github.camelb2.operation;

import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.model.Bucket;

/** Deletes a bucket, which must be empty of all versions and unfinished large files. */
final class DeleteBucketOperation implements CallOperation<DeleteBucket, Bucket> {
    @Override
    public Class<DeleteBucket> requestType() {
        return DeleteBucket.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID_OF_EXISTING;
    }

    @Override
    public DeleteBucket bind(Params params, OperationScope scope) {
        return DeleteBucket.of(params.bucketId());
    }

    @Override
    public void reply(Bucket result, Reply reply) {
        reply.bucket(result);
    }
}
