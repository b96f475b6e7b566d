// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Keeps a stream of bytes at or below a rate. For one thread. */
public final class Pacer {

    private final long bytesPerSecond;
    /** When the first byte moved: waiting before it earns no credit. */
    private long start;

    private long bytes;

    /** A rate of 0 is no limit. */
    public Pacer(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    boolean isLimited() {
        return bytesPerSecond > 0;
    }

    /** The most bytes to move at once: a twentieth of a second's worth, and never more than wanted, which may be none. */
    int step(int wanted) {
        if (bytes == 0) {
            start = System.nanoTime();
        }
        return isLimited() ? (int) Math.min(wanted, Math.max(1, bytesPerSecond / 20)) : wanted;
    }

    /** Waits until these bytes, and all before them, may have passed. */
    void pass(long count) throws InterruptedIOException {
        if (!isLimited()) {
            return;
        }
        bytes += count;
        long due = (long) (bytes * 1e9 / bytesPerSecond);
        pause(Duration.ofNanos(due - (System.nanoTime() - start)));
    }

    public static void pause(Duration time) throws InterruptedIOException {
        if (time.isNegative() || time.isZero()) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the emulator is closing");
        }
    }
}
