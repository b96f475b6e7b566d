package io.github.camelb2.operation;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.model.Bucket;

/** Describes a bucket. */
final class GetBucketOperation implements Operation<ListBuckets, Bucket> {
    @Override
    public Class<ListBuckets> requestType() {
        return ListBuckets.class;
    }

    @Override
    public ListBuckets bind(Params params, OperationScope scope) {
        return ListBuckets.of().withBucketName(params.bucketName());
    }

    @Override
    public Bucket run(ListBuckets request, OperationScope scope) {
        return scope.call(request).buckets().stream().findFirst().orElseThrow(() -> absent(request));
    }

    @Override
    public void reply(Bucket result, Reply reply) {
        reply.bucket(result);
    }

    private static B2NotFoundException absent(ListBuckets request) {
        String bucket = request.bucketName() == null ? "id " + request.bucketId() : request.bucketName();
        return new B2NotFoundException(ErrorDetails.local(request.name(), "bucket " + bucket, "there is no such bucket")
                .withAdvice("check its name and which buckets the key may see, or create it with createBucket"));
    }
}
