// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.sync.action.SyncActionException;
import io.github.camelb2.sync.plan.actions.PathPlan;

/**
 * Threads that carry out the plans of a run, each taking the next one when it has done its last: at no time are more
 * plans pulled and not done than there are threads.
 */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    /** Lets one worker at a time ask for the next plan. */
    private final Object pulling = new Object();

    private final SyncSession session;

    Workers(SyncSession session) {
        this.session = session;
    }

    /** Returns when none is under way any more. If the pool refuses a thread, because it is shut down, the run stops. */
    void run(ExecutorService pool, int count) {
        List<Future<?>> loops = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                loops.add(pool.submit(this::untilTheEnd));
            }
        } catch (RejectedExecutionException e) {
            // The context is stopping.
            session.stop();
        }
        boolean interrupted = false;
        for (Future<?> loop : loops) {
            interrupted |= await(loop);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void untilTheEnd() {
        for (PathPlan next = pull(); next != null; next = pull()) {
            carryOut(next);
        }
    }

    private void carryOut(PathPlan plan) {
        try {
            session.execute(plan);
        } catch (SyncActionException e) {
            LOG.debug("{} of {} failed", plan.path(), session, e);
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

    /** Waits for a loop to its end; returns whether the wait was interrupted, which stops the run. */
    private boolean await(Future<?> loop) {
        boolean interrupted = false;
        while (true) {
            try {
                loop.get();
                return interrupted;
            } catch (InterruptedException e) {
                session.stop();
                interrupted = true;
            } catch (ExecutionException e) {
                LOG.warn("A worker of {} broke off", session, e.getCause());
                session.giveUp("", "a worker broke off: " + e.getCause());
                return interrupted;
            }
        }
    }
}
