// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the parts of one file: on the calling thread, and beside it on as many threads of a shared pool as the file
 * may have and the pool gives.
 *
 * <p>Nobody waits for a thread of the pool: a helper that starts late finds nothing to do and leaves, so that a pool
 * that is too small, full or shut down makes a transfer slower and never blocks it. The first failure interrupts all
 * others, and nobody leaves with an interrupt mark that only the crew has set. One crew does one file.
 */
public final class PartCrew {
    private static final Logger LOG = LoggerFactory.getLogger(PartCrew.class);

    /** Gives out and does the pieces of one file; called by several threads at once. */
    @FunctionalInterface
    public interface Work {
        /**
         * Takes the next piece and does it.
         *
         * @param taken to be run as soon as the piece is taken and before it is done, so that the next worker can begin;
         *     not where nothing is left for one
         * @return false when there was nothing left to take
         */
        boolean doNext(Runnable taken) throws InterruptedException;
    }

    private final Executor pool;
    private final IntSupplier size;
    private final @Nullable PartTuner tuner;

    /** Guards all fields below. */
    private final Object lock = new Object();

    private final Set<Thread> members = new HashSet<>();
    private final Set<Thread> interrupted = new HashSet<>();
    private @Nullable Thread caller;
    private int hired;
    private boolean closed;
    private @Nullable Throwable failure;

    /** @param size the most threads, the calling one included; at least 1 */
    public PartCrew(Executor pool, int size) {
        this(pool, () -> size, null);
    }

    /** One that has as many threads as that says from part to part. */
    public PartCrew(Executor pool, PartTuner tuner) {
        this(pool, tuner::target, tuner);
    }

    private PartCrew(Executor pool, IntSupplier size, @Nullable PartTuner tuner) {
        this.pool = pool;
        this.size = size;
        this.tuner = tuner;
    }

    /**
     * Works until nothing is left and every piece is done, or one failed.
     *
     * @throws RuntimeException what the first piece that failed threw; all others have stopped
     * @throws InterruptedException if this thread was interrupted while it waited; all others have stopped
     */
    public void run(Work work) throws InterruptedException {
        synchronized (lock) {
            caller = Thread.currentThread();
        }
        if (tuner != null) {
            tuner.begin();
        }
        try {
            join(work);
            awaitOthers();
        } finally {
            if (tuner != null) {
                tuner.end();
            }
        }
        rethrow();
    }

    private void join(Work work) {
        Thread self = Thread.currentThread();
        synchronized (lock) {
            // A pool whose policy is to run a task on its caller gives a member itself as its helper.
            if (closed || failure != null || !members.add(self)) {
                return;
            }
        }
        try {
            boolean more = true;
            while (more && !isStopped() && !isTooMany(self)) {
                more = work.doNext(() -> hire(work));
                if (more && tuner != null) {
                    tuner.done();
                }
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            leave(self);
        }
    }

    private void hire(Work work) {
        synchronized (lock) {
            if (closed || failure != null || hired >= size.getAsInt() - 1) {
                return;
            }
            hired++;
        }
        try {
            pool.execute(() -> join(work));
        } catch (RejectedExecutionException e) {
            LOG.debug("The pool for parts is full or going down; those who are at work finish the file", e);
        }
    }

    /** Whether this helper goes, because there should be fewer by now; the calling thread stays to the end. */
    private boolean isTooMany(Thread self) {
        synchronized (lock) {
            if (self == caller || hired <= size.getAsInt() - 1) {
                return false;
            }
            hired--;
            return true;
        }
    }

    private void leave(Thread self) {
        synchronized (lock) {
            members.remove(self);
            if (interrupted.remove(self)) {
                Thread.interrupted();
            }
            lock.notifyAll();
        }
    }

    private void fail(Throwable e) {
        synchronized (lock) {
            if (failure == null) {
                failure = e;
                members.stream()
                        .filter(other -> other != Thread.currentThread())
                        .forEach(other -> {
                            interrupted.add(other);
                            other.interrupt();
                        });
            } else if (!interrupted.contains(Thread.currentThread())) {
                failure.addSuppressed(e);
            }
        }
    }

    private boolean isStopped() {
        synchronized (lock) {
            return failure != null;
        }
    }

    /** Does not return before the last helper has left, because what they work on is closed next. */
    private void awaitOthers() {
        boolean mark = false;
        synchronized (lock) {
            while (!members.isEmpty()) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    mark = true;
                    fail(e);
                }
            }
            closed = true;
        }
        if (mark) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() throws InterruptedException {
        Throwable thrown;
        synchronized (lock) {
            thrown = failure;
        }
        if (thrown instanceof InterruptedException e) {
            throw e;
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
    }
}
