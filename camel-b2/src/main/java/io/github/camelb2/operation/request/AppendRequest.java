// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.util.Objects;

import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.transfer.local.UploadSource;

/**
 * The request of {@code appendFile}.
 *
 * @param bucketId the bucket
 * @param file what a file is stored with that is not there yet
 * @param content what is appended
 * @param attributes what a file that is there keeps
 */
public record AppendRequest(String bucketId, UploadFile file, UploadSource content, KeptAttributes attributes) {
    public AppendRequest {
        Objects.requireNonNull(bucketId, "bucketId");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(attributes, "attributes");
    }
}
