// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.planfile;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.regex.Pattern;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.wire.OwnFile;
import io.github.camelb2.sync.wire.PlanSigner;

/**
 * Writes a plan, line by line. The file gets its name when it is whole and on the disk; until then it is called {@code
 * ….incomplete}, and an older plan of the name is gone, so that nobody carries out that one for this. Used by one thread.
 */
public final class PlanFileWriter implements AutoCloseable {
    private static final String END = ".*\"mac\":\"[^\"]*\"\\}";
    private static final Pattern FIRST = Pattern.compile(
            "\\{\"planFile\":\\d+,\"runId\":" + OwnFile.TEXT + ",\"name\":" + OwnFile.TEXT + END, Pattern.DOTALL);
    private static final Pattern OTHERS = Pattern.compile("\\{\"(?:plan|end)\":" + END, Pattern.DOTALL);

    private final OwnFile file;
    private final OwnFile.Held held;
    private final PlanLines lines;
    private final BufferedWriter out;
    /** A plan that is tried a second time is one. */
    private final BitSet written = new BitSet();

    private long plans;

    private PlanFileWriter(OwnFile file, OwnFile.Held held, PlanSigner signer) throws IOException {
        this.file = file;
        this.held = held;
        this.lines = new PlanLines(signer);
        Files.deleteIfExists(file.file());
        Files.deleteIfExists(file.unfinished());
        this.out = Files.newBufferedWriter(
                file.unfinished(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Begins a file.
     *
     * @throws IllegalArgumentException if there is one of the name that is no plan
     * @throws IOException              if it cannot be written
     */
    public static PlanFileWriter begin(Path planFile, PlanHeader header, PlanSigner signer) throws IOException {
        OwnFile file = new OwnFile("planFile", planFile, "no plan", OwnFile.Kind.ofLines(FIRST, OTHERS));
        OwnFile.Held held = file.hold();
        boolean isBegun = false;
        try {
            PlanFileWriter writer = new PlanFileWriter(file, held, signer);
            writer.line(writer.lines.header(header));
            isBegun = true;
            return writer;
        } finally {
            if (!isBegun) {
                held.close();
            }
        }
    }

    /**
     * Writes what is planned for a path, or why nothing is.
     *
     * @param mark see {@link PlannedPath}
     */
    public void write(PathPlan plan, String mark) throws IOException {
        boolean isEmpty = plan.actions().isEmpty() && plan.problems().isEmpty();
        int number = (int) Math.min(plan.planId(), Integer.MAX_VALUE - 1);
        if (isEmpty || (!plan.actions().isEmpty() && written.get(number))) {
            return;
        }
        if (!plan.actions().isEmpty()) {
            written.set(number);
        }
        line(lines.path(new PlannedPath(plan, mark)));
        plans++;
    }

    /** Writes the end, and gives the file its name. */
    public void finish(SyncReport report) throws IOException {
        line(lines.end(report, plans));
        out.close();
        file.replace();
    }

    private void line(String text) throws IOException {
        out.write(text);
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            held.close();
        }
    }
}
