package io.github.camelb2.poll.after;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.camelb2.body.BodyHold;

/** The ends of exchanges that wait for others who can still read the body, each for a limited time. Thread-safe. */
public final class Waiting {
    private final Supplier<ScheduledExecutorService> timer;
    private final Duration atMost;
    private final Set<BodyHold> holds = ConcurrentHashMap.newKeySet();
    private volatile boolean isOver;

    /**
     * Nothing waits yet.
     *
     * @param timer whose thread ends what has waited too long
     * @param atMost how long one waits
     */
    public Waiting(Supplier<ScheduledExecutorService> timer, Duration atMost) {
        this.timer = timer;
        this.atMost = atMost;
    }

    /** From now on it waits; whoever ends it calls {@link #ended}. */
    Future<?> begin(BodyHold hold) {
        if (isOver) {
            hold.timeOut();
            return CompletableFuture.completedFuture(null);
        }
        holds.add(hold);
        return timer.get().schedule(hold::timeOut, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    void ended(BodyHold hold) {
        holds.remove(hold);
    }

    Duration atMost() {
        return atMost;
    }

    /** Ends them all as if their time were over, and those that come later as well. */
    public void endAll() {
        isOver = true;
        Set.copyOf(holds).forEach(BodyHold::timeOut);
    }
}
