// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.Utf8Order;
import io.github.camelb2.client.model.json.Json;

/**
 * Sorts any number of file versions by the time of their upload, those of one time by name and id, in bounded memory:
 * what does not fit goes to disk as sorted runs, which are merged.
 *
 * <p>First everything is added, then everything is taken; {@link #close} gives the disk back. A version that was added
 * twice is taken once. Not thread-safe.
 *
 * @see <a href="https://en.wikipedia.org/wiki/External_sorting">External sorting</a>
 */
public final class VersionSort implements AutoCloseable {
    /** Holds some 30,000 versions. */
    private static final long MEMORY = 16L << 20;
    /** How many runs are merged at a time: as many open files for each level of merging. */
    private static final int FAN_IN = 64;
    /** What an entry takes in memory beside its JSON and its name, in bytes. */
    private static final int OVERHEAD = 200;

    private static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::time)
            .thenComparing(Entry::name, Utf8Order.INSTANCE)
            .thenComparing(Entry::id);

    private final Path directory;
    private final long memory;
    private final List<List<SortedRun>> levels = new ArrayList<>();
    private List<Entry> inMemory = new ArrayList<>();
    private long used;
    private @Nullable Merge merge;
    private @Nullable Entry taken;

    /** A version, as it lies on the disk. */
    record Entry(long time, String name, String id, byte[] json) {
        static Entry of(FileVersion version) {
            return new Entry(version.uploadTimestamp(), version.fileName(), version.fileId(), Json.write(version));
        }

        static Entry read(byte[] json) throws IOException {
            FileVersion version = Json.read(new ByteArrayInputStream(json), FileVersion.class);
            return new Entry(version.uploadTimestamp(), version.fileName(), version.fileId(), json);
        }

        boolean isSame(@Nullable Entry other) {
            return other != null && id.equals(other.id);
        }
    }

    /** @param directory where the runs go, as a directory that is made when it is needed */
    public VersionSort(Path directory) {
        this(directory, MEMORY);
    }

    VersionSort(Path directory, long memory) {
        this.directory = directory;
        this.memory = memory;
    }

    /**
     * Adds a version.
     *
     * @throws UncheckedIOException if the disk does not take it; the message says what to do
     */
    public void add(FileVersion version) {
        Entry entry = Entry.of(version);
        inMemory.add(entry);
        used += entry.json().length + 2L * entry.name().length() + OVERHEAD;
        if (used > memory) {
            onDisk(() -> store(run(sorted(inMemory).iterator()), 0));
            inMemory = new ArrayList<>();
            used = 0;
        }
    }

    /**
     * The next in order, null behind the last.
     *
     * @throws UncheckedIOException if the disk does not give it back
     */
    public @Nullable FileVersion next() {
        Entry entry = nextEntry();
        while (entry != null && entry.isSame(taken)) {
            entry = nextEntry();
        }
        taken = entry;
        byte[] json = entry == null ? null : entry.json();
        return json == null ? null : onDisk(() -> Json.read(new ByteArrayInputStream(json), FileVersion.class));
    }

    private @Nullable Entry nextEntry() {
        Merge known = merge;
        return onDisk(() -> {
            Merge merging = known == null ? mergeAll() : known;
            merge = merging;
            return merging.next();
        });
    }

    private Merge mergeAll() throws IOException {
        List<Source> sources = new ArrayList<>();
        for (List<SortedRun> level : levels) {
            sources.addAll(level);
        }
        Iterator<Entry> rest = sorted(inMemory).iterator();
        sources.add(() -> rest.hasNext() ? rest.next() : null);
        return new Merge(sources);
    }

    private static List<Entry> sorted(List<Entry> entries) {
        entries.sort(ORDER);
        return entries;
    }

    private SortedRun run(Iterator<Entry> entries) throws IOException {
        return SortedRun.write(directory, () -> entries.hasNext() ? entries.next() : null);
    }

    /** Too many runs of a level become one of the next, so that the open files stay few. */
    private @Nullable Void store(SortedRun run, int level) throws IOException {
        if (levels.size() == level) {
            levels.add(new ArrayList<>());
        }
        List<SortedRun> runs = levels.get(level);
        runs.add(run);
        if (runs.size() == FAN_IN) {
            Merge merging = new Merge(List.copyOf(runs));
            SortedRun merged = SortedRun.write(directory, merging);
            runs.forEach(SortedRun::close);
            runs.clear();
            store(merged, level + 1);
        }
        return null;
    }

    /** Whether anything lies on the disk. */
    boolean isOnDisk() {
        return !levels.isEmpty();
    }

    @Override
    public void close() {
        levels.forEach(level -> level.forEach(SortedRun::close));
        levels.clear();
        inMemory = Collections.emptyList();
    }

    /** Gives entries in order, null behind the last. */
    @FunctionalInterface
    interface Source {
        @Nullable
        Entry next() throws IOException;
    }

    private static final class Merge implements Source {
        private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::entry, ORDER));

        private record Head(Entry entry, Source rest) {}

        Merge(List<? extends Source> sources) throws IOException {
            for (Source source : sources) {
                push(source);
            }
        }

        private void push(Source source) throws IOException {
            Entry entry = source.next();
            if (entry != null) {
                heads.add(new Head(entry, source));
            }
        }

        @Override
        public @Nullable Entry next() throws IOException {
            Head first = heads.poll();
            if (first == null) {
                return null;
            }
            push(first.rest());
            return first.entry();
        }
    }

    @FunctionalInterface
    private interface DiskWork<T> {
        @Nullable
        T run() throws IOException;
    }

    private <T> @Nullable T onDisk(DiskWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "order=uploadTime sorts what a sweep finds in " + directory + ", and that failed: " + e.getMessage()
                            + ". Free room there, or set java.io.tmpdir to a larger disk. Nothing is lost: the next poll"
                            + " begins the sweep again",
                    e);
        }
    }
}
