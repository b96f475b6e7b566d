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
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.spool.PlanSpool;

/**
 * Keeps the first plans on the heap and the others in a temporary file, one line of JSON each.
 *
 * <p>The file has no name from the moment it is open (on Windows: is deleted with its last handle), so that a process
 * that is killed leaves nothing behind.
 */
public final class FileSpool implements PlanSpool {
    private static final Logger LOG = LoggerFactory.getLogger(FileSpool.class);
    /** Actions, of however many plans: one name may have thousands of versions. */
    private static final int MAX_ON_HEAP = 2_000;

    private final Queue<PathPlan> onHeap = new ArrayDeque<>();
    private int actionsOnHeap;
    private @Nullable FileChannel file;
    private @Nullable BufferedWriter writer;
    private @Nullable BufferedReader reader;

    @Override
    public void add(PathPlan plan) {
        if (file == null && actionsOnHeap + plan.actions().size() <= MAX_ON_HEAP) {
            onHeap.add(plan);
            actionsOnHeap += plan.actions().size();
            return;
        }
        try {
            BufferedWriter out = writer();
            out.write(PathPlanJson.write(plan));
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException("the deletes of this run cannot be kept in a temporary file: " + e, e);
        }
    }

    @Override
    public Iterator<PathPlan> drain() {
        return new Iterator<>() {
            private @Nullable PathPlan next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    next = take();
                }
                return next != null;
            }

            @Override
            public PathPlan next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                PathPlan plan = Objects.requireNonNull(next);
                next = null;
                return plan;
            }
        };
    }

    @Override
    public void close() {
        onHeap.clear();
        writer = null;
        reader = null;
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("A temporary file of a sync cannot be closed", e);
            }
            file = null;
        }
    }

    private @Nullable PathPlan take() {
        PathPlan early = onHeap.poll();
        if (early != null) {
            return early;
        }
        try {
            BufferedReader in = reader();
            String line = in == null ? null : in.readLine();
            return line == null ? null : PathPlanJson.read(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the deletes of this run cannot be read back: " + e, e);
        }
    }

    private BufferedWriter writer() throws IOException {
        if (writer == null) {
            Path path = Files.createTempFile("b2-sync-", ".plans");
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            writer = new BufferedWriter(Channels.newWriter(file, StandardCharsets.UTF_8));
        }
        return writer;
    }

    private @Nullable BufferedReader reader() throws IOException {
        if (reader == null && file != null) {
            if (writer != null) {
                writer.flush();
            }
            file.position(0);
            reader = new BufferedReader(Channels.newReader(file, StandardCharsets.UTF_8));
        }
        return reader;
    }
}
