// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.body;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Ordered;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Counts who can still read one body, and tells its owner once that nobody can any more.
 *
 * <p>Readers are the main exchange, which is the one that the body was made for or that its completions were handed over
 * to; copies of exchanges that are independent of theirs, from the moment when they are made; and exchanges that begin
 * with the body somewhere in theirs. A body that the code of a route was given, and may have put anywhere (a list in a
 * bean), is one too until it was read to its end or closed, or the garbage collector has shown that nobody has it. The
 * collector also shows which copies nobody will ever begin. Thread-safe.
 */
public final class BodyHold {
    /** Of more the main exchange cannot have caught each. */
    private static final int MOST_FAILURES = 16;

    /** How many are not over; where there are none, nobody looks for them. */
    private static final AtomicInteger LIVE = new AtomicInteger();

    /** How it ended. */
    public enum End {
        /** All readers have come to their end. */
        DONE,
        /** An exchange with the body in it failed; others may still be reading. */
        FAILED,
        /** Somebody could still read it when the time was over. */
        TIMED_OUT
    }

    /** Whom it is told. */
    @FunctionalInterface
    public interface Owner {
        /**
         * Called once, on the thread of whoever ended it.
         *
         * @param route the route that failed, where one did; null where it is not known
         */
        void over(End end, @Nullable String route);
    }

    private final Owner owner;
    /** Somebody has asked for the exchange, and it belongs to no route. */
    private boolean isWithCaller;

    /** The caller has a copy of its own, which nobody takes away. */
    private final boolean isKept;

    private @Nullable Exchange main;
    private boolean mainHasEnded;
    /** Copies of exchanges that nobody has begun to route. */
    private int waiting;
    /** Exchanges under way. */
    private int carrying;
    /** Of those who wait, so many began without showing which copy they had. */
    private int anonymous;
    /** All objects that the content can be read from. */
    private final List<WeakReference<HeldBody>> bodies = new ArrayList<>();
    /** Those that somebody may have kept, and has not read or closed. */
    private final List<WeakReference<HeldBody>> handedOut = new ArrayList<>();

    private final Set<Ticket> copies = new HashSet<>();

    /** What others failed with before the main exchange ended, which may have caught that. */
    private final List<Failure> failures = new ArrayList<>();

    private boolean isRead;
    private boolean isOver;
    private @Nullable String failedRoute;
    private boolean hasFailed;

