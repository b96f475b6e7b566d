// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.json.Json;

/**
 * A file that comes into being. Its state is guarded by the {@link Stream} it belongs to; the name, the large file and its
 * parts are changed by the one thread that stores it, which is told so by {@link #isBusy}.
 */
final class Batch {
    private static final byte[] NOTHING = new byte[0];
    private static final byte REPEATED = 1;

    private final Journal journal;
    private final Manifest manifest;
    private final byte[] separator;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<PartNote> parts = new ArrayList<>();
    private final Map<String, Long> positions = new HashMap<>();
    private long messages;
    private long repeated;
    private long bytes;
    private long dataEnd;
    private long unsent;
    private boolean sealed;
    private boolean sent;
    private boolean busy;
    private boolean done;

    /** In a row, and since when it is tried; only the thread that stores it knows. */
    private int failures;

    private @Nullable Long firstTried;

    /** Only the thread of {@link GroupCommit} knows. */
    private boolean nameForced;

    private @Nullable String name;
    private @Nullable String largeFile;
    private @Nullable FileVersion stored;

    /** Not before so many bytes wait does the storing thread look again for a whole part. */
    private long worthwhile;

    private Batch(Journal journal, Manifest manifest) {
        this.journal = journal;
        this.manifest = manifest;
        this.separator = HexFormat.of().parseHex(manifest.separator());
        this.dataEnd = journal.end();
    }

    /** An exchange that is done when what is in front of the position is safe. */
    record Waiting(long position, Waiter waiter) {}

    static Batch create(Path path, Manifest manifest) throws IOException {
        Journal journal = Journal.create(path);
        try {
            journal.append(Journal.MANIFEST, NOTHING, Json.write(manifest));
            return new Batch(journal, manifest);
        } catch (IOException e) {
            journal.delete();
            throw e;
        }
    }

    /** What was found in the spool; null where it has not even a manifest, so that no message was in it. */
    record Found(@Nullable Batch batch, Journal.Opened opened) {}

    static Found open(Path path) throws IOException {
        Replay replay = new Replay();
        Journal.Opened opened = Journal.open(path, replay::read);
        if (replay.manifest == null) {
            return new Found(null, opened);
        }
        Batch batch = new Batch(opened.journal(), replay.manifest);
        for (Replay.Step step : replay.steps) {
            step.apply(batch);
        }
        batch.positions.putAll(replay.positions);
        batch.messages = replay.messages;
        batch.repeated = replay.repeated;
        batch.bytes = replay.bytes + replay.messages * batch.separator.length;
        batch.dataEnd = replay.dataEnd;
        batch.unsent = Math.max(0, batch.dataEnd - batch.storedTo());
        return new Found(batch, opened);
    }

    /** What a journal says; messages are counted, not kept. */
    private static final class Replay {
        private final List<Step> steps = new ArrayList<>();
        private final Map<String, Long> positions = new HashMap<>();
        private @Nullable Manifest manifest;
        private long messages;
        private long repeated;
        private long bytes;
        private long dataEnd;

        interface Step {
            void apply(Batch batch);
        }

        void read(byte kind, ByteBuffer content, long next) throws IOException {
            switch (kind) {
                case Journal.MANIFEST -> {
                    manifest = json(content, Manifest.class);
                    dataEnd = next;
                }
                case Journal.MESSAGE -> {
                    messages++;
                    repeated += content.get() & REPEATED;
                    bytes += content.remaining();
                    dataEnd = next;
                }
                case Journal.SEALED -> steps.add(batch -> batch.sealed = true);
                case Journal.SENT ->
                    steps.add(batch -> {
                        // Also where the disk was full for the record that says so: what B2 may have gets no more
                        // messages.
                        batch.sealed = true;
                        batch.sent = true;
                    });
                case Journal.NAME -> {
                    String text = text(content);
                    steps.add(batch -> batch.name = text);
                }
                case Journal.LARGE_FILE -> {
                    String text = text(content);
                    steps.add(batch -> {
                        batch.largeFile = text.isEmpty() ? null : text;
                        batch.parts.clear();
                    });
                }
                case Journal.PART -> {
                    PartNote part = json(content, PartNote.class);
                    steps.add(batch -> batch.parts.add(part));
                }
                case Journal.STORED -> {
                    FileVersion version = json(content, FileVersion.class);
                    steps.add(batch -> batch.stored = version);
                }
                case Journal.POSITION -> {
                    Positions.Position position = json(content, Positions.Position.class);
                    positions.merge(position.source(), position.number(), Math::max);
                }
                default ->
                    throw new IOException("a record of the kind " + (char) kind
                            + ", which this version does not know: a newer version wrote it");
            }
        }

        private static String text(ByteBuffer content) {
            return StandardCharsets.UTF_8.decode(content).toString();
        }

        private static <T> T json(ByteBuffer content, Class<T> type) throws IOException {
            return Json.read(new java.io.ByteArrayInputStream(content.array()), type);
        }
    }

