// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.call.BucketCalls.UpdateBucket;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.bucket.CorsRule;
import io.github.camelb2.client.model.bucket.LifecycleRule;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.step.OperationScope;

/** Reads from headers what buckets are made of. */
final class BucketRequests {
    private BucketRequests() {}

    /** A new bucket. */
    static CreateBucket creation(Params params) {
        CreateBucket request = CreateBucket.of(params.bucketName(), new BucketType(params.require(Inputs.BUCKET_TYPE)));
        request = params.findTextMap(Inputs.BUCKET_INFO)
                .map(request::withBucketInfo)
                .orElse(request);
        request = params.findList(Inputs.CORS_RULES, CorsRule.class)
                .map(request::withCorsRules)
                .orElse(request);
        request = params.findList(Inputs.LIFECYCLE_RULES, LifecycleRule.class)
                .map(request::withLifecycleRules)
                .orElse(request);
        request = params.find(Inputs.FILE_LOCK_ENABLED)
                .map(request::withFileLockEnabled)
                .orElse(request);
        request = params.findValue(Inputs.DEFAULT_ENCRYPTION)
                .map(request::withDefaultServerSideEncryption)
                .orElse(request);
        if (params.findValue(Inputs.DEFAULT_RETENTION).isPresent()) {
            throw params.wrong(
                    Inputs.DEFAULT_RETENTION, "", "B2 takes it only for a bucket that there is: use updateBucket next");
        }
        return params.findValue(Inputs.REPLICATION)
                .map(request::withReplicationConfiguration)
                .orElse(request);
    }

    /** What the message says of a bucket; the rest of it stays as it is. */
    static UpdateBucket change(Params params) {
        UpdateBucket nothing = UpdateBucket.of(params.bucketId());
        UpdateBucket request = protection(params, nothing);
        request = params.find(Inputs.NEW_BUCKET_TYPE)
                .map(BucketType::new)
                .map(request::withBucketType)
                .orElse(request);
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
                            + B2Constants.CORS_RULES + ", " + B2Constants.LIFECYCLE_RULES + ", "
                            + B2Constants.FILE_LOCK_ENABLED + ", " + B2Constants.DEFAULT_RETENTION + ", "
                            + B2Constants.DEFAULT_SERVER_SIDE_ENCRYPTION + " and "
                            + B2Constants.REPLICATION_CONFIGURATION);
        }
        return params.find(Inputs.BUCKET_REVISION)
                .map(request::withIfRevisionIs)
                .orElse(request);
    }

    private static UpdateBucket protection(Params params, UpdateBucket nothing) {
        UpdateBucket request = params.find(Inputs.FILE_LOCK_ENABLED)
                .map(nothing::withFileLockEnabled)
                .orElse(nothing);
        request = params.findValue(Inputs.DEFAULT_RETENTION)
                .map(request::withDefaultRetention)
                .orElse(request);
        request = params.findValue(Inputs.DEFAULT_ENCRYPTION)
                .map(request::withDefaultServerSideEncryption)
                .orElse(request);
        return params.findValue(Inputs.REPLICATION)
                .map(request::withReplicationConfiguration)
                .orElse(request);
    }

    /**
     * The one bucket that the listing is about.
     *
     * @throws B2NotFoundException if there is none
     */
    static Bucket only(ListBuckets request, OperationScope scope) {
        return scope.call(request).buckets().stream().findFirst().orElseThrow(() -> absent(request));
    }

    private static B2NotFoundException absent(ListBuckets request) {
        String bucket = request.bucketName() == null ? "id " + request.bucketId() : request.bucketName();
        return new B2NotFoundException(ErrorDetails.local(request.name(), "bucket " + bucket, "there is no such bucket")
                .withAdvice("check its name and which buckets the key may see, or create it with createBucket"));
    }
}
