// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Every change of the account, one JSON object on a line, in the order in which it happened.
 *
 * <p>Each record reaches the operating system before the answer reaches the client, so a killed process loses nothing that it promised; what a
 * loss of power costs is a matter of {@link Durability}. A last line that was cut in the middle is not part of the journal, because nobody was
 * told of it. A record that cannot be written leaves the journal as it was. Every record is numbered and has a checksum, and the first line says
 * which is the last: whatever is changed, lost, repeated or cut off is noticed by the {@link JournalReader}.
 *
 * <p>Safe for use by many threads.
 */
public final class Journal implements AutoCloseable {

    private static final int BUFFER_SIZE = 64 * 1024;

    private final Path file;
    private final Durability durability;
    private FileChannel channel;
    private JournalHead head;
    /** Where the next record goes: the end of the last whole one. */
    private long end;

    /** The checksum of the last record; 0 if there is none. */
    private int sum;

    private Journal(Path file, Durability durability, FileChannel channel, Position position) {
        this.file = file;
        this.durability = durability;
        this.channel = channel;
        this.head = new JournalHead(position.first(), position.last());
        this.end = position.end();
        this.sum = position.sum();
    }

    /**
     * How far a journal goes.
     *
     * @param first the number of its first record
     * @param last the number of its last record; {@code first - 1} if there is none
     * @param sum the checksum of its last record
     * @param end where it ends
     */
    public record Position(long first, long last, int sum, long end) {}

    /** Opens the journal for writing behind what was read of it; what follows that is cut off. The file is made if it is missing. */
    public static Journal open(Path file, JournalReader.Extent extent, Durability durability) throws IOException {
        FileChannel channel = FileChannel.open(file, PrivateFiles.WRITE, PrivateFiles.attributes(file));
        boolean opened = false;
        try {
            Journal journal = new Journal(file, durability, channel, extent.position());
            channel.truncate(extent.position().end());
            if (journal.end == 0) {
                journal.end = journal.writeHead();
            }
            opened = true;
            return journal;
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    /** A journal that has these records and no others, numbered behind {@code after}; it takes the place of one that may be there. */
    public static Journal create(Path file, long after, Consumer<Consumer<ObjectNode>> records, Durability durability)
            throws IOException {
        Path fresh = fresh(file);
        Position written = write(fresh, after, records);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        durability.forceDirectory(file.toAbsolutePath().resolveSibling(""));
        return new Journal(file, durability, FileChannel.open(file, StandardOpenOption.WRITE), written);
    }

    private static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static Position write(Path fresh, long after, Consumer<Consumer<ObjectNode>> records) throws IOException {
        Files.deleteIfExists(fresh);
        long[] last = {after};
        int[] sum = {0};
        try (FileChannel target = FileChannel.open(fresh, PrivateFiles.WRITE, PrivateFiles.attributes(fresh));
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(target), BUFFER_SIZE)) {
            out.write(new JournalHead(after + 1, after).line().array());
            records.accept(entry -> {
                try {
                    byte[] line = line(entry, ++last[0]);
                    sum[0] = sumOf(line);
                    out.write(line);
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot write " + fresh, e);
                }
            });
            out.flush();
            long end = target.position();
            target.write(new JournalHead(after + 1, last[0]).line(), 0);
            target.force(true);
            return new Position(after + 1, last[0], sum[0], end);
        }
    }

    private static int sumOf(byte[] line) {
        Seal seal = Seal.find(line, 0, line.length - 1);
        return seal == null ? 0 : seal.sum();
    }

    /** Writes a record and returns its number; if that fails, nothing was written. */
    public synchronized long append(ObjectNode entry) {
        try {
            return write(line(entry, head.last() + 1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private long write(byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        JournalHead before = head;
        long place = end;
        boolean written = false;
        try {
            while (bytes.hasRemaining()) {
                place += channel.write(bytes, place);
            }
            durability.force(channel);
            head = new JournalHead(before.first(), before.last() + 1);
            // It need not be forced: a head that is behind promises less than there is.
            writeHead();
            written = true;
            end = place;
            sum = sumOf(line);
            return head.last();
        } finally {
            if (!written) {
                // Half a record in the middle of the journal would make the rest of it unreadable.
                head = before;
                channel.truncate(end);
            }
        }
    }

    /** Writes the head, and returns where it ends. */
    private long writeHead() throws IOException {
        ByteBuffer line = head.line();
        while (line.hasRemaining()) {
            channel.write(line, line.position());
        }
        return line.limit();
    }

    /** The line of a record with this number, newline included. */
    public static byte[] line(ObjectNode entry, long serial) {
        byte[] sealed = Seal.seal(entry, serial);
        byte[] line = Arrays.copyOf(sealed, sealed.length + 1);
        line[sealed.length] = '\n';
        return line;
    }

    /** How far it goes now. */
    public synchronized Position position() {
        return new Position(head.first(), head.last(), sum, end);
    }

    /** Replaces the journal by these records; whoever is killed meanwhile keeps the old one. */
    public synchronized void rewrite(Consumer<Consumer<ObjectNode>> records) throws IOException {
        try (Journal fresh = create(file, head.last(), records, durability)) {
            Position position = fresh.position();
            FileChannel replaced = channel;
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            head = new JournalHead(position.first(), position.last());
            end = position.end();
            sum = position.sum();
            replaced.close();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
