// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.body;

import java.lang.ref.WeakReference;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The right of one exchange to read a body. Guarded by its hold. */
final class Ticket {
    private final BodyHold hold;
    private boolean isWaiting;
    private final CopyKind kind;
    /** Reading the body does not end it: the text that is read goes on. */
    private volatile boolean isAggregated;
    /** What it is a part of exists in this memory alone. */
    private volatile boolean isInMemory;
    /** What an exchange has this ticket in; gone together with that exchange. */
    private volatile @Nullable WeakReference<CopyTickets> carrier;

    private volatile WeakReference<@Nullable Exchange> exchange;

    private Ticket(BodyHold hold, boolean isWaiting, CopyKind kind, @Nullable Exchange exchange) {
        this.hold = hold;
        this.kind = kind;
        this.isWaiting = isWaiting;
        this.exchange = new WeakReference<>(exchange);
    }

    /** One of an exchange that is under way. */
    static Ticket begun(BodyHold hold, Exchange exchange) {
        return new Ticket(hold, false, CopyKind.CONTINUATION, exchange);
    }

    /** One of a copy that nobody has begun to route. */
    static Ticket waiting(BodyHold hold, CopyKind kind) {
        return new Ticket(hold, true, kind, null);
    }

    BodyHold hold() {
        return hold;
    }

    /** One for a copy of its exchange; null where it is over. */
    @Nullable
    Ticket copied(CopyKind ofCopy) {
        return hold.copied(ofCopy);
    }

    /** Its exchange becomes part of another one, which goes on with whatever is read of the body. */
    void aggregated(boolean inMemory) {
        isAggregated = true;
        isInMemory = inMemory;
    }

    /** Whether what its exchange became part of is lost once nobody has it any more. */
    boolean isLostWhenGone() {
        return isAggregated && isInMemory;
    }

    /** Whether its exchange is done when it has read the body. */
    boolean endsWithReading() {
        return isWaiting && !isAggregated && kind != CopyKind.TAP;
    }

    CopyKind kind() {
        return kind;
    }

    /** From now on the exchange of these tickets has it. */
    void isIn(CopyTickets tickets) {
        carrier = new WeakReference<>(tickets);
    }

    /** Whether no exchange has it any more. */
    boolean isGone() {
        WeakReference<CopyTickets> known = carrier;
        return known != null && known.get() == null;
    }

    boolean isWaiting() {
        return isWaiting;
    }

    /** Whether it was waiting until now. */
    boolean begin(Exchange under) {
        exchange = new WeakReference<>(under);
        return leave();
    }

    /** Whether it was waiting until now. */
    boolean leave() {
        boolean was = isWaiting;
        isWaiting = false;
        return was;
    }
}
