// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the processors of this machine had done at a moment, in seconds since it was started.
 *
 * @param busy   seconds in which one of them worked, for whomever
 * @param all    seconds of all of them, idle or not
 * @param itself seconds of them that the benchmark's own JVM took
 */
public record Processors(double busy, double all, double itself) {
    private static final int USER = 1;
    private static final int IDLE = 4;
    private static final int WAITING_FOR_DISK = 5;
    private static final int STOLEN = 8;

    /** As they are now. */
    public static Processors now() throws IOException {
        String[] ticks = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
        long all = 0;
        for (int i = USER; i <= STOLEN; i++) {
            all += Long.parseLong(ticks[i]);
        }
        long idle = Long.parseLong(ticks[IDLE]) + Long.parseLong(ticks[WAITING_FOR_DISK]);
        return new Processors(
                (all - idle) / CpuClock.TICKS_PER_SECOND,
                all / CpuClock.TICKS_PER_SECOND,
                CpuClock.secondsOf(ProcessHandle.current().pid()));
    }
}
