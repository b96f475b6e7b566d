// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camelb2.client.api.ClientListener;

/** Tells a person that a call is tried again, and what a transfer has moved. Thread-safe. */
final class Hearing implements ClientListener {
    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

    /** Hears how far a transfer is. */
    interface Moved {
        /** So many bytes of so many; -1 for unknown. */
        void bytes(long bytes, long total);
    }

    private final Screen screen;
    private final Moved moved;
    private final AtomicLong lastTold = new AtomicLong(Long.MIN_VALUE);

    Hearing(Screen screen, Moved moved) {
        this.screen = screen;
        this.moved = moved;
    }

    @Override
    public void onRetry(String call, String reason, int attempt, Duration wait) {
        long now = System.nanoTime();
        long before = lastTold.get();
        boolean isTold = before == Long.MIN_VALUE || now - before >= WORTH_TELLING.toNanos();
        // Many files fail together; one line tells it.
        if (wait.compareTo(WORTH_TELLING) >= 0 && isTold && lastTold.compareAndSet(before, now)) {
            screen.say("waiting " + wait.toSeconds() + " s to try " + call + " again: " + reason);
        }
    }

    @Override
    public void onProgress(long transfer, String fileName, long bytes, long total) {
        moved.bytes(bytes, total);
    }
}
