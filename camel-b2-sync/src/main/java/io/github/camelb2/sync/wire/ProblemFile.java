package io.github.camelb2.sync.wire;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.Problem;
import io.github.camelb2.sync.plan.Withheld;
import io.github.camelb2.sync.report.ProblemLog;

/** Writes problems to a file, one line of JSON each. Used by one thread at a time. */
public final class ProblemFile implements ProblemLog {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path file;
    private @Nullable BufferedWriter writer;
    private @Nullable String trouble;

    /** Replaces the file. */
    public ProblemFile(Path file) {
        this.file = file;
        try {
            writer = Files.newBufferedWriter(file);
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void problem(Problem problem) {
        write(MAPPER.createObjectNode()
                .put("kind", problem.kind().name())
                .put("path", problem.path())
                .put("reason", problem.reason()));
    }

    @Override
    public void withheld(Withheld withheld) {
        write(MAPPER.createObjectNode()
                .put("kind", "WITHHELD")
                .put("stage", withheld.stage().name())
                .put("guard", withheld.guard().name())
                .put("names", withheld.names())
                .put("path", withheld.cause())
                .put("reason", withheld.reason()));
    }

    private void write(ObjectNode line) {
        BufferedWriter out = writer;
        if (out == null) {
            return;
        }
        try {
            out.write(line.toString());
            out.newLine();
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public Optional<String> end() {
        BufferedWriter out = writer;
        writer = null;
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                failed(e);
            }
        }
        return Optional.ofNullable(trouble);
    }

    private void failed(IOException e) {
        trouble = "reportFile=" + file + " could not be written: " + e;
    }
}
