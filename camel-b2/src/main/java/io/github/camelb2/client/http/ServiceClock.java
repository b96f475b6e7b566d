// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The service's clock, as the {@code Date} of its answers tells it: what is compared with times that the service gave,
 * such as {@code uploadTimestamp}, is compared by this clock and never by this machine's. Thread-safe.
 *
 * <p>It is never ahead of the service's and at most a second and one round trip behind; before the first answer it is
 * this machine's.
 */
public final class ServiceClock implements InstantSource {
    /** {@code Date} has no fractions. */
    private static final Duration GRAIN = Duration.ofSeconds(1);

    private final InstantSource local;

    private volatile Offset offset = new Offset(Duration.ZERO, Duration.ZERO);
    private volatile boolean learned;

    ServiceClock(InstantSource local) {
        this.local = local;
    }

    /** How far the service's clock is ahead of ours: not less than the one, not more than the other. */
    private record Offset(Duration least, Duration most) {}

    /** What time it is for the service; never later than that. */
    @Override
    public Instant instant() {
        return at(local.instant());
    }

    /** Whether an answer has told it; before that it is this machine's. */
    public boolean isLearned() {
        return learned;
    }

    /** What time it was for the service when it was that time for this machine. */
    public Instant at(Instant localTime) {
        return localTime.plus(offset.least());
    }

    /**
     * The same where the answers leave it open whether the two clocks differ, which keeps the fractions of a second that
     * {@code Date} has not.
     */
    public Instant agreedAt(Instant localTime) {
        Offset known = offset;
        boolean mayAgree =
                known.least().compareTo(Duration.ZERO) <= 0 && !known.most().isNegative();
        return mayAgree ? localTime : localTime.plus(known.least());
    }

    /** An answer that was asked for and that arrived at these times of this machine says that it was made at {@code date}. */
    synchronized void learn(Instant date, Instant asked, Instant arrived) {
        Duration least = Duration.between(arrived, date);
        Duration most = Duration.between(asked, date.plus(GRAIN));
        Offset known = offset;
        if (learned) {
            Duration closerLeast = max(least, known.least());
            Duration closerMost = max(known.most().negated(), most.negated()).negated();
            if (closerLeast.compareTo(closerMost) <= 0) {
                offset = new Offset(closerLeast, closerMost);
                return;
            }
            // One of the two clocks was set since: what was known is worth nothing.
        }
        offset = new Offset(least, most);
        learned = true;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
