// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A program that is not ours, where it is installed. */
public final class Witness {
    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path directory;

    private Witness(List<String> command, Map<String, String> environment, Path directory) {
        this.command = command;
        this.environment = environment;
        this.directory = directory;
    }

    /** b2sdk, by way of a script in the test resources; where it is missing the test is skipped, and the log says so. */
    public static Witness b2sdk(String script, Path directory) throws Exception {
        Path copy = directory.resolve("witness.py");
        try (var source = Witness.class.getResourceAsStream(script)) {
            Files.write(copy, source.readAllBytes());
        }
        // Debian's package belongs to Debian's Python, whatever comes first in the path.
        String python = Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
        return orSkip("python3-b2sdk", List.of(python, "-c", "import b2sdk.v2"), List.of(python, copy.toString()))
                .in(directory, Map.of("PYTHONUTF8", "1"));
    }

    /** rclone with these variables; where it is missing the test is skipped, and the log says so. */
    static Witness rclone(Path directory, Map<String, String> environment) throws Exception {
        return orSkip("rclone", List.of("rclone", "version"), List.of("rclone")).in(directory, environment);
    }

    private static Witness orSkip(String name, List<String> probe, List<String> command) throws InterruptedException {
        boolean installed = isInstalled(probe);
        if (!installed) {
            LOG.warn("*** SKIPPED: {} is not installed, so it has read and written nothing of ours ***", name);
        }
        assumeTrue(installed, name + " is not installed");
        return new Witness(command, Map.of(), Path.of(""));
    }

    private static boolean isInstalled(List<String> probe) throws InterruptedException {
        try {
            return new ProcessBuilder(probe)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private Witness in(Path place, Map<String, String> variables) {
        return new Witness(command, variables, place);
    }

    /** Runs it to its end, which must be a good one, and answers what it printed. */
    public String run(String... arguments) throws Exception {
        return runWith("", arguments);
    }

    /** The same with something to read. */
    String runWith(String input, String... arguments) throws Exception {
        Path in = Files.writeString(Files.createTempFile(directory, "witness", ".in"), input);
        Path out = Files.createTempFile(directory, "witness", ".out");
        Path err = Files.createTempFile(directory, "witness", ".err");
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends", line)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("%s: %s", line, new String(Files.readAllBytes(err), StandardCharsets.UTF_8))
                .isZero();
        return Files.readString(out);
    }
}
