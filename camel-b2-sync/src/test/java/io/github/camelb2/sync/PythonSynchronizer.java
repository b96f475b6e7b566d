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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.B2Emulator;

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

    private final Process process;
    private final Path errors;
    private final BufferedWriter cases;
    private final BufferedReader answers;

    private PythonSynchronizer(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.cases = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it where b2sdk is installed; else the test is skipped, and the build log says so. */
    static PythonSynchronizer startOrSkip(B2Emulator b2, Path directory) throws Exception {
        boolean installed = isInstalled();
        if (!installed) {
            LOG.warn("*** SKIPPED: python3-b2sdk is not installed, so no sync was compared with those of b2sdk ***");
        }
        assumeTrue(installed, "python3-b2sdk is not installed");
        Path script = directory.resolve("differential.py");
        try (var source = PythonSynchronizer.class.getResourceAsStream("/b2sdk/differential.py")) {
            Files.write(script, source.readAllBytes());
        }
        Path errors = directory.resolve("b2sdk.err");
        ProcessBuilder builder = new ProcessBuilder(
                        PYTHON, script.toString(), b2.url(), b2.applicationKeyId(), b2.applicationKey())
                .directory(directory.toFile())
                .redirectError(errors.toFile());
        // A locale of C would keep Python from reading names beyond ASCII.
        builder.environment().put("PYTHONUTF8", "1");
        return new PythonSynchronizer(builder.start(), errors);
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

    /** Syncs once, with the options of a {@code b2-sync:} URI; blocks until b2sdk has done it. */
    Answer sync(String source, String destination, long nowMillis, Map<String, String> options) throws IOException {
        cases.write(JSON.writeValueAsString(
                Map.of("source", source, "destination", destination, "now", nowMillis, "options", options)));
        cases.newLine();
        cases.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new AssertionError("b2sdk broke off: " + Files.readString(errors));
        }
        JsonNode answer = JSON.readTree(line);
        List<Line> lines = new ArrayList<>();
        answer.get("lines")
                .forEach(pair ->
                        lines.add(new Line(pair.get(0).asText(), pair.get(1).asText())));
        return new Answer(answer.get("refusal").textValue(), lines);
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
