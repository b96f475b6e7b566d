// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.cost.CostModel;

/**
 * What a run may still read: every byte that is asked for counts, also of a second reading and of a repair. Thread-safe; its
 * monitor guards its counts.
 */
final class ScrubBudget {
    private final long most;
    private final Optional<BigDecimal> money;
    private final CostModel prices;
    private final Supplier<Bill> bill;
    private long bytes;
    private long reads;
    private boolean isOver;

    /** @param bill what was billed so far, of which the listing counts */
    ScrubBudget(ScrubSettings settings, CostModel prices, Supplier<Bill> bill) {
        this.most = settings.bytes();
        this.money = settings.money();
        this.prices = prices;
        this.bill = bill;
    }

    /** Takes so many readings of a version; false if they would go beyond, or the time is over, and nothing is taken. */
    synchronized boolean take(int times, long size) {
        long more = Math.multiplyExact(times, size);
        if (isOver || more > most - bytes) {
            return false;
        }
        Bill planned = new Bill(0, reads + times, bill.get().classC() + 1, bytes + more);
        if (money.isPresent() && prices.of(planned).amount().compareTo(money.get()) > 0) {
            return false;
        }
        bytes += more;
        reads += times;
        return true;
    }

    /** Nothing more is read. */
    synchronized void end() {
        isOver = true;
    }
}
