// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks after all bodies that are being sent, about once a second while there are any: a timer for each request would
 * wake up another thread twice for every small file. Thread-safe.
 */
final class SendWatches {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Set<SendWatch> watches = ConcurrentHashMap.newKeySet();

    /** Whether a look is due that nobody has taken yet. */
    private final AtomicBoolean armed = new AtomicBoolean();

    /**
     * Begins to watch a body being sent; the caller ends it.
     *
     * @param out where the bytes go
     * @param patience how long one write may take; it may take a second more until that is noticed
     * @param abort cuts the connection, from another thread
     */
    SendWatch begin(OutputStream out, Duration patience, Runnable abort) {
        SendWatch watch = new SendWatch(this, out, patience, abort);
        watches.add(watch);
        lookLater(patience);
        return watch;
    }

    void ended(SendWatch watch) {
        watches.remove(watch);
    }

    private void lookLater(Duration patience) {
        if (!armed.get() && armed.compareAndSet(false, true)) {
            long pause = Math.min(patience.toNanos(), LONGEST_PAUSE.toNanos());
            CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS).execute(this::look);
        }
    }

    private void look() {
        // Before looking: what begins from now on arms it again.
        armed.set(false);
        Duration shortest = LONGEST_PAUSE;
        for (SendWatch watch : watches) {
            if (watch.isStalled()) {
                // Cutting a connection may block, and must not keep others waiting.
                Executor another = CompletableFuture.completedFuture(watch).defaultExecutor();
                another.execute(watch::cut);
            } else if (watch.patience().compareTo(shortest) < 0) {
                shortest = watch.patience();
            }
        }
        if (!watches.isEmpty()) {
            lookLater(shortest);
        }
    }
}
