// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.transfer.local.UploadSource;

/**
 * What {@code uploadFile} does: the request that {@code pojoRequest=true} takes as the body.
 *
 * @param file what is stored beside the content
 * @param content the content, see {@link io.github.camelb2.client.transfer.local.UploadSources}
 * @param contentMd5 the MD5 that B2 must find for a file in one piece, as 32 hex digits; null not to check
 * @param deleteAfterwards a local file to delete once B2 has confirmed; null for none
 */
public record UploadRequest(
        UploadFile file,
        UploadSource content,
        @Nullable String contentMd5,
        @Nullable Path deleteAfterwards) {
    public UploadRequest {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(content, "content");
    }

    /** Stores that content as that file. */
    public static UploadRequest of(UploadFile file, UploadSource content) {
        return new UploadRequest(file, content, null, null);
    }

    /** Refuses what B2 has stored if it has another MD5. */
    public UploadRequest withContentMd5(@Nullable String md5) {
        return new UploadRequest(file, content, md5, deleteAfterwards);
    }

    /** Deletes a local file once B2 has confirmed. */
    public UploadRequest withDeleteAfterwards(@Nullable Path localFile) {
        return new UploadRequest(file, content, contentMd5, localFile);
    }
}
