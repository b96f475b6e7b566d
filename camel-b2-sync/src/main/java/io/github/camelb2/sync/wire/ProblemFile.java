// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.report.ProblemLog;

/**
 * Writes problems to a file, one line of JSON each, as they come; at the end those of plans that went well after all are
 * taken out. Used by one thread at a time.
 */
public final class ProblemFile implements ProblemLog {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemFile.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** As {@link #problem} and {@link #withheld} begin their lines; others write lines with a kind and a reason, too. */
    private static final Pattern OWN =
            Pattern.compile("\\{\"plan\":-?\\d+,\"kind\":\"[A-Z_]+\",\"path\":|\\{\"kind\":\"WITHHELD\",\"stage\":");

    private final Path file;
    /** The numbers of plans that failed and then went well: a bit for each plan. */
    private final BitSet recovered = new BitSet();

    private final List<Withheld> earlier = new ArrayList<>();

    private @Nullable OutputStream out;
    private @Nullable BufferedWriter writer;
    private @Nullable String trouble;

    /**
     * Replaces the file.
     *
     * @throws IllegalArgumentException if it is somebody's, and no report
     */
    public ProblemFile(Path file) {
        this.file = file;
        try {
            OwnFile own = own();
            if (Files.isRegularFile(file)) {
                own.refuseOther();
            }
            readEarlier();
            out = own.open();
            writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        } catch (IOException e) {
            failed(e);
        }
    }

    /** A link to one is one; what is no file at all, as a pipe, has nothing that could be lost. */
    private OwnFile own() throws IOException {
        Path real = Files.isRegularFile(file) ? file.toRealPath() : file;
        return new OwnFile("reportFile", real, "no report of a sync", (there, state) -> {
            String first = there.readLine();
            return first == null || OWN.matcher(first).lookingAt();
        });
    }

    @Override
    public void problem(long planId, Problem problem) {
        write(MAPPER.createObjectNode()
                .put("plan", planId)
                .put("kind", problem.kind().name())
                .put("path", problem.path())
                .put("reason", problem.reason()));
    }

    @Override
    public void recovered(long planId) {
        recovered.set(index(planId));
    }

    private static int index(long planId) {
        return (int) Math.max(0, Math.min(planId, Integer.MAX_VALUE - 1));
    }

    @Override
    public void withheld(Withheld withheld) {
        write(MAPPER.createObjectNode()
                .put("kind", "WITHHELD")
                .put("stage", withheld.stage().name())
                .put("guard", withheld.guard().name())
                .put("names", withheld.names())
                .put("path", withheld.cause())
                .put("since", Instant.ofEpochMilli(withheld.sinceMillis()).toString())
                .put("reason", withheld.reason()));
    }

    @Override
    public long since(Withheld withheld) {
        return earlier.stream()
                .filter(withheld::isOfSameGuard)
                .mapToLong(Withheld::sinceMillis)
                .findFirst()
                .orElse(0);
    }

    /** What the report that is replaced says of removals. */
    private void readEarlier() throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (BufferedReader there = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = there.readLine(); line != null; line = there.readLine()) {
                if (line.contains("\"WITHHELD\"")) {
                    JsonNode json = MAPPER.readTree(line);
                    earlier.add(new Withheld(
                            PathPlan.Stage.valueOf(json.path("stage").asText()),
                            Withheld.Guard.valueOf(json.path("guard").asText()),
                            json.path("names").asLong(),
                            json.path("path").asText(),
                            json.path("reason").asText(),
                            Instant.parse(json.path("since").asText()).toEpochMilli()));
                }
            }
        } catch (JsonProcessingException | CharacterCodingException | IllegalArgumentException | DateTimeException e) {
            // Cut off, or written by another version: nobody knows since when.
            LOG.debug("{} tells nothing of earlier runs", file, e);
        }
    }

    private void write(ObjectNode line) {
        BufferedWriter lines = writer;
        if (lines == null) {
            return;
        }
        try {
            lines.write(line.toString());
            lines.newLine();
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public Optional<String> end() {
        BufferedWriter lines = writer;
        writer = null;
        if (lines != null) {
            try {
                lines.close();
                if (!recovered.isEmpty()) {
                    takeOutRecovered();
                }
            } catch (IOException e) {
                failed(e);
            }
        }
        return Optional.ofNullable(trouble);
    }

    private void takeOutRecovered() throws IOException {
        Path target = file.toRealPath();
        Path rest = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID());
        try {
            try (BufferedReader all = Files.newBufferedReader(file);
                    BufferedWriter left = Files.newBufferedWriter(rest)) {
                for (String line = all.readLine(); line != null; line = all.readLine()) {
                    if (!isOfRecovered(line)) {
                        left.write(line);
                        left.newLine();
                    }
                }
            }
            Files.move(rest, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(rest);
        }
    }

    private boolean isOfRecovered(String line) throws IOException {
        JsonNode problem = MAPPER.readTree(line);
        long plan = problem.path("plan").asLong();
        return plan > 0
                && recovered.get(index(plan))
                && !problem.path("kind").asText().equals(Problem.Kind.SKIPPED.name());
    }

    private void failed(IOException e) {
        writer = null;
        if (out != null) {
            try {
                // What is left in the writer cannot be written, and closing that would only say so again.
                out.close();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            out = null;
        }
        trouble = "reportFile=" + file + " could not be written: " + e;
    }
}
