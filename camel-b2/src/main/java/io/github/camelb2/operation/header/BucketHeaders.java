package io.github.camelb2.operation.header;

import org.apache.camel.Message;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.model.Bucket;

/** Describes a bucket in the headers of a message. */
public final class BucketHeaders {
    private BucketHeaders() {}

    /** Sets the headers of that bucket; its revision makes a following updateBucket refuse changes made meanwhile. */
    public static void write(Message message, Bucket bucket) {
        message.setHeader(B2Constants.BUCKET_NAME, bucket.bucketName());
        message.setHeader(B2Constants.BUCKET_ID, bucket.bucketId());
        message.setHeader(B2Constants.BUCKET_TYPE, bucket.bucketType().name());
        message.setHeader(B2Constants.BUCKET_INFO, bucket.bucketInfo());
        message.setHeader(B2Constants.CORS_RULES, bucket.corsRules());
        message.setHeader(B2Constants.LIFECYCLE_RULES, bucket.lifecycleRules());
        message.setHeader(B2Constants.BUCKET_REVISION, bucket.revision());
    }
}
