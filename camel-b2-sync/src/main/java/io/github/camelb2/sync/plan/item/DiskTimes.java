// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

/**
 * Which times a disk and Java can hold. What they cannot must not make a file move with every run; and a time that was cut
 * off proves nothing about what came within the same seconds, so content decides there.
 */
public final class DiskTimes {
    private static final long SECOND = 1_000;
    /** The widest steps in use: the FAT family counts in two seconds. Some disks round, others cut off. */
    private static final long WIDEST = 2_000;
    /** The narrowest that is wider than ours: exFAT counts in hundredths of a second. */
    private static final long NARROWEST = 10;
    /** The last whole second that fits 64 bits of nanoseconds, 2262-04-11T23:47:16Z: later ones wrap around. */
    private static final long LAST = Long.MAX_VALUE / 1_000_000 / SECOND * SECOND;

    private DiskTimes() {}

    /** The time that a file has after it was given {@code millis}. */
    public static long holdable(long millis) {
        if (millis < 0) {
            // Java takes a fraction of a second before 1970 for a mistake, and sets 1970 instead.
            return Math.max(Math.floorDiv(millis, SECOND) * SECOND, -LAST);
        }
        return Math.min(millis, LAST);
    }

    /** Whether a file of that time may have been given {@code wanted} by whatever disk; others may have too. */
    public static boolean mayHold(long onDisk, long wanted) {
        long held = holdable(wanted);
        return onDisk == held || (onDisk % NARROWEST == 0 && Math.abs(onDisk - held) < WIDEST);
    }

    /** Whether a file of that time was given {@code wanted}, or one within the same step, by a disk of such steps. */
    public static boolean holdsCoarsely(long onDisk, long wanted) {
        long held = holdable(wanted);
        return onDisk == held
                || onDisk == Math.floorDiv(held, NARROWEST) * NARROWEST
                || onDisk == Math.floorDiv(held, SECOND) * SECOND
                || onDisk == Math.floorDiv(held, WIDEST) * WIDEST;
    }
}
