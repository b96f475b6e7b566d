// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The request of {@code cancelUnfinishedLargeFiles}.
 *
 * @param bucketId their bucket
 * @param prefix only names that start with it, null for all
 * @param olderThan only those that were started longer ago, zero for all, also those under way
 * @param dryRun whether only to say what would be cancelled
 */
public record CancelUnfinishedRequest(
        String bucketId, @Nullable String prefix, Duration olderThan, boolean dryRun) {
    public CancelUnfinishedRequest {
        Objects.requireNonNull(bucketId, "bucketId");
        if (olderThan.isNegative()) {
            throw new IllegalArgumentException("olderThan is " + olderThan + ": it must not be negative");
        }
    }

    /** All that were started longer ago. */
    public static CancelUnfinishedRequest of(String bucketId, Duration olderThan) {
        return new CancelUnfinishedRequest(bucketId, null, olderThan, false);
    }
}
