// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.json.Json;

/**
 * Reads the {@link Journal} that an earlier process left. Its first line is the {@link JournalHead}, every other one a record with its {@link
 * Seal}; journals of earlier builds have neither, and are read as they are.
 */
public final class JournalReader {

    private static final int BUFFER_SIZE = 64 * 1024;

    private final Path file;

    public JournalReader(Path file) {
        this.file = file;
    }

    /** What a reader does with a record. */
    @FunctionalInterface
    public interface Reader {
        void read(JsonNode entry, long serial);
    }

    /** What a reader does with lines that are no records, or not the ones that belong there. */
    @FunctionalInterface
    public interface Damage {
        void at(long line, String problem) throws IOException;
    }

    /**
     * How far the journal could be read.
     *
     * @param sealed whether its records have seals
     * @param position the end of the last whole record; 0 if not even the first line is whole
     * @param promised the number of the last record that was written to its end, as the journal itself says
     * @param tail what stands behind the last whole record: the beginning of one that was cut, usually empty
     * @param mark the record that was asked for
     */
    public record Extent(boolean sealed, Journal.Position position, long promised, byte[] tail, Optional<Mark> mark) {}

    /**
     * A record in the journal.
     *
     * @param sum its checksum
     * @param end the place behind it
     */
    public record Mark(int sum, long end) {}

    /** Compares all lines with their seals and numbers, and says where the record with the number {@code marked} is. */
    public Extent check(long marked, Damage damage) throws IOException {
        Check check = new Check(marked, damage);
        byte[] tail = scan(0, check);
        Journal.Position position = new Journal.Position(check.head.first(), check.last, check.sum, check.length);
        return new Extent(check.sealed, position, check.head.last(), tail, check.mark);
    }

    /** Reads the records from a place on, which is the end of one, or the beginning of the file; the lines have been checked. */
    public void replay(long from, Reader reader, Damage damage) throws IOException {
        scan(from, (buffer, offset, length, line, place) -> {
            if (!(place == 0 && JournalHead.isHead(buffer, offset, length))) {
                read(buffer, offset, length, line, reader, damage);
            }
        });
    }

    private static void read(byte[] buffer, int offset, int length, long line, Reader reader, Damage damage)
            throws IOException {
        try {
            Seal seal = Seal.find(buffer, offset, length);
            JsonNode entry = seal == null ? Json.read(buffer, offset, length) : Seal.open(buffer, offset, seal);
            if (!entry.isObject() || !entry.path("t").isTextual()) {
                damage.at(line, "no record");
                return;
            }
            reader.read(entry, seal == null ? -1 : seal.serial());
        } catch (JsonProcessingException | RuntimeException e) {
            damage.at(line, String.valueOf(e.getMessage()));
        }
    }

    /**
     * What could be read of a damaged journal.
     *
     * @param last the number of the last change that it is known to have had; 0 if it says nothing
     * @param lost how many records are known to be missing
     */
    public record Salvaged(long last, long lost) {}

