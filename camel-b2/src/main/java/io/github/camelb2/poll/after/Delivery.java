// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.after;

import java.util.concurrent.Future;

import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.body.BodyHold;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.poll.claim.Claim;

/**
 * The end of one exchange, for the version that it began with: what the route did to the message does not matter.
 *
 * <p>Where something would happen to the version, it waits until nobody can read its body any more. It may run on any
 * thread, and after the consumer was stopped.
 */
public final class Delivery extends SynchronizationAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private enum Outcome {
        SUCCEEDED,
        FAILED,
        VANISHED
    }

    private final Claim claim;
    private final AfterExchange afterExchange;
    private final ClientUsers users;
    private final Waiting waiting;
    private final @Nullable WorkFile file;
    private final @Nullable BodyHold hold;

    private volatile Outcome outcome = Outcome.FAILED;
    private volatile @Nullable Exchange exchange;
    private volatile String route = "";
    private volatile boolean isOver;
    private volatile @Nullable Future<?> timeout;

    /**
     * One that begins with {@link #begin}.
     *
     * @param file the local file that is the body; null if there is none
     * @param isPolled whether Camel gives the exchange to somebody who asked for it
     */
    public Delivery(
            Claim claim,
            AfterExchange afterExchange,
            ClientUsers users,
            Waiting waiting,
            @Nullable WorkFile file,
            boolean isPolled) {
        this.claim = claim;
        this.afterExchange = afterExchange;
        this.users = users;
        this.waiting = waiting;
        this.file = file;
        boolean mayWait = file != null || afterExchange.actsOnSuccess() || afterExchange.actsOnFailure();
        this.hold = mayWait && claim.version().hasContent() ? new BodyHold(isPolled, file != null, this::over) : null;
    }

    /** What the body is held by; null if nothing will happen to the version. */
    public @Nullable BodyHold hold() {
        return hold;
    }

    /** Begins with the exchange, whose message is complete. */
    public void begin(Exchange began) {
        users.enter();
        // Camel calls those first that were added last.
        began.getExchangeExtension().addOnCompletion(this);
        if (hold != null) {
            hold.begin(began);
        }
    }

    /** Behind what a route does on completion, which may read the body. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    @Override
    public void beforeHandover(Exchange target) {
        if (hold != null) {
            hold.movedTo(target);
        }
    }

    @Override
    public void onComplete(Exchange done) {
        ended(isRolledBack(done) ? Outcome.FAILED : Outcome.SUCCEEDED, done);
    }

    /** Camel completes an exchange that was only marked, while its transaction was rolled back. */
    private static boolean isRolledBack(Exchange exchange) {
        return exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
    }

    @Override
    public void onFailure(Exchange done) {
        B2NotFoundException gone = done.getException(B2NotFoundException.class);
        if (gone != null && gone.subject().contains(claim.version().fileId())) {
            LOG.debug("{} was removed after it was listed and before it was read", claim);
            ended(Outcome.VANISHED, done);
        } else {
            ended(Outcome.FAILED, done);
        }
    }

    private void ended(Outcome end, Exchange done) {
        outcome = end;
        exchange = done;
        route = String.valueOf(done.getFromRouteId());
        if (hold == null) {
            finish(BodyHold.End.DONE, null);
            return;
        }
        if (!waitsAfter(end)) {
            hold.timeOut();
            return;
        }
        if (end == Outcome.FAILED) {
            hold.forgetHandedOut();
        }
        if (!hold.mainEnded()) {
            await(hold);
        }
    }

    private boolean waitsAfter(Outcome end) {
        if (end == Outcome.VANISHED) {
            return false;
        }
        return file != null
                || (end == Outcome.SUCCEEDED ? afterExchange.actsOnSuccess() : afterExchange.actsOnFailure());
    }

    private void await(BodyHold held) {
        timeout = waiting.begin(held);
        exchange = null;
        if (isOver) {
            endWait(held);
        }
    }

    private void endWait(BodyHold held) {
        waiting.ended(held);
        Future<?> running = timeout;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void over(BodyHold.End end, @Nullable String failedRoute) {
        isOver = true;
        if (hold != null) {
            endWait(hold);
        }
        finish(end, failedRoute);
    }

    private void finish(BodyHold.End end, @Nullable String failedRoute) {
        try {
            if (outcome == Outcome.VANISHED) {
                afterExchange.gone(claim, exchange);
            } else if (outcome == Outcome.FAILED && !waitsAfter(outcome)) {
                afterExchange.failed(claim, exchange);
            } else if (outcome == Outcome.SUCCEEDED && !waitsAfter(outcome)) {
                afterExchange.succeeded(claim, exchange);
            } else if (end != BodyHold.End.DONE) {
                warn(end, failedRoute);
                afterExchange.leave(claim, exchange);
            } else if (outcome == Outcome.SUCCEEDED) {
                afterExchange.succeeded(claim, exchange);
            } else {
                afterExchange.failed(claim, exchange);
            }
        } finally {
            end(end);
            users.leave();
        }
    }

    private void end(BodyHold.End end) {
        if (file == null) {
            return;
        }
        if (end == BodyHold.End.DONE && hold != null && !hold.isWithCaller()) {
            file.delete();
        } else {
            file.leave();
        }
    }

    private void warn(BodyHold.End end, @Nullable String failedRoute) {
        if (end == BodyHold.End.FAILED && failedRoute == null) {
            LOG.warn(
                    "{} of route {} stays as it is and will be delivered again: an aggregation that its body went into was"
                            + " taken down before it was complete",
                    claim,
                    route);
        } else if (end == BodyHold.End.FAILED) {
            LOG.warn(
                    "{} of route {} stays as it is and will be delivered again: an exchange that carries its body failed"
                            + " in route {}",
                    claim,
                    route,
                    failedRoute);
        } else {
            LOG.warn(
                    "{} of route {} stays as it is and will be delivered again: its body left the exchange and can still"
                            + " be read, after {} or at the end of the consumer. Read or close it earlier, or set"
                            + " bodyHoldTimeout to longer than that takes",
                    claim,
                    route,
                    waiting.atMost());
        }
    }

    @Override
    public String toString() {
        return "Delivery[" + claim + "]";
    }
}
