// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and says what it cost. Not for several threads: the processor time of children is read as one sum. */
public final class ChildProcess {

    private static final Duration LONGEST = Duration.ofMinutes(60);
    private static final long LOOK_EVERY_MILLIS = 20;
    private static final int TAIL = 4_000;
    private static final String FIGURE = "figure ";

    private final Path logs;

    /** Output of the programs goes to files in this directory, each run's over the last one's. */
    public ChildProcess(Path logs) {
        this.logs = logs;
    }

    /**
     * Runs the command and waits for its end.
     *
     * @throws IOException if it cannot be started, or ends with another code than 0: the message has the end of what it printed
     */
    public Measurement run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = logs.resolve("child.out");
        Path errors = logs.resolve("child.err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);

        double cpuBefore = CpuClock.secondsOfEndedChildren();
        long start = System.nanoTime();
        Process process = builder.start();
        long peak = watch(process, start);
        double wall = (System.nanoTime() - start) / 1e9;
        double cpu = CpuClock.secondsOfEndedChildren() - cpuBefore;

        if (process.exitValue() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + "\n" + tail(output) + tail(errors));
        }
        return new Measurement(wall, cpu, peak, figures(output));
    }

    private static long watch(Process process, long start) throws IOException, InterruptedException {
        long peak = 0;
        try {
            while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, PeakMemory.of(process.pid()));
                if (System.nanoTime() - start > LONGEST.toNanos()) {
                    throw new IOException("Process " + process.pid() + " did not end within " + LONGEST);
                }
            }
        } finally {
            process.destroyForcibly();
        }
        return peak;
    }

    private static Map<String, Double> figures(Path output) throws IOException {
        Map<String, Double> figures = new HashMap<>();
        for (String line : Files.readAllLines(output)) {
            if (line.startsWith(FIGURE)) {
                String[] words = line.split(" ");
                figures.put(words[1], Double.parseDouble(words[2]));
            }
        }
        return figures;
    }

    private static String tail(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(Math.max(0, text.length() - TAIL));
    }
}
