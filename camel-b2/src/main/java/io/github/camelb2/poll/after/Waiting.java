// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.after;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.camelb2.body.BodyHold;

/** The ends of exchanges that wait for others who can still read the body, each for a limited time. Thread-safe. */
public final class Waiting {
    private static final long LOOK_MILLIS = 1_000;
    private static final long COLLECT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final AtomicLong LAST_COLLECTION = new AtomicLong(System.nanoTime() - COLLECT_NANOS);

    private final AtomicBoolean isLooking = new AtomicBoolean();
    private final Supplier<ScheduledExecutorService> timer;
    private final BooleanSupplier isStopping;
    private final Duration atMost;
    /** And since when each waits. */
    private final Map<BodyHold, Long> holds = new ConcurrentHashMap<>();

    private volatile boolean isOver;

    /**
     * Nothing waits yet.
     *
     * @param timer whose thread ends what has waited too long
     * @param isStopping whether everything is being taken down: an aggregation loses what it has then, so that nobody having
     *     a body any more does not mean that somebody is done with it
     * @param atMost how long one waits
     */
    public Waiting(Supplier<ScheduledExecutorService> timer, BooleanSupplier isStopping, Duration atMost) {
        this.timer = timer;
        this.isStopping = isStopping;
        this.atMost = atMost;
    }

    /** From now on it waits; whoever ends it calls {@link #ended}. */
    Future<?> begin(BodyHold hold) {
        if (isOver) {
            hold.timeOut();
            return CompletableFuture.completedFuture(null);
        }
        holds.put(hold, System.nanoTime());
        if (isLooking.compareAndSet(false, true)) {
            lookLater();
        }
        return timer.get()
                .schedule(
                        () -> CompletableFuture.runAsync(() -> giveUp(hold)), atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    void ended(BodyHold hold) {
        holds.remove(hold);
    }

    Duration atMost() {
        return atMost;
    }

    /** What comes after a reading is a call of B2, which the timer has no time for. */
    private void lookLater() {
        CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS).execute(this::look);
    }

    /** Ends those whose bodies the garbage collector has taken. */
    private void look() {
        Set.copyOf(holds.keySet()).forEach(this::dropUnreachable);
        if (holds.isEmpty()) {
            isLooking.set(false);
            if (holds.isEmpty() || !isLooking.compareAndSet(false, true)) {
                return;
            }
        }
        lookLater();
    }

    /**
     * A collector that had nothing to do for so long has not shown what nobody has any more, so it is asked to: one time
     * for all that wait by then.
     */
    private void giveUp(BodyHold late) {
        Long began = holds.get(late);
        if (began == null) {
            return;
        }
        long last = LAST_COLLECTION.get();
        long since = System.nanoTime() - last;
        if (began - last >= 0 && since < COLLECT_NANOS) {
            CompletableFuture.delayedExecutor(COLLECT_NANOS - since, TimeUnit.NANOSECONDS)
                    .execute(() -> giveUp(late));
            return;
        }
        if (began - last >= 0) {
            collect();
        }
        dropUnreachable(late);
        late.timeOut();
    }

    private void dropUnreachable(BodyHold hold) {
        if (!isStopping.getAsBoolean()) {
            hold.dropUnreachable();
        }
    }

    private static void collect() {
        long now = System.nanoTime();
        System.gc();
        LAST_COLLECTION.set(now);
    }

    /** The last look before everything is taken down: what nobody has any more now is done. */
    public void settle() {
        Set<BodyHold> all = Set.copyOf(holds.keySet());
        if (!all.isEmpty()) {
            collect();
            all.forEach(BodyHold::dropUnreachable);
        }
    }

    /** Ends them all as if their time were over, and those that come later as well. */
    public void endAll() {
        isOver = true;
        Set<BodyHold> late = Set.copyOf(holds.keySet());
        if (!late.isEmpty()) {
            if (!isStopping.getAsBoolean()) {
                collect();
                late.forEach(this::dropUnreachable);
            }
            late.forEach(BodyHold::timeOut);
        }
    }
}
