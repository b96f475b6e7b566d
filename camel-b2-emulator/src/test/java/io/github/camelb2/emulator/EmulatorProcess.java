// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The emulator as its own process, started as the runner jar starts it. */
final class EmulatorProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final JsonNode ready;

    private EmulatorProcess(Process process, BufferedReader out, JsonNode ready) {
        this.process = process;
        this.out = out;
        this.ready = ready;
    }

    static Process launch(Path log, List<String> jvmArguments, String... arguments) throws IOException {
        return launch(List.of(), log, jvmArguments, arguments);
    }

    private static Process launch(List<String> before, Path log, List<String> jvmArguments, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It lives for seconds, which the optimizing compiler only costs.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), B2EmulatorMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    static EmulatorProcess start(Path log, List<String> jvmArguments, String... arguments) throws IOException {
        return of(launch(log, jvmArguments, arguments), log);
    }

    /** One whose files cannot grow beyond so many blocks of 512 bytes: what it writes there is written in part, as on a disk that is full. */
    static EmulatorProcess startWithSmallFiles(int blocks, Path log, List<String> jvmArguments, String... arguments)
            throws IOException {
        return of(
                launch(
                        List.of("/bin/sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"),
                        log,
                        jvmArguments,
                        arguments),
                log);
    }

    private static EmulatorProcess of(Process process, Path log) throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the emulator did not start, see " + log);
        }
        return new EmulatorProcess(process, out, new ObjectMapper().readTree(line));
    }

    String url() {
        return ready.get("url").textValue();
    }

    String keyId() {
        return ready.get("applicationKeyId").textValue();
    }

    String key() {
        return ready.get("applicationKey").textValue();
    }

    JsonNode ready() {
        return ready;
    }

    /** Everything it still writes to standard output until it ends. */
    String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    /** Asks it to stop, and returns its exit code. */
    int terminate() throws InterruptedException {
        // Process.destroy would also close the stream that rest() reads.
        process.toHandle().destroy();
        return exitCode();
    }

    /** Kills it without a warning. */
    int kill() throws InterruptedException {
        process.destroyForcibly();
        return exitCode();
    }

    private int exitCode() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the emulator does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
