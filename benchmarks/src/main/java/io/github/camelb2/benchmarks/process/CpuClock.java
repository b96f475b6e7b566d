// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The processor time of children that have ended, as Linux adds it up for their parent.
 *
 * <p>The kernel adds the whole time of a child, shutdown included, when its parent has waited for it: a reading before the start and one
 * after the end of a child differ by what it cost, in steps of 10 ms, provided that no other child ends in between.
 */
final class CpuClock {

    /** Linux shows times to programs in hundredths of a second, whatever its own clock does. */
    static final double TICKS_PER_SECOND = 100;

    private static final Path STAT = Path.of("/proc/self/stat");

    private CpuClock() {}

    /** Processor seconds of all ended children of this JVM. */
    static double secondsOfEndedChildren() throws IOException {
        return seconds(STAT, 13);
    }

    /** Processor seconds of a process that runs. */
    static double secondsOf(long pid) throws IOException {
        return seconds(Path.of("/proc", Long.toString(pid), "stat"), 11);
    }

    private static double seconds(Path file, int userField) throws IOException {
        String stat = Files.readString(file);
        // The second field is the program's name in parentheses and may hold spaces: fields are counted from its end.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[userField]) + Long.parseLong(fields[userField + 1])) / TICKS_PER_SECOND;
    }
}
