// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between tries. Thread-safe; {@link #close} ends all waits at once and lets no new one begin. */
public interface Sleeper extends AutoCloseable {
    /**
     * Waits.
     *
     * @return true when the time has passed, false when the sleeper was closed
     * @throws InterruptedException if the thread was interrupted
     */
    boolean sleep(Duration time) throws InterruptedException;

    /** Whether it was closed. */
    boolean isClosed();

    @Override
    void close();

    /** One that really waits. */
    static Sleeper create() {
        return new Sleeper() {
            private final CountDownLatch closed = new CountDownLatch(1);

            @Override
            public boolean sleep(Duration time) throws InterruptedException {
                return !closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
            }

            @Override
            public boolean isClosed() {
                return closed.getCount() == 0;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
    }
}
