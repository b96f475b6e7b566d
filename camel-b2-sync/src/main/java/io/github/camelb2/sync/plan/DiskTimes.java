package io.github.camelb2.sync.plan;

/**
 * Which times a disk and Java can hold. What they cannot must not make a file move with every run: times are compared as
 * the disk holds them.
 */
public final class DiskTimes {
    private static final long SECOND = 1_000;
    /** Disks of the FAT family count in steps of two seconds. */
    private static final long TWO_SECONDS = 2_000;
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

    /** Whether a file of that time may have been given {@code wanted}: as it is, or cut off to one or two seconds. */
    static boolean mayHold(long onDisk, long wanted) {
        long held = holdable(wanted);
        return onDisk == held
                || onDisk == Math.floorDiv(held, SECOND) * SECOND
                || onDisk == Math.floorDiv(held, TWO_SECONDS) * TWO_SECONDS;
    }
}
