// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.planfile;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.wire.PlanSigner;

/**
 * Writes a plan, line by line. The file gets its name when it is whole and on the disk; until then it is called {@code
 * ….incomplete}, and an older plan of the name is gone, so that nobody carries out that one for this. Used by one thread.
 */
public final class PlanFileWriter implements AutoCloseable {
    private final Path file;
    private final Path unfinished;
    private final PlanLines lines;
    private final FileChannel channel;
    private final BufferedWriter out;
    /** A plan that is tried a second time is one. */
    private final BitSet written = new BitSet();

    private long plans;

    private PlanFileWriter(Path file, Path unfinished, PlanSigner signer) throws IOException {
        this.file = file;
        this.unfinished = unfinished;
        this.lines = new PlanLines(signer);
        this.channel = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
    }

    /**
     * Begins a file.
     *
     * @throws IllegalArgumentException if there is one of the name that is no plan
     * @throws IOException              if it cannot be written
     */
    public static PlanFileWriter begin(Path planFile, PlanHeader header, PlanSigner signer) throws IOException {
        Path file = planFile.toAbsolutePath();
        Path unfinished = file.resolveSibling(file.getFileName() + ".incomplete");
        for (Path old : new Path[] {file, unfinished}) {
            refuseOther(old);
            Files.deleteIfExists(old);
        }
        PlanFileWriter writer = new PlanFileWriter(file, unfinished, signer);
        writer.line(writer.lines.header(header));
        return writer;
    }

    /** A misspelt name must not cost a file. */
    private static void refuseOther(Path file) throws IOException {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean isPlan = false;
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            try (BufferedReader there = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                String first = there.readLine();
                isPlan = first == null || first.startsWith("{\"planFile\":");
            }
        }
        if (!isPlan) {
            throw new IllegalArgumentException("Option planFile=" + file
                    + " is there and is no plan, so it is not replaced: delete it, or write another name");
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
        out.flush();
        channel.force(true);
        out.close();
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void line(String text) throws IOException {
        out.write(text);
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
