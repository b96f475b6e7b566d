// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.planfile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.wire.PlanSigner;

/**
 * A plan file that was read once to its end, with every signature checked, before anything is taken from it; when it is
 * read again, each line is checked again before it is given out. Used by one thread.
 */
public final class PlanFile implements AutoCloseable {
    /** No line is longer: a name of 1,024 bytes and 10,000 versions of it take less. */
    private static final int LONGEST_LINE = 32 << 20;

    private final Path file;
    private final PlanSigner signer;
    private final FileChannel channel;
    private final PlanHeader header;
    private final long plans;
    private final List<Withheld> withheld;

    private PlanFile(Path file, PlanSigner signer, FileChannel channel) throws IOException {
        this.file = file;
        this.signer = signer;
        this.channel = channel;
        Lines lines = new Lines();
        this.header = lines.header();
        while (lines.hasNext()) {
            lines.next();
        }
        this.plans = lines.given;
        this.withheld = lines.withheld;
    }

    /**
     * Reads and checks a file.
     *
     * @throws IllegalArgumentException if it is not whole, or not what was signed with that key
     * @throws IOException              if it cannot be read
     */
    public static PlanFile open(Path file, PlanSigner signer) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "Option planFile=" + file + " is not there: write it with mode=plan&planFile=" + file, e);
        }
        try {
            return new PlanFile(file, signer, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What it was made for. */
    public PlanHeader header() {
        return header;
    }

    /** How many lines it has between header and end. */
    public long plans() {
        return plans;
    }

    /** The removals that a guard of the planning kept back. */
    public List<Withheld> withheld() {
        return withheld;
    }

    /**
     * Reads it from its beginning.
     *
     * @throws IllegalArgumentException if it is not the same any more, also from the iterator
     */
    public Iterator<PlannedPath> read() throws IOException {
        Lines lines = new Lines();
        lines.header();
        return lines;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Lines implements Iterator<PlannedPath> {
        private final BufferedReader in;
        private final PlanLines chain = new PlanLines(signer);
        private long number;
        private long given;
        private @Nullable PlannedPath next;
        private List<Withheld> withheld = List.of();
        private boolean isEnded;

        Lines() throws IOException {
            channel.position(0);
            in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        }

        PlanHeader header() throws IOException {
            return PlanLines.header(line());
        }

        private JsonNode line() throws IOException {
            number++;
            StringBuilder text = new StringBuilder();
            int read = in.read();
            for (; read >= 0 && read != '\n'; read = in.read()) {
                text.append((char) read);
                if (text.length() > LONGEST_LINE) {
                    throw new IllegalArgumentException("line " + number + " of " + file + " has no end: it is no plan");
                }
            }
            if (read < 0) {
                throw new IllegalArgumentException("the plan " + file + " is not whole: it ends with line "
                        + (number - 1) + " and has no totals; nothing is carried out");
            }
            return chain.read(text.toString(), number);
        }

        @Override
        public boolean hasNext() {
            if (next == null && !isEnded) {
                try {
                    JsonNode line = line();
                    if (PlanLines.isEnd(line)) {
                        isEnded = true;
                        withheld = PlanLines.withheld(line);
                        if (in.read() >= 0) {
                            throw new IllegalArgumentException("the plan " + file + " goes on behind its end");
                        }
                    } else {
                        next = PlanLines.path(line);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException("the plan " + file + " cannot be read: " + e, e);
                }
            }
            return next != null;
        }

        @Override
        public PlannedPath next() {
            PlannedPath found = hasNext() ? next : null;
            if (found == null) {
                throw new NoSuchElementException();
            }
            next = null;
            given++;
            return found;
        }
    }
}
