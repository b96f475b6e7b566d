// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** Threads that read files for a plan. */
public interface PlanThreads extends Executor, AutoCloseable {
    /** The thread that plans does it all. */
    static PlanThreads none() {
        return of(Runnable::run, () -> {});
    }

    /** Threads of a plan's own. */
    static PlanThreads of(ExecutorService threads) {
        return of(threads, threads::shutdownNow);
    }

    private static PlanThreads of(Executor executor, Runnable end) {
        return new PlanThreads() {
            @Override
            public void execute(Runnable task) {
                executor.execute(task);
            }

            @Override
            public void close() {
                end.run();
            }
        };
    }

    /** Ends them, with what they do. */
    @Override
    void close();
}
