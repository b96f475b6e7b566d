package io.github.camelb2.sync.scan;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.camelb2.sync.plan.DiskTimes;

/** Reads and writes file times so that b2sdk sees the same millisecond. */
public final class FileTimes {
    private static final long HALF_MILLISECOND_IN_NANOS = 500_000;

    private FileTimes() {}

    /**
     * A file's time in milliseconds as b2sdk computes it: in floating point, cut off towards zero. One exact millisecond
     * in about 130 comes out one lower, which has to be so for both tools to agree on what is unchanged.
     */
    public static long millis(FileTime time) {
        Instant instant = time.toInstant();
        double seconds = instant.getEpochSecond() + 1e-9 * instant.getNano();
        return (long) (seconds * 1000);
    }

    /**
     * The time to give a file so that every tool reads {@code millis} back, however it rounds. Before 1970 that holds for
     * whole seconds; another time becomes the second before it.
     */
    public static FileTime of(long millis) {
        long held = holdable(millis);
        return held < 0 || held < millis
                ? FileTime.from(Math.floorDiv(held, 1000L), TimeUnit.SECONDS)
                : FileTime.from(Instant.ofEpochMilli(held).plusNanos(HALF_MILLISECOND_IN_NANOS));
    }

    /** The time that a file reads after {@link #of} was given to it: the nearest before it that can be held. */
    public static long holdable(long millis) {
        return DiskTimes.holdable(millis);
    }
}
