// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Retries that all calls of one client share, so that an outage of the service does not multiply the load on it: each
 * retry takes one, some come back every second, and a call that works after all gives back what it took. Who finds none
 * waits for his turn; nobody is refused. Thread-safe.
 */
final class RetryBudget {
    /** As many as a client has connections to one host at least: each may fail once without waiting. */
    static final int CAPACITY = 64;

    /** What a client adds to the load of a service that is down: 4 requests a second, however many threads it has. */
    static final Duration EACH = Duration.ofMillis(250);

    private final InstantSource clock;

    /** Guarded by this: below zero, so many are waiting for their turn. */
    private double left = CAPACITY;

    private Instant counted;

    RetryBudget(InstantSource clock) {
        this.clock = clock;
        this.counted = clock.instant();
    }

    /** Takes one; answers how long to wait for it. */
    synchronized Duration take() {
        refill();
        left--;
        return left >= 0 ? Duration.ZERO : EACH.multipliedBy((long) Math.ceil(-left));
    }

    /** Gives back what a call took that has worked. */
    synchronized void giveBack(int taken) {
        left = Math.min(CAPACITY, left + taken);
    }

    private void refill() {
        Instant now = clock.instant();
        double since = Math.max(0, Duration.between(counted, now).toMillis());
        left = Math.min(CAPACITY, left + since / EACH.toMillis());
        counted = now;
    }
}
