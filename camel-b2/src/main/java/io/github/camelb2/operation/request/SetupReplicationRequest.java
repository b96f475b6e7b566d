// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The request of {@code setupReplication}.
 *
 * @param bucketName the bucket whose files are replicated
 * @param destinationBucketName where to
 * @param prefix only names that begin with it; empty for all
 * @param ruleName the name of the rule; null for one made of the destination's name
 * @param includeExistingFiles whether files that are there already are replicated, too
 * @param destinationComponent the component whose account the destination is in; null for that of the endpoint
 */
public record SetupReplicationRequest(
        String bucketName,
        String destinationBucketName,
        String prefix,
        @Nullable String ruleName,
        boolean includeExistingFiles,
        @Nullable String destinationComponent) {
    public SetupReplicationRequest {
        Objects.requireNonNull(bucketName, "bucketName");
        Objects.requireNonNull(destinationBucketName, "destinationBucketName");
        prefix = prefix == null ? "" : prefix;
        if (bucketName.equals(destinationBucketName)) {
            throw new IllegalArgumentException("setupReplication: " + bucketName
                    + " cannot be replicated to itself; write another bucket in CamelB2DestinationBucketName");
        }
    }
}
