// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.sync.plan.item.DiskTimes;

/** Reads and writes file times so that b2sdk sees the same millisecond. */
public final class FileTimes {
    private static final Logger LOG = LoggerFactory.getLogger(FileTimes.class);
    private static final long HALF_MILLISECOND_IN_NANOS = 500_000;

    /** File systems that hold no more than seconds, two of them, or hundredths. */
    private static final Set<String> COARSE =
            Set.of("vfat", "msdos", "msdosfs", "fat", "fat12", "fat16", "fat32", "exfat", "hfs", "hfsplus", "ext2");

    private FileTimes() {}

    /** Whether a file system of that name holds times in coarse steps; false where nobody knows. */
    static boolean areCoarseOn(String fileSystem) {
        return COARSE.contains(fileSystem.toLowerCase(Locale.ROOT));
    }

    /** Whether the disk that a directory lies on is known to hold times in coarse steps. */
    public static boolean areCoarseIn(Path directory) {
        try {
            return areCoarseOn(Files.getFileStore(directory).type());
        } catch (IOException e) {
            LOG.debug("Nobody knows what disk {} lies on", directory, e);
            return false;
        }
    }

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
        long held = DiskTimes.holdable(millis);
        return held < 0 || held < millis
                ? FileTime.from(Math.floorDiv(held, 1000L), TimeUnit.SECONDS)
                : FileTime.from(Instant.ofEpochMilli(held).plusNanos(HALF_MILLISECOND_IN_NANOS));
    }
}
