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
    private static final double TICKS_PER_SECOND = 100;

    private static final Path STAT = Path.of("/proc/self/stat");

    private CpuClock() {}

    /** Processor seconds of all ended children of this JVM. */
    static double secondsOfEndedChildren() throws IOException {
        String stat = Files.readString(STAT);
        // The second field is the program's name in parentheses and may hold spaces: fields are counted from its end.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long user = Long.parseLong(fields[13]);
        long system = Long.parseLong(fields[14]);
        return (user + system) / TICKS_PER_SECOND;
    }
}
