// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.api.RequestGate;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.cost.CostModel;

/**
 * What a run may still use: each page of the listing, and every byte and call that is asked for, also of a second reading and
 * of a repair. Thread-safe; its monitor guards its counts.
 */
final class ScrubBudget {
    /** What becomes of something that is asked for. */
    enum Answer {
        TAKEN,
        /** There is no room left in this run. */
        LATER,
        /** A run that does nothing else has no room for it. */
        NEVER
    }

    private final long most;
    private final Optional<BigDecimal> money;
    private final CostModel prices;
    private Supplier<Bill> billed = () -> Bill.NOTHING;
    private long bytes;
    private long reads;
    private long calls;
    /** Of those, of the listing. */
    private long pages;

    private long sentReads;
    private long sentPages;
    private boolean isOver;
    /** Something waits for its turn because the money is used up: more names would be listed for nothing. */
    private boolean hasNoMoneyLeft;

    ScrubBudget(ScrubSettings settings, CostModel prices) {
        this.most = settings.bytes();
        this.money = settings.money();
        this.prices = prices;
    }

    /** @param bill what was billed so far */
    synchronized void hear(Supplier<Bill> bill) {
        billed = bill;
    }

    /** Each try of a download is one more where it is tried again, and has to be taken. */
    RequestGate ofDownloads() {
        return gate(TransactionClass.B);
    }

    /** The same of the listing. */
    RequestGate ofListing() {
        return gate(TransactionClass.C);
    }

    private RequestGate gate(TransactionClass which) {
        return money.isEmpty()
                ? RequestGate.OPEN
                : new RequestGate() {
                    @Override
                    public void beforeRequest(String call, TransactionClass transactionClass) {
                        if (transactionClass == which && !takeTry(which)) {
                            throw new B2CapExceededException(ErrorDetails.local(
                                    call, "", "it was not sent: scrubCost leaves no room for another try"));
                        }
                    }
                };
    }

    private synchronized boolean takeTry(TransactionClass which) {
        if (which == TransactionClass.B) {
            if (sentReads >= reads) {
                if (!isAffordable(1, 0, 0)) {
                    return refuse();
                }
                reads++;
            }
            sentReads++;
        } else {
            if (sentPages >= pages) {
                if (!isAffordable(0, 1, 0)) {
                    return refuse();
                }
                pages++;
                calls++;
            }
            sentPages++;
        }
        return true;
    }

    private boolean refuse() {
        hasNoMoneyLeft = true;
        return false;
    }

    /** Whether something was not done for want of money. */
    synchronized boolean hasNoMoneyLeft() {
        return hasNoMoneyLeft;
    }

    /** Whether money has a say. */
    boolean limitsMoney() {
        return money.isPresent();
    }

    /** Takes so many readings of a version, with so many calls of class C; nothing where it is not taken. */
    synchronized Answer take(int times, long size, int callsC) {
        long more = Math.multiplyExact(times, size);
        if (isOver) {
            return Answer.LATER;
        }
        if (more > most - bytes) {
            return more > most ? Answer.NEVER : Answer.LATER;
        }
        if (!isAffordable(times, callsC, more)) {
            hasNoMoneyLeft |= reads > 0;
            return reads > 0 ? Answer.LATER : Answer.NEVER;
        }
        bytes += more;
        reads += times;
        calls += callsC;
        return Answer.TAKEN;
    }

    /** Takes one page of the listing, a call of class C. */
    synchronized boolean takePage() {
        if (isOver || hasNoMoneyLeft || !isAffordable(0, 1, 0)) {
            return false;
        }
        calls++;
        pages++;
        return true;
    }

    private boolean isAffordable(int moreReads, int moreCalls, long moreBytes) {
        if (money.isEmpty()) {
            return true;
        }
        Bill known = billed.get();
        Bill planned = new Bill(
                0,
                Math.max(reads, known.classB()) + moreReads,
                Math.max(calls, known.classC()) + moreCalls,
                Math.max(bytes, known.downloadedBytes()) + moreBytes);
        return prices.of(planned).amount().compareTo(money.get()) <= 0;
    }

    /** Nothing more is read or listed. */
    synchronized void end() {
        isOver = true;
    }
}
