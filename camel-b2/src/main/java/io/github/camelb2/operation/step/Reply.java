// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.step;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.operation.header.BucketHeaders;
import io.github.camelb2.operation.header.FileVersionHeaders;
import io.github.camelb2.operation.header.Params;

/** The message that an operation answers with: the one that it was given. */
public record Reply(Exchange exchange, Params params) {
    public Message message() {
        return exchange.getMessage();
    }

    /** Replaces the body. */
    public void body(@Nullable Object value) {
        message().setBody(value);
    }

    /** Sets a header, which is no order. */
    public void header(String name, Object value) {
        message().setHeader(name, value);
    }

    /** A bucket that was looked at becomes the body, and is described in headers. */
    public void found(Bucket bucket) {
        BucketHeaders.writeFound(message(), bucket);
        body(bucket);
    }

    /** A bucket that was made, changed or deleted becomes the body, and is described in headers. */
    public void produced(Bucket bucket) {
        BucketHeaders.writeProduced(message(), bucket);
        body(bucket);
    }

    /** A key that was looked at becomes the body, and is described in headers, its secret aside. */
    public void found(ApplicationKey key) {
        BucketHeaders.writeFound(message(), key);
        body(key);
    }

    /** A key that was made or deleted becomes the body, and is described in headers, its secret aside. */
    public void produced(ApplicationKey key) {
        BucketHeaders.writeProduced(message(), key);
        body(key);
    }

    /** A version that was found becomes the body, and is described in headers. */
    public void found(FileVersion version) {
        FileVersionHeaders.writeFound(message(), params.bucketOfFound(version), version);
        body(version);
    }

    /** A version that was made becomes the body, and is described in headers. */
    public void produced(String bucketName, FileVersion version) {
        stored(bucketName, version);
        body(version);
    }

    /** A version that was made is described in headers, and the consumers that the message came from hear of it. */
    public void stored(String bucketName, FileVersion version) {
        SourceConsumers.stored(exchange, bucketName, version);
        FileVersionHeaders.writeProduced(message(), bucketName, version);
    }

    /** A version that was deleted becomes the body, and is named in headers. */
    public void deleted(FileId version) {
        FileVersionHeaders.writeDeleted(message(), params.bucketNameOrEmpty(), version.fileName(), version.fileId());
        body(version);
    }
}
