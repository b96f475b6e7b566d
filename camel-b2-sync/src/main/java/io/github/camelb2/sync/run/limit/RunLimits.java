// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

/**
 * What a run may use at most.
 *
 * @param transactionsC transactions of class C; {@link #UNLIMITED} for any number
 * @param downloadBytes bytes of files that leave B2; {@link #UNLIMITED} for any number
 * @param transferBytes bytes of files that are transferred in any way; {@link #UNLIMITED} for any number
 */
public record RunLimits(long transactionsC, long downloadBytes, long transferBytes) {
    /** As many as it takes. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** No limits. */
    public static final RunLimits NONE = new RunLimits(UNLIMITED, UNLIMITED, UNLIMITED);

    /** Whether transactions of class C are limited. */
    public boolean limitsTransactions() {
        return transactionsC != UNLIMITED;
    }
}
