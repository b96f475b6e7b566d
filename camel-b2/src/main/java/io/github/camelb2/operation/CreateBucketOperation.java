package io.github.camelb2.operation;

import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.model.Bucket;
import io.github.camelb2.client.model.BucketType;
import io.github.camelb2.client.model.CorsRule;
import io.github.camelb2.client.model.LifecycleRule;

/** Creates a bucket. */
final class CreateBucketOperation implements CallOperation<CreateBucket, Bucket> {
    @Override
    public Class<CreateBucket> requestType() {
        return CreateBucket.class;
    }

    @Override
    public CreateBucket bind(Params params, OperationScope scope) {
        CreateBucket request = CreateBucket.of(params.bucketName(), new BucketType(params.require(Inputs.BUCKET_TYPE)));
        request = params.findTextMap(Inputs.BUCKET_INFO)
                .map(request::withBucketInfo)
                .orElse(request);
        request = params.findList(Inputs.CORS_RULES, CorsRule.class)
                .map(request::withCorsRules)
                .orElse(request);
        return params.findList(Inputs.LIFECYCLE_RULES, LifecycleRule.class)
                .map(request::withLifecycleRules)
                .orElse(request);
    }

    @Override
    public void reply(Bucket result, Reply reply) {
        reply.bucket(result);
    }
}
