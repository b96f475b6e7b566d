package io.github.camelb2.operation;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.call.BucketCalls.UpdateBucket;
import io.github.camelb2.client.model.Bucket;
import io.github.camelb2.client.model.BucketType;
import io.github.camelb2.client.model.CorsRule;
import io.github.camelb2.client.model.LifecycleRule;

/** Changes what the message says of a bucket, and leaves the rest of it as it is. */
final class UpdateBucketOperation implements CallOperation<UpdateBucket, Bucket> {
    @Override
    public Class<UpdateBucket> requestType() {
        return UpdateBucket.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID_OF_EXISTING;
    }

    @Override
    public UpdateBucket bind(Params params, OperationScope scope) {
        UpdateBucket nothing = UpdateBucket.of(params.bucketId());
        // The option of the endpoint is for buckets that are made: it must not make a public bucket private.
        UpdateBucket request = params.find(Inputs.NEW_BUCKET_TYPE)
                .map(type -> nothing.withBucketType(new BucketType(type)))
                .orElse(nothing);
        request = params.findTextMap(Inputs.BUCKET_INFO)
                .map(request::withBucketInfo)
                .orElse(request);
        request = params.findList(Inputs.CORS_RULES, CorsRule.class)
                .map(request::withCorsRules)
                .orElse(request);
        request = params.findList(Inputs.LIFECYCLE_RULES, LifecycleRule.class)
                .map(request::withLifecycleRules)
                .orElse(request);
        if (request.equals(nothing)) {
            throw params.missing(
                    "a change",
                    "one of the headers " + B2Constants.BUCKET_TYPE + ", " + B2Constants.BUCKET_INFO + ", "
                            + B2Constants.CORS_RULES + " and " + B2Constants.LIFECYCLE_RULES
                            + ", or pojoRequest=true for the rest");
        }
        return params.find(Inputs.BUCKET_REVISION)
                .map(request::withIfRevisionIs)
                .orElse(request);
    }

    @Override
    public void reply(Bucket result, Reply reply) {
        reply.bucket(result);
    }
}
