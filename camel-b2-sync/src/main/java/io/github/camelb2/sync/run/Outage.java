// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.time.Duration;
import java.time.InstantSource;

import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.sync.plan.actions.PathPlan;

/**
 * Whether the service is away. A plan or two that fail because of it are those files' trouble; when several fail in a row
 * and nothing goes well between, workers pause and try the same plan again, and when that has lasted too long the run
 * gives up, once for all plans. Thread-safe; its monitor guards its fields.
 */
final class Outage {
    /** So many failures in a row are no accident. */
    private static final int IN_A_ROW = 3;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Duration timeout;
    private final Duration firstPause;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private long sinceMillis;
    private int inARow;
    private int pauses;

    Outage(Duration timeout, Duration firstPause, InstantSource clock, Sleeper sleeper) {
        this.timeout = timeout;
        this.firstPause = firstPause;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Something went well. */
    synchronized void over() {
        inARow = 0;
        pauses = 0;
    }

    /** A plan failed because of the service: waits where it is away, and answers whether to try the plan again. */
    boolean pause(PathPlan plan, Exception failure, SyncSession session) {
        Duration away;
        Duration pause;
        synchronized (this) {
            sinceMillis = inARow == 0 ? clock.millis() : sinceMillis;
            inARow++;
            if (inARow < IN_A_ROW) {
                return false;
            }
            away = Duration.ofMillis(clock.millis() - sinceMillis);
            pause = firstPause.multipliedBy(1L << Math.min(pauses++, 16));
        }
        Duration left = timeout.minus(away);
        if (left.isNegative() || left.isZero()) {
            session.giveUp(
                    plan.path(),
                    "B2 has been away for " + away.toSeconds() + " s, longer than outageTimeout: "
                            + failure.getMessage());
            return false;
        }
        return sleep(least(least(pause, LONGEST_PAUSE), left), session);
    }

    private boolean sleep(Duration time, SyncSession session) {
        try {
            return sleeper.sleep(time) && !session.isStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.stop();
            return false;
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Ends all pauses. */
    void stop() {
        sleeper.close();
    }
}
