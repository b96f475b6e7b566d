// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.upkeep;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.state.account.Account;

/**
 * Carries out lifecycle rules, a minute after the start, once an hour and whenever the clock is put forward, and replication, as soon as there is something to replicate. Safe
 * for use by many threads.
 */
public final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final MovableClock clock;
    private final Lifecycle lifecycle;
    private final Replication replication;
    private final ScheduledThreadPoolExecutor thread;

    public Upkeep(Account account, MovableClock clock) {
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "b2-upkeep");
            made.setDaemon(true);
            return made;
        });
        this.lifecycle = new Lifecycle(account);
        this.replication = new Replication(account, this::wakeUp);
        replication.resume();
        thread.scheduleWithFixedDelay(() -> safely(this::run), 1, 60, TimeUnit.MINUTES);
    }

    private void wakeUp() {
        if (!thread.isShutdown()) {
            thread.execute(() -> safely(this::replicate));
        }
    }

    /** What fails once is tried again with the next change or the next hour. */
    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("upkeep failed", e);
        }
    }

    private synchronized void replicate() {
        replication.run();
    }

    /** Does everything that is due now. */
    public synchronized void run() {
        replication.run();
        lifecycle.run();
        replication.run();
    }

    /** Puts the clock forward, day by day as B2 lives through them, and does what is due on each. */
    public synchronized void advance(Duration time) {
        check(time);
        Duration left = time;
        while (left.compareTo(DAY) > 0) {
            clock.forward(DAY);
            left = left.minus(DAY);
            run();
        }
        clock.forward(left);
        run();
    }

    /** Refuses a time by which no clock goes forward. */
    public static void check(Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the clock goes forward by 0 to 36,500 days, not by " + time);
        }
    }

    /** Stops; what is not replicated by now is when the account is opened again. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
