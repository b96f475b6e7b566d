package io.github.camelb2.emulator.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.json.Json;

/**
 * Every change of the account, one JSON object on a line, in the order in which it happened.
 *
 * <p>Each record reaches the operating system before the answer reaches the client, so a killed process loses nothing that it promised; what a
 * loss of power costs is a matter of {@link Durability}. A last line that was cut in the middle is not part of the journal, because nobody was
 * told of it. A record that cannot be written leaves the journal as it was.
 *
 * <p>Safe for use by many threads.
 */
public final class Journal implements AutoCloseable {

    private static final int BUFFER_SIZE = 64 * 1024;

    private final Path file;
    private final Durability durability;
    private FileChannel channel;
    /** Where the next record goes: the end of the last whole one. */
    private long end;

    private Journal(Path file, Durability durability, FileChannel channel, long end) {
        this.file = file;
        this.durability = durability;
        this.channel = channel;
        this.end = end;
    }

    /**
     * Opens the journal for writing behind its first {@code length} bytes; what follows them is cut off. The file is made if it is missing.
     */
    public static Journal open(Path file, long length, Durability durability) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean opened = false;
        try {
            channel.truncate(length);
            opened = true;
            return new Journal(file, durability, channel, length);
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    /** What a reader does with a record. */
    @FunctionalInterface
    public interface Reader {
        void read(JsonNode entry);
    }

    /** What a reader does with lines that are no records; by default it stops there. */
    @FunctionalInterface
    public interface Damage {
        void at(long line, Exception cause) throws IOException;
    }

    /**
     * How far the journal could be read.
     *
     * @param length bytes up to the end of the last whole record
     * @param records how many whole records there are behind the place at which reading began
     * @param tail what stands behind them: the beginning of a record that was cut, usually empty
     */
    public record Extent(long length, long records, byte[] tail) {}

    /** Reads what an earlier process wrote, record by record; a line in the middle that is none is an {@link IOException}. */
    public static Extent replay(Path file, Reader reader) throws IOException {
        return replay(file, 0, reader, (line, cause) -> {
            throw new IOException(
                    "the journal " + file + " is damaged in line " + line + " (" + cause.getMessage() + ")");
        });
    }

    /** The same from a place on, which is the end of a record, or the beginning of the file. */
    public static Extent replay(Path file, long from, Reader reader, Damage damage) throws IOException {
        if (!Files.exists(file)) {
            return new Extent(0, 0, new byte[0]);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(from);
            return replay(Channels.newInputStream(channel), from, reader, damage);
        }
    }

    private static Extent replay(InputStream in, long from, Reader reader, Damage damage) throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        int begin = 0;
        int end = 0;
        long good = from;
        long lines = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer, end, buffer.length - end)) {
            int searched = end;
            end += read;
            for (int newline = find(buffer, searched, end); newline >= 0; newline = find(buffer, begin, end)) {
                lines++;
                read(buffer, begin, newline - begin, lines, reader, damage);
                good += newline + 1 - begin;
                begin = newline + 1;
            }
            // What is left is the beginning of a line: it moves to the front, and a long one gets more room.
            byte[] target = end - begin > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, begin, target, 0, end - begin);
            buffer = target;
            end -= begin;
            begin = 0;
        }
        return new Extent(good, lines, Arrays.copyOf(buffer, end));
    }

    private static int find(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static void read(byte[] buffer, int offset, int length, long line, Reader reader, Damage damage)
            throws IOException {
        try {
            reader.read(parse(buffer, offset, length));
        } catch (JsonProcessingException | RuntimeException e) {
            damage.at(line, e);
        }
    }

    /** The record of a line. */
    private static JsonNode parse(byte[] line, int offset, int length) throws IOException {
        JsonNode entry = Json.read(line, offset, length);
        if (!entry.isObject() || !entry.path("t").isTextual()) {
            throw new IllegalArgumentException("no record");
        }
        return entry;
    }

    /** Writes a record; if that fails, nothing was written. */
    public synchronized void append(ObjectNode entry) {
        ByteBuffer bytes = ByteBuffer.wrap(line(entry));
        try {
            write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        long place = end;
        boolean written = false;
        try {
            while (bytes.hasRemaining()) {
                place += channel.write(bytes, place);
            }
            durability.force(channel);
            written = true;
            end = place;
        } finally {
            if (!written) {
                // Half a record in the middle of the journal would make the rest of it unreadable.
                channel.truncate(end);
            }
        }
    }

    private static byte[] line(ObjectNode entry) {
        byte[] json = Json.bytes(entry);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /** The end of the last record. */
    public synchronized long length() {
        return end;
    }

    /** Replaces the journal by the records that are still worth something; whoever is killed meanwhile keeps the old one. */
    public synchronized void rewrite(Consumer<Consumer<ObjectNode>> records) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        long length;
        try (FileChannel target = FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                var out = new java.io.BufferedOutputStream(Channels.newOutputStream(target), BUFFER_SIZE)) {
            records.accept(entry -> {
                try {
                    out.write(line(entry));
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot write " + fresh, e);
                }
            });
            out.flush();
            target.force(true);
            length = target.position();
        }
        channel.close();
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        durability.forceDirectory(file.toAbsolutePath().resolveSibling(""));
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        end = length;
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
