// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The request of {@code cleanUp}.
 *
 * @param bucketId the bucket
 * @param prefix only names that begin with it; null for all
 * @param olderThan how long ago a version must have been replaced, at least; more than zero
 * @param dryRun whether only to say what would be removed
 * @param bypassGovernance whether governance retention may be ignored, null for not
 */
public record CleanUpRequest(
        String bucketId,
        @Nullable String prefix,
        Duration olderThan,
        boolean dryRun,
        @Nullable Boolean bypassGovernance) {
    public CleanUpRequest {
        Objects.requireNonNull(bucketId, "bucketId");
        Objects.requireNonNull(
                olderThan, "cleanUp needs olderThan: set how long ago a version must have been replaced");
        if (olderThan.isZero() || olderThan.isNegative()) {
            throw new IllegalArgumentException("cleanUp: olderThan = " + olderThan + ": write more than 0, as 30d");
        }
    }
}
