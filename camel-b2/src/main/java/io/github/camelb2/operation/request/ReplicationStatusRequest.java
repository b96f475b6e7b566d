// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The request of {@code getReplicationStatus}.
 *
 * @param bucketId the bucket whose files are replicated
 * @param prefix only names that begin with it; null for all
 */
public record ReplicationStatusRequest(
        String bucketId, @Nullable String prefix) {
    public ReplicationStatusRequest {
        Objects.requireNonNull(bucketId, "bucketId");
    }
}
