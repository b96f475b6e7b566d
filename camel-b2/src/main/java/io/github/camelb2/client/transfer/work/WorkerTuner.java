// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.time.InstantSource;

import io.github.camelb2.client.transfer.plan.WorkerCount;

/**
 * Finds out how many workers a run of a sync, or the parts of files, should have while they work: on a long line each
 * waits most of its time, so that more of them move more.
 *
 * <p>Time is cut into windows. While a window with more workers moves clearly more than the one before, their number
 * grows by half; when it does not, it goes back to what was enough, and another try follows later, because lines change.
 * When the service refuses more than a few calls because it is busy, the number shrinks by a quarter; so it does before a window
 * has ended that is sure to end so, because where everything is refused none ever does. What was moved
 * counts as one for each plan (a part is one, too) and one for each {@link #BYTES_LIKE_A_PLAN}, so that a window of large files can be
 * compared with one of small files. Thread-safe; its monitor guards its fields.
 */
public final class WorkerTuner {
    /** About what a connection moves in the time that a small file costs. */
    static final long BYTES_LIKE_A_PLAN = 256L << 10;

    /** With fewer, chance decides which window moved more. */
    private static final int PLANS_PER_WORKER = 4;

    private static final long SHORTEST_MILLIS = 200;
    private static final double CLEARLY_MORE = 1.15;
    private static final int LEAST = 2;

    /** After a try that brought nothing, or a refusal, so many windows pass before the next try. */
    private static final int PATIENCE = 16;

    /** One call in twenty that is refused is the service's way of spreading load, and retried at once. */
    private static final int REFUSED_SHARE = 20;

    private final WorkerCount count;
    private final InstantSource clock;
    private int target;
    private int enough;
    private double rateOfEnough;
    private int patience;
    private long began;
    private long plans;
    private long units;
    private long refused;
    private boolean hasShrunk;

    public WorkerTuner(WorkerCount count, InstantSource clock) {
        this.count = count;
        this.clock = clock;
        this.target = count.first();
        this.began = clock.millis();
    }

    /** How many workers there should be now. */
    public synchronized int target() {
        return target;
    }

    /** The service refused a call because it is busy: 429 or 503. */
    public synchronized void refused() {
        if (hasShrunk && clock.millis() - began < SHORTEST_MILLIS) {
            // Of those who asked before they became fewer.
            return;
        }
        refused++;
        if (refused * REFUSED_SHARE > Math.max(plans, plansOfAWindow())) {
            judgeIfTimeHasPassed();
        }
    }

    /** A plan that moved so many bytes was carried out. */
    public synchronized void done(long bytes) {
        plans++;
        units += 1 + bytes / BYTES_LIKE_A_PLAN;
        if (plans >= plansOfAWindow()) {
            judgeIfTimeHasPassed();
        }
    }

    private long plansOfAWindow() {
        return (long) PLANS_PER_WORKER * target;
    }

    private void judgeIfTimeHasPassed() {
        long millis = clock.millis() - began;
        if (!count.isFixed() && millis >= SHORTEST_MILLIS) {
            judge((double) units / millis);
            began = clock.millis();
            plans = 0;
            units = 0;
            refused = 0;
        }
    }

    private void judge(double rate) {
        hasShrunk = refused * REFUSED_SHARE > plans;
        if (hasShrunk) {
            target = Math.max(LEAST, target * 3 / 4);
            settle(rate);
        } else if (enough == 0 || target > enough) {
            judgeMore(rate);
        } else if (patience > 0) {
            patience--;
        } else {
            enough = target;
            rateOfEnough = rate;
            grow();
        }
    }

    /** After the first window, and after each try with more workers. */
    private void judgeMore(double rate) {
        if (enough == 0 || rate > rateOfEnough * CLEARLY_MORE) {
            enough = target;
            rateOfEnough = rate;
            grow();
        } else {
            target = enough;
            settle(rateOfEnough);
        }
    }

    private void grow() {
        target = Math.min(count.most(), target + Math.max(1, target / 2));
        if (target == enough) {
            patience = PATIENCE;
        }
    }

    private void settle(double rate) {
        enough = target;
        rateOfEnough = rate;
        patience = PATIENCE;
    }
}
