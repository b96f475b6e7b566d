// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.plan;

import io.github.camelb2.client.api.AccountInfo;

/**
 * What the service allows for the parts of a large file; lengths are in bytes.
 *
 * @param recommended the part length that the service recommends for this account
 * @param minimum the fewest bytes of any part but the last
 * @param maximum the most bytes of one part, and of a file that is sent or copied in one call
 * @param maximumCount the most parts of one file
 * @param maximumFile the most bytes of one file
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-large-files">Backblaze: large files</a>
 */
public record PartLimits(long recommended, long minimum, long maximum, int maximumCount, long maximumFile) {
    private static final long MAXIMUM_PART = 5_000_000_000L;
    private static final int MAXIMUM_PART_COUNT = 10_000;
    private static final long MAXIMUM_FILE = 10_000_000_000_000L;

    public PartLimits {
        if (minimum < 1 || recommended < minimum || maximum < recommended || maximumCount < 2) {
            throw new IllegalArgumentException("part limits do not fit each other: recommended " + recommended
                    + ", minimum " + minimum + ", maximum " + maximum + ", at most " + maximumCount + " parts");
        }
    }

    /** The limits of B2 for that account; a service that recommends less than its own minimum means the minimum. */
    public static PartLimits of(AccountInfo account) {
        long minimum = Math.max(1, account.absoluteMinimumPartSize());
        long recommended = Math.max(minimum, account.recommendedPartSize());
        return new PartLimits(
                recommended, minimum, Math.max(MAXIMUM_PART, recommended), MAXIMUM_PART_COUNT, MAXIMUM_FILE);
    }

    /** These limits with another part length to aim at. */
    public PartLimits withRecommended(long length) {
        return new PartLimits(length, minimum, maximum, maximumCount, maximumFile);
    }
}
