// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.sync.plan.spool.LineSort;

/**
 * Sorts any number of lines in bounded memory: what is more than some MiB goes to temporary files as sorted runs, which are
 * merged. The files have no name from the moment they are open, so that a process that is killed leaves nothing behind.
 *
 * @see <a href="https://en.wikipedia.org/wiki/External_sorting">External sorting</a>
 */
public final class SortedLines implements LineSort {
    private static final Logger LOG = LoggerFactory.getLogger(SortedLines.class);

    private static final long MEMORY = 8L << 20;
    /** What a line takes in memory beside its characters, in bytes. */
    private static final int OVERHEAD = 64;
    /** So many files are open at a time, at most. */
    private static final int FAN_IN = 64;

    private final long memory;
    private final List<FileChannel> runs = new ArrayList<>();
    private List<String> lines = new ArrayList<>();
    private long used;

    public SortedLines() {
        this(MEMORY);
    }

    SortedLines(long memory) {
        this.memory = memory;
    }

    @Override
    public void add(String line) {
        lines.add(line);
        used += OVERHEAD + 2L * line.length();
        if (used > memory) {
            Collections.sort(lines);
            store(lines.iterator());
            lines = new ArrayList<>();
            used = 0;
            if (runs.size() == FAN_IN) {
                List<FileChannel> merged = List.copyOf(runs);
                runs.clear();
                store(merge(merged, Collections.emptyIterator()));
                merged.forEach(SortedLines::close);
            }
        }
    }

    private void store(Iterator<String> sorted) {
        try {
            Path path = Files.createTempFile("b2-sync-", ".lines");
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            runs.add(file);
            BufferedWriter out = new BufferedWriter(Channels.newWriter(file, StandardCharsets.UTF_8));
            while (sorted.hasNext()) {
                out.write(sorted.next());
                out.newLine();
            }
            out.flush();
            file.position(0);
        } catch (IOException e) {
            throw new UncheckedIOException("the names of this run cannot be kept in a temporary file: " + e, e);
        }
    }

    @Override
    public Iterator<String> sorted() {
        Collections.sort(lines);
        return merge(runs, lines.iterator());
    }

    private record Head(String line, Iterator<String> rest) {}

    private static Iterator<String> merge(List<FileChannel> files, Iterator<String> inMemory) {
        PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::line));
        push(heads, inMemory);
        files.forEach(file -> push(heads, read(file)));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !heads.isEmpty();
            }

            @Override
            public String next() {
                Head first = heads.remove();
                push(heads, first.rest());
                return first.line();
            }
        };
    }

    private static void push(PriorityQueue<Head> heads, Iterator<String> lines) {
        if (lines.hasNext()) {
            heads.add(new Head(lines.next(), lines));
        }
    }

    private static Iterator<String> read(FileChannel file) {
        return new BufferedReader(Channels.newReader(file, StandardCharsets.UTF_8))
                .lines()
                .iterator();
    }

    @Override
    public void close() {
        runs.forEach(SortedLines::close);
        runs.clear();
        lines = new ArrayList<>();
        used = 0;
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("A temporary file of a sync cannot be closed", e);
        }
    }
}
