// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The most memory a process has had resident, as Linux keeps it. */
final class PeakMemory {

    private static final String LINE = "VmHWM:";

    private PeakMemory() {}

    /** Bytes, or 0 if the process has ended. */
    static long of(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(LINE))
                    .map(line -> line.substring(LINE.length()).trim().split(" ")[0])
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException ended) {
            // A process that ends while it is looked at takes its file along; the readings before this one stand.
            return 0;
        }
    }
}
