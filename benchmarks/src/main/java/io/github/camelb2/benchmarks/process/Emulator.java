// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The B2 service that all clients of a case are measured against: one JVM, which {@link #close} stops.
 *
 * <p>It is started from the runner jar that the system property {@code benchmarks.emulator} names, or, where that is not set, from the
 * class path of this JVM.
 */
public final class Emulator implements AutoCloseable {

    private static final String MAIN_CLASS = "io.github.camelb2.emulator.B2EmulatorMain";

    private final Process process;
    private final Account account;

    private final Measurement untilReady;

    private Emulator(Process process, Account account, Measurement untilReady) {
        this.process = process;
        this.account = account;
        this.untilReady = untilReady;
    }

    /**
     * Starts an emulator and waits until it is ready.
     *
     * @param work an existing directory: its files and its log go below it
     * @param options command line options of the emulator
     */
    public static Emulator start(Path work, List<String> options) throws IOException {
        return start(work, options, List.of());
    }

    /** How the emulator is started by the script beside the runner; empty where there is none. */
    public static List<String> launcher() {
        String jar = System.getProperty("benchmarks.emulator");
        Path script = jar == null ? Path.of("none") : Path.of(jar).resolveSibling("camel-b2-emulator");
        return Files.isExecutable(script) ? List.of(script.toString()) : List.of();
    }

    /** The same with another command than {@code java -jar}; with none, that one. */
    public static Emulator start(Path work, List<String> options, List<String> starter) throws IOException {
        List<String> command = new ArrayList<>(starter.isEmpty() ? plain() : starter);
        Path data = Files.createDirectories(work.resolve("emulator"));
        command.addAll(List.of("--data-dir", data.toString()));
        command.addAll(options);

        Path log = work.resolve("emulator.err");
        long begun = System.nanoTime();
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        // Left open: the emulator prints one line only, and closing its standard output could end it.
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (line == null) {
            throw new IOException("The emulator did not start: " + command + "\n" + Files.readString(log));
        }
        Measurement untilReady =
                new Measurement(seconds, CpuClock.secondsOf(process.pid()), PeakMemory.of(process.pid()), Map.of());
        JsonNode ready = new JsonMapper().readTree(line);
        return new Emulator(
                process,
                new Account(
                        ready.path("url").asText(),
                        ready.path("applicationKeyId").asText(),
                        ready.path("applicationKey").asText(),
                        ready.path("trustStore").asText("")),
                untilReady);
    }

    private static List<String> plain() {
        String jar = System.getProperty("benchmarks.emulator");
        List<String> command = new ArrayList<>(List.of(Java.program(), "-Xmx512m"));
        command.addAll(jar == null ? List.of("-cp", Java.classPath(), MAIN_CLASS) : List.of("-jar", jar));
        return command;
    }

    /** What it cost until it was ready. */
    public Measurement untilReady() {
        return untilReady;
    }

    /** The processor seconds that it has taken so far; 0 when it has ended. */
    public double cpuSeconds() throws IOException {
        return process.isAlive() ? CpuClock.secondsOf(process.pid()) : 0;
    }

    /** Ends it without a warning. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public Account account() {
        return account;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