    /** How an exchange with the body failed; with no exception where it was rolled back. */
    private record Failure(@Nullable Throwable exception, String route) {
        boolean isCaughtBy(@Nullable Exchange exchange) {
            Throwable caught = exchange == null
                    ? null
                    : exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
            for (Throwable it = caught; it != null; it = it.getCause()) {
                if (it == exception) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * One that begins with {@link #begin}.
     *
     * @param isPolled whether Camel gives the exchange to somebody who asked for it
     * @param isKept whether that somebody then has a local copy for good
     */
    public BodyHold(boolean isPolled, boolean isKept, Owner owner) {
        this.owner = owner;
        this.isKept = isKept;
        this.isWithCaller = isPolled;
    }

    static boolean areThereAny() {
        return LIVE.get() > 0;
    }

    /** Begins with the exchange that has the body, and whose owner hears of its end before this does. */
    public void begin(Exchange exchange) {
        synchronized (this) {
            main = exchange;
        }
        LIVE.incrementAndGet();
        CopyTickets.add(exchange, Ticket.begun(this, exchange));
        if (!isWithCaller) {
            stayWith(exchange);
        }
    }

    /** The bodies of an exchange that somebody asked for go into another one, and its completions with them. */
    public static void adopt(Exchange polled, Exchange by) {
        CopyTickets.of(polled).forEach(it -> it.hold().movedTo(by));
    }

    /** The completions of the main exchange move to another one, which is the main exchange from now on. */
    public void movedTo(Exchange target) {
        boolean goesOn;
        synchronized (this) {
            main = target;
            Ticket ticket = CopyTickets.find(target, this);
            if (ticket == null) {
                CopyTickets.add(target, Ticket.begun(this, target));
                isWithCaller = false;
            } else {
                begin(ticket, target);
            }
            goesOn = !isWithCaller;
        }
        if (goesOn) {
            stayWith(target);
        }
    }

    /** Whoever hands its completions over may go on with the body itself. */
    private void stayWith(Exchange exchange) {
        synchronized (this) {
            carrying++;
        }
        exchange.getExchangeExtension().addOnCompletion(new Reader(exchange, CopyKind.INDEPENDENT));
    }

    /**
     * The main exchange has come to its end. Readers that are left are waited for.
     *
     * @return whether it is over now, and the owner was told
     */
    public boolean mainEnded() {
        End end;
        synchronized (this) {
            mainHasEnded = true;
            failures.stream().filter(it -> !it.isCaughtBy(main)).findFirst().ifPresent(this::fail);
            failures.clear();
            main = null;
            if (isWithCaller && !isRead) {
                // Whoever asked for it has the body now.
                bodies.stream().filter(it -> it.get() != null).forEach(handedOut::add);
            }
            end = endIfSo();
        }
        tell(end);
        return end != null;
    }

    /** One more object that the content can be read from. */
    public synchronized void track(HeldBody body) {
        bodies.removeIf(it -> it.get() == null);
        bodies.add(new WeakReference<>(body));
    }

    /** Somebody was given that object, and may keep it. */
    public synchronized void handedOut(HeldBody body) {
        if (handedOut.stream().noneMatch(it -> it.get() == body)) {
            handedOut.add(new WeakReference<>(body));
        }
    }

    /** Code that failed has no use for what it was given. */
    public synchronized void forgetHandedOut() {
        handedOut.clear();
    }

    /** Whoever asked for that object has sent it on, in an exchange that is waited for. */
    synchronized void sentOn(HeldBody body) {
        if (isWithCaller) {
            handedOut.removeIf(it -> it.get() == body);
        }
    }

    /** That object was read to its end, or closed, for an exchange where the reader knows it. */
    public void finished(HeldBody body, @Nullable Exchange exchange) {
        synchronized (this) {
            handedOut.removeIf(it -> it.get() == body);
        }
        read(exchange);
    }

    /** Waits no longer for what the garbage collector has taken away. */
    public void dropUnreachable() {
        End end;
        synchronized (this) {
            handedOut.removeIf(it -> it.get() == null);
            bodies.removeIf(it -> it.get() == null);
            // Whoever has a body may have taken it from a copy that is gone: that copy stands for it.
            if (mainHasEnded && bodies.isEmpty()) {
                List<Ticket> gone = copies.stream().filter(Ticket::isGone).toList();
                gone.forEach(this::drop);
            }
            end = endIfSo();
        }
        tell(end);
    }

    private void drop(Ticket ticket) {
        copies.remove(ticket);
        boolean isLost = ticket.isLostWhenGone();
        if (!ticket.leave()) {
            return;
        }
        if (isLost) {
            // An aggregation that never came to its end was taken down with what it had.
            hasFailed = true;
        }
        if (anonymous > 0) {
            anonymous--;
        } else {
            waiting--;
        }
    }

    /** Whether somebody has asked for the exchange, and it belongs to no route. */
    public synchronized boolean isWithCaller() {
        return isWithCaller;
    }

    /** Ends it if it is not over: nobody waits any longer. */
    public void timeOut() {
        boolean isNow;
        synchronized (this) {
            isNow = !isOver;
            isOver = true;
        }
        if (isNow) {
            tell(End.TIMED_OUT);
        }
    }

    /**
     * The body was read to its end, or closed.
     *
     * @param exchange for whom, where the reader knows it
     */
    public void read(@Nullable Exchange exchange) {
        End end;
        synchronized (this) {
            isRead = true;
            Ticket ticket = exchange == null ? null : CopyTickets.find(exchange, this);
            if (ticket != null && ticket.isWaiting()) {
                if (ticket.endsWithReading()) {
                    leave(ticket);
                }
            } else if (mainHasEnded && carrying == 0 && copies.stream().anyMatch(Ticket::endsWithReading)) {
                // It was one of those who wait, and nobody else can tell which.
                waiting--;
                anonymous++;
            }
            end = endIfSo();
        }
        tell(end);
    }

    /**
     * A copy of an exchange that has a ticket was made; null where all is over. Whoever has it may have put the body
     * anywhere, and a text that was made of the body is the copy's to lose.
     */
    synchronized @Nullable Ticket copied(CopyKind kind) {
        if (isOver) {
            return null;
        }
        waiting++;
        Ticket ticket = Ticket.waiting(this, kind);
        copies.add(ticket);
        return ticket;
    }

    /** An exchange with that ticket has become a part of one that has another ticket. */
    synchronized void goesOnWithAnother(Ticket ticket) {
        leave(ticket);
    }

    /** An exchange gets a copy of the body of its own, which nobody may have seen it being made for. */
    public void copiedFor(Exchange exchange) {
        if (CopyTickets.find(exchange, this) != null) {
            return;
        }
        if (exchange.getUnitOfWork() != null) {
            begins(exchange);
            return;
        }
        Ticket ticket = copied(CopyKind.INDEPENDENT);
        if (ticket != null) {
            CopyTickets.add(exchange, ticket);
        }
    }

    /** An exchange with a ticket begins. */
    void begins(Ticket ticket, Exchange exchange) {
        synchronized (this) {
            if (isOver || !ticket.isWaiting()) {
                return;
            }
            begin(ticket, exchange);
            carrying++;
        }
        exchange.getExchangeExtension().addOnCompletion(new Reader(exchange, ticket.kind()));
    }

    /** An exchange without a ticket begins, and has the body in it: an aggregation, or one that somebody sent. */
    void begins(Exchange exchange) {
        synchronized (this) {
            if (isOver) {
                return;
            }
            if (waiting > 0) {
                waiting--;
                anonymous++;
            }
            carrying++;
        }
        exchange.getExchangeExtension().addOnCompletion(new Reader(exchange, CopyKind.INDEPENDENT));
    }

    private void begin(Ticket ticket, Exchange exchange) {
        copies.remove(ticket);
        if (ticket.begin(exchange)) {
            waiting--;
        }
    }

    private void leave(Ticket ticket) {
        copies.remove(ticket);
        if (ticket.leave()) {
            waiting--;
        }
    }

    /** The end, if it has just come; guarded by this. */
    private @Nullable End endIfSo() {
        if (isOver || !mainHasEnded || !hasFailed && (waiting > 0 || carrying > 0 || isHandedOut())) {
            return null;
        }
        isOver = true;
        return hasFailed ? End.FAILED : End.DONE;
    }

    private boolean isHandedOut() {
        return !isKept && !handedOut.isEmpty();
    }

    private void tell(@Nullable End end) {
        if (end != null) {
            LIVE.decrementAndGet();
            owner.over(end, failedRoute);
        }
    }

    private void readerEnded(Exchange exchange, CopyKind kind, @Nullable Failure failure) {
        End end;
        synchronized (this) {
            carrying--;
            // How the main exchange ended its owner knows better, and what it made of the failures of its parts.
            boolean isJudged = exchange == main || kind == CopyKind.ATTEMPT || kind == CopyKind.PART && !mainHasEnded;
            if (failure != null && !isJudged && !isOver) {
                judge(failure);
            }
            end = endIfSo();
        }
        tell(end);
    }

    private void judge(Failure failure) {
        if (mainHasEnded || failures.size() >= MOST_FAILURES) {
            fail(failure);
        } else {
            failures.add(failure);
        }
    }

    private void fail(Failure failure) {
        hasFailed = true;
        failedRoute = failure.route();
    }

    /** The end of one exchange that has the body, whoever its completions are handed over to. */
    private final class Reader extends SynchronizationAdapter {
        private final Exchange exchange;
        private final CopyKind kind;

        private Reader(Exchange exchange, CopyKind kind) {
            this.exchange = exchange;
            this.kind = kind;
        }

        @Override
        public void onComplete(Exchange done) {
            boolean isRolledBack = done.isRollbackOnly() || done.isRollbackOnlyLast();
            readerEnded(exchange, kind, isRolledBack ? failure(done) : null);
        }

        @Override
        public void onFailure(Exchange done) {
            readerEnded(exchange, kind, failure(done));
        }

        private Failure failure(Exchange done) {
            return new Failure(done.getException(), String.valueOf(exchange.getFromRouteId()));
        }

        @Override
        public boolean allowHandover() {
            return false;
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST;
        }
    }
}
