// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The request of {@code updateFileInfo}.
 *
 * @param bucketId the bucket
 * @param fileName the file
 * @param fileId the version that must be the current one; null for whichever it is
 * @param attributes what is changed, and what is kept
 */
public record UpdateFileInfoRequest(
        String bucketId, String fileName, @Nullable String fileId, KeptAttributes attributes) {
    public UpdateFileInfoRequest {
        Objects.requireNonNull(bucketId, "bucketId");
        Objects.requireNonNull(fileName, "fileName");
        Objects.requireNonNull(attributes, "attributes");
    }
}