    /** Appends a message; answers the position that has to be safe for it. */
    long add(byte[] content, boolean isRepeated, Positions.@Nullable Position position) throws IOException {
        if (position != null) {
            // In front of it: a message that may be there is taken for one that is, should it come again.
            journal.append(Journal.POSITION, NOTHING, Json.write(position));
            positions.merge(position.source(), position.number(), Math::max);
        }
        dataEnd = journal.append(Journal.MESSAGE, new byte[] {isRepeated ? REPEATED : 0}, content);
        messages++;
        repeated += isRepeated ? 1 : 0;
        bytes += content.length + separator.length;
        unsent += content.length + separator.length;
        return dataEnd;
    }

    void await(long position, Waiter waiter) {
        waiting.add(new Waiting(position, waiter));
    }

    /** Takes out who waits for what is in front of that position. */
    List<Waiter> takeWaiting(long position) {
        List<Waiter> taken = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peek().position() <= position) {
            taken.add(waiting.remove().waiter());
        }
        return taken;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    void seal() throws IOException {
        if (!sealed) {
            // Also where it cannot be written: what is in a batch is stored, a later process seals what it finds open.
            sealed = true;
            try {
                journal.append(Journal.SEALED, NOTHING, NOTHING);
            } finally {
                journal.holdNoLonger();
            }
        }
    }

    void named(String chosen) throws IOException {
        journal.append(Journal.NAME, chosen);
        name = chosen;
    }

    void sends() throws IOException {
        if (!sent) {
            journal.append(Journal.SENT, NOTHING, NOTHING);
            sent = true;
        }
    }

    void startedAs(String fileId) throws IOException {
        journal.append(Journal.LARGE_FILE, fileId);
        largeFile = fileId.isEmpty() ? null : fileId;
        parts.clear();
        unsent = bytes;
        worthwhile = 0;
    }

    /** Its large file comes to nothing: no part of it is stored any more. */
    void forgetLargeFile() throws IOException {
        startedAs("");
    }

    /** B2 has the file, and whoever is to be told could not be. */
    void stored(FileVersion version) throws IOException {
        journal.append(Journal.STORED, NOTHING, Json.write(version));
        stored = version;
    }

    void stored(PartNote part) throws IOException {
        journal.append(Journal.PART, NOTHING, Json.write(part));
        parts.add(part);
        worthwhile = 0;
    }

    /** Leaves out messages that nobody was told of: all behind the last part. */
    void cutToParts() throws IOException {
        long end = storedTo();
        long[] counts = new long[2];
        try (RecordInput input = Journal.read(journal.path(), 0)) {
            while (input.position() < end && input.next() == RecordInput.Found.RECORD) {
                if (input.kind() == Journal.MESSAGE) {
                    counts[0]++;
                    counts[1] += input.content().get() & REPEATED;
                }
            }
        }
        messages = counts[0];
        repeated = counts[1];
        dataEnd = end;
        unsent = 0;
        sealed = true;
    }

    /** The journal's position behind the last message that B2 has; 0 for none. */
    long storedTo() {
        return parts.isEmpty() ? 0 : parts.get(parts.size() - 1).to();
    }

    Journal journal() {
        return journal;
    }

    Manifest manifest() {
        return manifest;
    }

    byte[] separator() {
        return separator;
    }

    long messages() {
        return messages;
    }

    long repeated() {
        return repeated;
    }

    /** Before compression, with separators. */
    long bytes() {
        return bytes;
    }

    long dataEnd() {
        return dataEnd;
    }

    /** About how many bytes no part has. */
    long unsent() {
        return unsent;
    }

    /** A part up to that position is stored, with so many bytes behind it. */
    void unsent(long left) {
        unsent = left;
    }

    long worthwhile() {
        return worthwhile;
    }

    void worthwhile(long from) {
        worthwhile = from;
    }

    boolean isSealed() {
        return sealed;
    }

    boolean isSent() {
        return sent;
    }

    boolean isBusy() {
        return busy;
    }

    void busy(boolean isBusy) {
        busy = isBusy;
    }

    void tried() {
        firstTried = firstTried == null ? System.nanoTime() : firstTried;
    }

    /** For how long it is tried without success. */
    long nanosTried() {
        return firstTried == null ? 0 : System.nanoTime() - firstTried;
    }

    /** The work on it went well. */
    void succeeded() {
        failures = 0;
        firstTried = null;
    }

    /** It did not; answers how often in a row before. */
    int failed() {
        return failures++;
    }

    boolean isNameForced() {
        return nameForced;
    }

    void nameForced() {
        nameForced = true;
    }

    boolean isDone() {
        return done;
    }

    void done() {
        done = true;
    }

    @Nullable
    String name() {
        return name;
    }

    /** The file, where B2 has it and nobody was told. */
    @Nullable
    FileVersion stored() {
        return stored;
    }

    @Nullable
    String largeFile() {
        return largeFile;
    }

    /** How far each source was read into it. */
    Map<String, Long> positions() {
        return positions;
    }

    List<PartNote> parts() {
        return parts;
    }
}