    /** Reads every record that is whole, in their order, whatever is around them; those up to the number {@code after} are passed over. */
    public Salvaged salvage(long after, Reader reader, Damage damage) throws IOException {
        Salvage salvage = new Salvage(damage);
        byte[] tail = scan(0, salvage);
        if (!salvage.sealed) {
            replay(0, reader, damage);
            return new Salvaged(0, 0);
        }
        salvage.line(tail, 0, tail.length, salvage.lines + 1, salvage.end);
        List<Salvage.Found> found = salvage.inOrder();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (Salvage.Found record : found) {
                if (record.serial() > after) {
                    ByteBuffer bytes = ByteBuffer.allocate(record.length());
                    while (bytes.hasRemaining() && channel.read(bytes, record.place() + bytes.position()) >= 0) {
                        // A record may take several reads.
                    }
                    read(bytes.array(), 0, record.length(), record.line(), reader, damage);
                }
            }
        }
        return salvage.result(found);
    }

    /** The first record, whatever follows it; an empty object if it is damaged, nothing if there is none. */
    public Optional<JsonNode> first() throws IOException {
        List<JsonNode> first = new ArrayList<>();
        try {
            scan(0, (buffer, offset, length, line, place) -> {
                if (!(place == 0 && JournalHead.isHead(buffer, offset, length))) {
                    first.add(record(buffer, offset, length, line));
                    throw new Enough();
                }
            });
        } catch (Enough e) {
            return first.stream().findFirst();
        }
        return Optional.empty();
    }

    private static JsonNode record(byte[] buffer, int offset, int length, long line) throws IOException {
        Seal seal = Seal.find(buffer, offset, length);
        boolean whole = seal == null ? line == 1 : seal.isWhole();
        try {
            return Json.read(buffer, whole ? offset : 0, whole ? length : 0);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /** Ends a scan. */
    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** What is done with a line, which begins at a place of the file. */
    @FunctionalInterface
    private interface Lines {
        void line(byte[] buffer, int offset, int length, long line, long place) throws IOException;
    }

    /** Returns what stands behind the last line. */
    private byte[] scan(long from, Lines lines) throws IOException {
        if (!Files.exists(file)) {
            return new byte[0];
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(from);
            return scan(Channels.newInputStream(channel), from, lines);
        }
    }

    private static byte[] scan(InputStream in, long from, Lines lines) throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        int begin = 0;
        int end = 0;
        long place = from;
        long line = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer, end, buffer.length - end)) {
            int searched = end;
            end += read;
            for (int newline = find(buffer, searched, end); newline >= 0; newline = find(buffer, begin, end)) {
                line++;
                lines.line(buffer, begin, newline - begin, line, place);
                place += newline + 1 - begin;
                begin = newline + 1;
            }
            // What is left is the beginning of a line: it moves to the front, and a long one gets more room.
            byte[] target = end - begin > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, begin, target, 0, end - begin);
            buffer = target;
            end -= begin;
            begin = 0;
        }
        return Arrays.copyOf(buffer, end);
    }

    private static int find(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static final class Check implements Lines {

        private final long marked;
        private final Damage damage;
        private boolean sealed = true;
        private JournalHead head = JournalHead.EMPTY;
        private long last;
        private int sum;
        private long length;
        private Optional<Mark> mark = Optional.empty();

        Check(long marked, Damage damage) {
            this.marked = marked;
            this.damage = damage;
        }

        @Override
        public void line(byte[] buffer, int offset, int count, long line, long place) throws IOException {
            length = place + count + 1;
            if (place == 0) {
                sealed = JournalHead.isHead(buffer, offset, count);
                if (sealed) {
                    begin(JournalHead.read(buffer, offset, count), line);
                    return;
                }
            }
            Seal seal = Seal.find(buffer, offset, count);
            String problem = sealed ? problem(seal) : seal == null ? "" : "what was before it is missing";
            if (!problem.isEmpty()) {
                damage.at(line, problem);
            } else if (sealed && seal != null) {
                last = seal.serial();
                sum = seal.sum();
                if (last == marked) {
                    mark = Optional.of(new Mark(seal.sum(), length));
                }
            }
        }

        private void begin(@Nullable JournalHead read, long line) throws IOException {
            if (read == null) {
                damage.at(line, "its checksum is wrong");
            } else {
                head = read;
                last = head.first() - 1;
            }
        }

        private String problem(@Nullable Seal seal) {
            if (seal == null || !seal.isWhole()) {
                return "its checksum is " + (seal == null ? "missing" : "wrong");
            }
            long expected = last + 1;
            return seal.serial() == expected ? "" : "it is change " + seal.serial() + ", not " + expected;
        }
    }

    private static final class Salvage implements Lines {

        /** A whole record. */
        record Found(long serial, long place, int length, long line) {}

        private final Damage damage;
        private final List<Found> found = new ArrayList<>();
        private boolean sealed;
        private JournalHead head = JournalHead.EMPTY;
        private long lines;
        private long end;

        Salvage(Damage damage) {
            this.damage = damage;
        }

        @Override
        public void line(byte[] buffer, int offset, int count, long line, long place) throws IOException {
            lines = line;
            end = place + count + 1;
            Seal seal = Seal.find(buffer, offset, count);
            if (place == 0 && JournalHead.isHead(buffer, offset, count)) {
                sealed = true;
                JournalHead read = JournalHead.read(buffer, offset, count);
                head = read == null ? JournalHead.EMPTY : read;
                if (read == null) {
                    damage.at(line, "its checksum is wrong");
                }
            } else if (seal != null && seal.isWhole()) {
                sealed = true;
                found.add(new Found(seal.serial(), place, count, line));
            } else if (sealed && count > 0) {
                damage.at(line, "its checksum is " + (seal == null ? "missing" : "wrong"));
            }
        }

        /** Each once, as they happened. */
        List<Found> inOrder() {
            List<Found> sorted = new ArrayList<>(found);
            sorted.sort(Comparator.comparingLong(Found::serial));
            List<Found> once = new ArrayList<>();
            for (Found next : sorted) {
                if (once.isEmpty() || once.get(once.size() - 1).serial() != next.serial()) {
                    once.add(next);
                }
            }
            return once;
        }

        Salvaged result(List<Found> once) {
            long newest = once.isEmpty() ? 0 : once.get(once.size() - 1).serial();
            long last = Math.max(head.last(), newest);
            long expected = head.last() == 0 ? once.size() : last - head.first() + 1;
            return new Salvaged(last, Math.max(0, expected - once.size()));
        }
    }
}
