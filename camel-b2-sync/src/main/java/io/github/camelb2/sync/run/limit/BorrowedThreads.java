// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Threads that somebody else may end at any time, as Camel does when its context stops. What they have not begun by then is
 * never done, and Camel's pools take more without a word: nobody waits here for what will not come. Thread-safe.
 */
public final class BorrowedThreads {
    /** How often whoever waits looks whether the threads are still there. */
    public static final long LOOK_MILLIS = 500;

    private final ExecutorService threads;

    /** @param threads not ended here */
    public BorrowedThreads(ExecutorService threads) {
        this.threads = threads;
    }

    /** @throws RejectedExecutionException if the threads were ended */
    public void execute(Runnable task) {
        refuseEnded();
        threads.execute(task);
    }

    /** @throws RejectedExecutionException if the threads were ended */
    public <T> Future<T> submit(Callable<T> task) {
        refuseEnded();
        return threads.submit(task);
    }

    private void refuseEnded() {
        if (threads.isShutdown()) {
            throw new RejectedExecutionException("the threads were ended");
        }
    }

    /** No task is under way any more, and none will begin. */
    public boolean haveEnded() {
        return threads.isTerminated();
    }

    /**
     * Waits for what a task gives.
     *
     * @throws RejectedExecutionException if the threads were ended before they began it
     */
    public <T> T get(Future<T> task) throws InterruptedException, ExecutionException {
        while (true) {
            boolean isLast = haveEnded();
            try {
                return task.get(isLast ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (isLast) {
                    throw new RejectedExecutionException("the threads were ended before they began it", e);
                }
            }
        }
    }
}
