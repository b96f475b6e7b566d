// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Between a signal that ends the process and the command that has to end first. Thread-safe. */
final class Stop {
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isAsked;

    /** Whether a signal came: what is not begun is not begun any more. */
    boolean isAsked() {
        return isAsked;
    }

    void ask() {
        isAsked = true;
    }

    /** The command has said what there is to say. */
    void end() {
        ended.countDown();
    }

    /** Waits for the end; whether it came in time. */
    boolean hasEndedWithin(Duration time) {
        try {
            return ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
