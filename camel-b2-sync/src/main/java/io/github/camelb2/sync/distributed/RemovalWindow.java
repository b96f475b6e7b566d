// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.time.Duration;

/**
 * How many removals may be out at once: they have to be begun within a short time, so that no more are given than workers
 * get at in it. It grows while they answer well within that, and shrinks when some come too late. Not thread-safe: the
 * coordinator's monitor guards it.
 */
final class RemovalWindow {
    private static final int FIRST = 16;

    private final int most;
    private final Duration time;
    private int size;
    /** What was given before the last shrinking says nothing of the size since. */
    private long shrunkAtSeq = -1;

    /**
     * @param most how many may be out, however quick they are
     * @param time within which each has to be begun
     */
    RemovalWindow(int most, Duration time) {
        this.most = most;
        this.time = time;
        this.size = Math.min(FIRST, most);
    }

    boolean hasRoom(int out) {
        return out < size;
    }

    /** Whether it cannot shrink any more. */
    boolean isSmallest() {
        return size == 1;
    }

    /** One was answered so long after it was given. */
    void answered(Duration after) {
        if (after.multipliedBy(2).compareTo(time) <= 0) {
            size = Math.min(most, size + 1);
        }
    }

    /**
     * One came too late.
     *
     * @param seq     its giving
     * @param lastSeq the last giving
     */
    void late(long seq, long lastSeq) {
        if (seq > shrunkAtSeq) {
            size = Math.max(1, size / 2);
            shrunkAtSeq = lastSeq;
        }
    }
}
