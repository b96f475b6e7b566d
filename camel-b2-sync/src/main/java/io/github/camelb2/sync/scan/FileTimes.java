package io.github.camelb2.sync.scan;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

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
        if (millis < 0) {
            // Java takes a fraction of a second before 1970 for a mistake, and sets 1970 instead.
            return FileTime.from(Math.floorDiv(millis, 1000L), TimeUnit.SECONDS);
        }
        return FileTime.from(Instant.ofEpochMilli(millis).plusNanos(HALF_MILLISECOND_IN_NANOS));
    }
}
