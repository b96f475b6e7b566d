// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import org.apache.camel.Message;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.key.ApplicationKey;

/** Describes a bucket, or an application key without its secret, in headers that no operation reads. */
public final class BucketHeaders {
    private BucketHeaders() {}

    /** Describes a bucket that was looked at. */
    public static void writeFound(Message message, Bucket bucket) {
        message.setHeader(B2Constants.FOUND_BUCKET_NAME, bucket.bucketName());
        message.setHeader(B2Constants.FOUND_BUCKET_ID, bucket.bucketId());
        message.setHeader(B2Constants.FOUND_BUCKET_TYPE, bucket.bucketType().name());
        message.setHeader(B2Constants.FOUND_BUCKET_INFO, bucket.bucketInfo());
        message.setHeader(B2Constants.FOUND_CORS_RULES, bucket.corsRules());
        message.setHeader(B2Constants.FOUND_LIFECYCLE_RULES, bucket.lifecycleRules());
        message.setHeader(B2Constants.FOUND_BUCKET_REVISION, bucket.revision());
    }

    /** Describes a bucket that was made, changed or deleted. */
    public static void writeProduced(Message message, Bucket bucket) {
        message.setHeader(B2Constants.PRODUCED_BUCKET_NAME, bucket.bucketName());
        message.setHeader(B2Constants.PRODUCED_BUCKET_ID, bucket.bucketId());
        message.setHeader(B2Constants.PRODUCED_BUCKET_TYPE, bucket.bucketType().name());
        message.setHeader(B2Constants.PRODUCED_BUCKET_REVISION, bucket.revision());
    }

    /** Describes a key that was looked at. */
    public static void writeFound(Message message, ApplicationKey key) {
        message.setHeader(B2Constants.FOUND_KEY_ID, key.applicationKeyId());
        message.setHeader(B2Constants.FOUND_KEY_NAME, key.keyName());
        message.setHeader(
                B2Constants.FOUND_KEY_CAPABILITIES,
                key.capabilities().stream().map(Capability::name).toList());
    }

    /** Describes a key that was made or deleted. */
    public static void writeProduced(Message message, ApplicationKey key) {
        message.setHeader(B2Constants.PRODUCED_KEY_ID, key.applicationKeyId());
        message.setHeader(B2Constants.PRODUCED_KEY_NAME, key.keyName());
        message.setHeader(
                B2Constants.PRODUCED_KEY_CAPABILITIES,
                key.capabilities().stream().map(Capability::name).toList());
    }
}
