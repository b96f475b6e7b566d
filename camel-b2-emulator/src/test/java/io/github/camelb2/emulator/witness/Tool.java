// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.witness;

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

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Somebody else's program, run against the emulator if it is installed. */
final class Tool {

    /** Its warnings reach the build log even where the output of tests goes to files. */
    private static final Logger LOG = LoggerFactory.getLogger("witness");

    private final List<String> command;
    private final Map<String, String> environment;

    private Tool(List<String> command, Map<String, String> environment) {
        this.command = command;
        this.environment = environment;
    }

    /** What a run printed and how it ended. */
    record Result(int status, String out, String err) {

        String success() {
            if (status != 0) {
                throw new AssertionError("exit code " + status + "\n" + out + "\n" + err);
            }
            return out;
        }
    }

    /** The program if a probe of it succeeds; else the test is skipped, and the build log says so. */
    static Tool orSkip(String name, List<String> command, List<String> probe, Map<String, String> environment)
            throws IOException, InterruptedException {
        boolean works;
        try {
            works = new Tool(command, environment)
                            .run(probe.toArray(String[]::new))
                            .status()
                    == 0;
        } catch (IOException e) {
            works = false;
        }
        if (!works) {
            LOG.warn("SKIPPED: {} is not installed, so it was not tried against the emulator", name);
        }
        assumeTrue(works, name + " is not installed");
        return new Tool(command, environment);
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return run(new byte[0], arguments);
    }

    Result run(byte[] input, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        // A directory of its own: Python looks for modules where it is started.
        Path home = Files.createTempDirectory("tool");
        Path in = Files.createFile(home.resolve("in"));
        Path out = Files.createFile(home.resolve("out"));
        Path err = Files.createFile(home.resolve("err"));
        try {
            Files.write(in, input);
            ProcessBuilder builder = new ProcessBuilder(all)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .directory(home.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(all + " does not end\n" + Files.readString(err));
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.ISO_8859_1),
                    Files.readString(err, StandardCharsets.ISO_8859_1));
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(err);
            Files.delete(home);
        }
    }
}
