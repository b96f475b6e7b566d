// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

/**
 * How many actions of one kind were done, and how many bytes they moved.
 *
 * @param actions done without failure
 * @param bytes   0 for hides and deletes
 */
public record Totals(long actions, long bytes) {
    /** None. */
    public static final Totals ZERO = new Totals(0, 0);

    Totals plus(long moreBytes) {
        return new Totals(actions + 1, bytes + moreBytes);
    }
}
