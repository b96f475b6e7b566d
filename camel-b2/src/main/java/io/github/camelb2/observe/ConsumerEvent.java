// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.observe;

import java.time.Duration;

/**
 * What a consumer of {@code b2:} did.
 *
 * @param kind what
 * @param routeId of the route that it feeds; empty for one that is polled by hand
 * @param bucket that it reads
 * @param versions how many file versions it is about
 * @param lag from the upload to the delivery, by the service's clock, for {@link Kind#DELIVERED}; zero for other kinds
 */
public record ConsumerEvent(Kind kind, String routeId, String bucket, long versions, Duration lag) {
    /** What happens to versions, in this order. */
    public enum Kind {
        /** A sweep through the bucket has come to its end, and passed so many. */
        SEEN,
        /** They are new, and nobody else gets them. */
        CLAIMED,
        /** One goes into the route. */
        DELIVERED,
        /** Its exchange ended well. */
        SUCCEEDED,
        /** Its exchange failed, or it could not be fetched; it may be delivered again. */
        FAILED
    }
}
