// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.B2Emulator;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** b2sdk's own Synchronizer in a Python process that lives as long as this object and takes many cases. */
final class PythonSynchronizer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PythonSynchronizer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Debian's package belongs to Debian's Python, whatever comes first in the path. */
    private static final String PYTHON = Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

    /** One line, with the path it is about. */
    record Line(String path, String text) {}

    /**
     * What b2sdk did.
     *
     * @param refusal why it found the destination of a file newer; null if it found none newer
     * @param lines   what it printed, in order
     */
    record Answer(@Nullable String refusal, List<Line> lines) {}

    /** b2sdk itself came to grief, in the middle of a case or before it: nothing can be compared with what it left. */
    static final class ToolFailure extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean hasAnswered;

        ToolFailure(String message, boolean hasAnswered) {
            super(message);
            this.hasAnswered = hasAnswered;
        }

        /** Whether it said why, and lives. */
        boolean hasAnswered() {
            return hasAnswered;
        }
    }

    private final B2Emulator b2;
    private final Path directory;
    private final Path errors;
    private Process process;
    private BufferedWriter cases;
    private BufferedReader answers;

    /** Throws {@link ToolFailure} if it cannot log in. */
    private PythonSynchronizer(B2Emulator b2, Path directory) throws IOException, ToolFailure {
        this.b2 = b2;
        this.directory = directory;
        this.errors = directory.resolve("b2sdk.err");
        start();
    }

    /** Starts it where b2sdk is installed; else the test is skipped, and the build log says so. */
    static PythonSynchronizer startOrSkip(B2Emulator b2, Path directory) throws Exception {
        boolean installed = isInstalled();
        if (!installed) {
            LOG.warn("*** SKIPPED: python3-b2sdk is not installed, so no sync was compared with those of b2sdk ***");
        }
        assumeTrue(installed, "python3-b2sdk is not installed");
        try (var source = PythonSynchronizer.class.getResourceAsStream("/b2sdk/differential.py")) {
            Files.write(directory.resolve("differential.py"), source.readAllBytes());
        }
        try {
            return new PythonSynchronizer(b2, directory);
        } catch (ToolFailure first) {
            LOG.warn("*** b2sdk could not be started, and is started again ***", first);
            try {
                return new PythonSynchronizer(b2, directory);
            } catch (ToolFailure second) {
                LOG.warn("*** SKIPPED: b2sdk cannot be started, so no sync was compared with its own ***", second);
                return abort("b2sdk cannot be started: " + second.getMessage());
            }
        }
    }

    private void start() throws IOException, ToolFailure {
        ProcessBuilder builder = new ProcessBuilder(
                        PYTHON, "differential.py", b2.url(), b2.applicationKeyId(), b2.applicationKey())
                .directory(directory.toFile())
                .redirectError(errors.toFile());
        // A locale of C would keep Python from reading names beyond ASCII.
        builder.environment().put("PYTHONUTF8", "1");
        // The emulator is on this machine, whatever proxy leads out of it.
        builder.environment().put("NO_PROXY", "*");
        builder.environment().put("no_proxy", "*");
        process = builder.start();
        cases = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
        answer();
    }

    /** Starts anew what has failed. */
    void restart() throws IOException, ToolFailure {
        close();
        start();
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import b2sdk.v2")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noPython) {
            return false;
        }
    }

    /**
     * Syncs once, with the options of a {@code b2-sync:} URI; blocks until b2sdk has done it.
     *
     * @throws ToolFailure if b2sdk threw something, or its process has ended; the message has what it wrote
     */
    Answer sync(String source, String destination, long nowMillis, Map<String, String> options)
            throws IOException, ToolFailure {
        String question = JSON.writeValueAsString(
                Map.of("source", source, "destination", destination, "now", nowMillis, "options", options));
        try {
            cases.write(question);
            cases.newLine();
            cases.flush();
        } catch (IOException broken) {
            throw gone(broken.toString());
        }
        JsonNode answer = answer();
        List<Line> lines = new ArrayList<>();
        answer.get("lines")
                .forEach(pair ->
                        lines.add(new Line(pair.get(0).asText(), pair.get(1).asText())));
        return new Answer(answer.get("refusal").textValue(), lines);
    }

    private JsonNode answer() throws IOException, ToolFailure {
        String line;
        try {
            line = answers.readLine();
        } catch (IOException broken) {
            throw gone(broken.toString());
        }
        if (line == null) {
            throw gone("no answer");
        }
        JsonNode answer = JSON.readTree(line);
        if (answer.has("error")) {
            throw new ToolFailure("b2sdk threw: " + answer.get("error").asText(), true);
        }
        return answer;
    }

    private ToolFailure gone(String how) throws IOException {
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        String message = "the process of b2sdk broke off (" + how + "), exit code " + process.exitValue() + ": "
                + Files.readString(errors);
        return new ToolFailure(message, false);
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
