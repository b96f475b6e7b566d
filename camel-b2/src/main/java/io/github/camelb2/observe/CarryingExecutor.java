// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.observe;

import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Runs tasks on the threads of another executor with the log's context (MDC) of the thread that hands them over, and with
 * what observers carry. Thread-safe, as far as the other one is.
 */
public final class CarryingExecutor extends AbstractExecutorService {
    private final ExecutorService threads;
    private final B2Observer observers;

    /** @param threads belongs to the caller; shut down with this one */
    public CarryingExecutor(ExecutorService threads, B2Observer observers) {
        this.threads = threads;
        this.observers = observers;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(inContext(observers.carry(task)));
    }

    private static Runnable inContext(Runnable task) {
        @Nullable Map<String, String> here = MDC.getCopyOfContextMap();
        if (here == null || here.isEmpty()) {
            return task;
        }
        return () -> {
            @Nullable Map<String, String> before = MDC.getCopyOfContextMap();
            MDC.setContextMap(here);
            try {
                task.run();
            } finally {
                if (before == null) {
                    MDC.clear();
                } else {
                    MDC.setContextMap(before);
                }
            }
        };
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
