// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.header.FileVersionHeaders;
import io.github.camelb2.operation.step.Reply;

/**
 * A version that an operation made, and the name of its bucket.
 *
 * @param version null where nothing was stored, because there was a file of that name
 */
record Stored(String bucketName, String fileName, @Nullable FileVersion version) {
    static Stored of(@Nullable String bucketName, FileVersion version) {
        return new Stored(bucketName == null ? "" : bucketName, version.fileName(), version);
    }

    static Stored ignored(@Nullable String bucketName, String fileName) {
        return new Stored(bucketName == null ? "" : bucketName, fileName, null);
    }

    /** Says it in headers; answers whether there is a version. */
    boolean describe(Reply reply) {
        if (version == null) {
            FileVersionHeaders.writeIgnored(reply.message(), bucketName, fileName);
            return false;
        }
        reply.stored(bucketName, version);
        return true;
    }
}
