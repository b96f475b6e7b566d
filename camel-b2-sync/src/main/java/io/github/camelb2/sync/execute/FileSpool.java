package io.github.camelb2.sync.execute;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.sync.plan.PathPlan;
import io.github.camelb2.sync.plan.PlanSpool;

/** Keeps the first plans on the heap and the others in a temporary file, one line of JSON each. */
final class FileSpool implements PlanSpool {
    private static final Logger LOG = LoggerFactory.getLogger(FileSpool.class);
    private static final int MAX_ON_HEAP = 1_000;

    private final Queue<PathPlan> onHeap = new ArrayDeque<>();
    private @Nullable Path file;
    private @Nullable BufferedWriter writer;
    private @Nullable BufferedReader reader;

    @Override
    public void add(PathPlan plan) {
        if (file == null && onHeap.size() < MAX_ON_HEAP) {
            onHeap.add(plan);
            return;
        }
        try {
            BufferedWriter out = writer();
            out.write(PathPlanJson.write(plan));
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException("the deletes of this run cannot be kept in " + file + ": " + e, e);
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
        closeQuietly(writer);
        closeQuietly(reader);
        writer = null;
        reader = null;
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("The temporary file {} cannot be deleted: {}", file, e.toString());
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
            throw new UncheckedIOException("the deletes of this run cannot be read back from " + file + ": " + e, e);
        }
    }

    private BufferedWriter writer() throws IOException {
        if (writer == null) {
            file = Files.createTempFile("b2-sync-", ".plans");
            writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        }
        return writer;
    }

    private @Nullable BufferedReader reader() throws IOException {
        if (reader == null && file != null) {
            if (writer != null) {
                writer.close();
                writer = null;
            }
            reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        }
        return reader;
    }

    private static void closeQuietly(@Nullable Closeable stream) {
        if (stream == null) {
            return;
        }
        try {
            stream.close();
        } catch (IOException e) {
            // The file is deleted next: what could not be flushed is not missed.
            LOG.debug("A spool file was not closed cleanly", e);
        }
    }
}
