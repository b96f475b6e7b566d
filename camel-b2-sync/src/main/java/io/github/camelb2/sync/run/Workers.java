// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.plan.WorkerCount;
import io.github.camelb2.client.transfer.work.WorkerTuner;
import io.github.camelb2.sync.action.failure.SyncActionException;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.run.limit.BorrowedThreads;

/**
 * Threads that carry out the plans of a run, each taking the next one when it has done its last: at no time are more
 * plans pulled and not done than there are threads. The tuner says how many there are.
 *
 * <p>Where their number grows by itself, plans of large files, which take several connections each, leave room for those
 * that are under way: all of them together take no more connections than a client has.
 */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    /** How many connections a large file takes, and from what size on. */
    private static final int LARGE_WEIGHT = 4;

    private static final long LARGE = 8L << 20;

    /** Lets one worker at a time ask for the next plan. */
    private final Object pulling = new Object();

    private final SyncSession session;
    private final WorkerCount count;
    private final WorkerTuner tuner;
    private final ExecutorService pool;

    /** Guards what follows. */
    private final Object counting = new Object();

    private int running;
    private int connections;
    private boolean isRefused;

    /** @param pool has a thread for each worker that there may be */
    Workers(SyncSession session, WorkerCount count, WorkerTuner tuner, ExecutorService pool) {
        this.session = session;
        this.count = count;
        this.tuner = tuner;
        this.pool = pool;
    }

    /** Returns when none is under way any more. If the pool refuses a thread, because it is shut down, the run stops. */
    void run() {
        hire();
        boolean interrupted = false;
        synchronized (counting) {
            while (running > 0 && !pool.isTerminated()) {
                try {
                    counting.wait(BorrowedThreads.LOOK_MILLIS);
                } catch (InterruptedException e) {
                    session.stop();
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until there are as many as there should be. */
    private void hire() {
        synchronized (counting) {
            while (running < tuner.target() && !isRefused) {
                try {
                    pool.execute(this::untilTheEnd);
                    running++;
                } catch (RejectedExecutionException e) {
                    // The context is stopping.
                    isRefused = true;
                    session.stop();
                }
            }
        }
    }

    private void untilTheEnd() {
        boolean isGone = false;
        try {
            for (PathPlan next = pull(); next != null; next = pull()) {
                tuner.done(carryOut(next) ? next.bytes() : 0);
                hire();
                if (isOneTooMany()) {
                    isGone = true;
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("A worker of {} broke off", session, e);
            session.giveUp("", "a worker broke off: " + e);
        } finally {
            if (!isGone) {
                leave();
            }
        }
    }

    private boolean isOneTooMany() {
        synchronized (counting) {
            if (running > tuner.target()) {
                leave();
                return true;
            }
            return false;
        }
    }

    private void leave() {
        synchronized (counting) {
            running--;
            counting.notifyAll();
        }
    }

    /** Whether that was done: what failed has moved nothing. */
    private boolean carryOut(PathPlan plan) {
        int weight = plan.bytes() < LARGE ? 1 : LARGE_WEIGHT;
        take(weight);
        try {
            session.execute(plan);
            return true;
        } catch (SyncActionException e) {
            LOG.debug("{} of {} failed", plan.path(), session, e);
            return false;
        } finally {
            take(-weight);
        }
    }

    /** Waits until there is room; what gives back finds it. */
    private void take(int weight) {
        synchronized (counting) {
            boolean interrupted = false;
            while (weight > 0 && !count.isFixed() && connections > 0 && connections + weight > count.most()) {
                try {
                    counting.wait();
                } catch (InterruptedException e) {
                    session.stop();
                    interrupted = true;
                }
            }
            connections += weight;
            counting.notifyAll();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable PathPlan pull() {
        synchronized (pulling) {
            while (session.hasNext()) {
                PathPlan next = session.next();
                if (!next.actions().isEmpty()) {
                    return next;
                }
            }
            return null;
        }
    }
}
