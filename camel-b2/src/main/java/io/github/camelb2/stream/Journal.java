// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * What a batch keeps on the disk, in one file of records, which only grows.
 *
 * <p>The format, all numbers big-endian: the eight bytes {@code B2STRM01}; then records, each of
 *
 * <pre>
 *   4 bytes  length n of the content, 0 to 64 MiB and one
 *   1 byte   kind, an ASCII letter
 *   n bytes  content
 *   4 bytes  CRC-32C of length, kind and content
 * </pre>
 *
 * <p>The kinds, and what is in them:
 *
 * <pre>
 *   M  the manifest, JSON; the first record, once
 *   D  a message: one byte of flags (1: it may be a repetition), then its bytes, its separator not among them
 *   S  sealed: no message follows; empty
 *   N  the name that the file has in B2, UTF-8; never changed, written before B2 is told anything
 *   U  what makes a file of it was sent, so that B2 may have it already; empty
 *   L  the id of the large file that was started for it, UTF-8; empty for none; forgets the parts of an earlier one
 *   K  the number that the next message has in its source, JSON
 *   P  a part was stored, JSON: its number, SHA-1, and the position behind its last message
 *   F  the file is stored, its JSON; what is left to do is to tell of it
 * </pre>
 *
 * <p>A record that a crash has cut off at the end is dropped when the file is opened: nobody was told of it. Where a whole
 * record has a wrong CRC, or where others stand behind what seems to be cut off, it and all behind it are moved into a file
 * of the ending {@code .damaged}, and a warning says so.
 *
 * <p>Not thread-safe but for {@link #force}, which may run beside everything else. Files are read and written by
 * {@link RandomAccessFile}, because an interrupt would close a channel, and the batch with it. Only while a batch gets
 * messages is its file held open: an outage leaves more of them than a process may have files.
 */
final class Journal implements Closeable {
    static final byte MANIFEST = 'M';
    static final byte MESSAGE = 'D';
    static final byte SEALED = 'S';
    static final byte NAME = 'N';
    static final byte SENT = 'U';
    static final byte LARGE_FILE = 'L';
    static final byte PART = 'P';
    static final byte POSITION = 'K';
    static final byte STORED = 'F';
    private static final String KINDS = "MDSNULPKF";

    /** What a record has beside its content. */
    static final int FRAME = 9;

    private static final byte[] MAGIC = "B2STRM01".getBytes(StandardCharsets.US_ASCII);
    static final int LONGEST = StreamSettings.LONGEST_MESSAGE + 1;

    private final Path path;
    private long end;
    private boolean broken;

    /** Guards all below. */
    private final Object handle = new Object();

    private @Nullable RandomAccessFile file;
    private int users;
    private boolean isHeldOpen;
    private boolean closed;

    private Journal(Path path, long end) {
        this.path = path;
        this.end = end;
    }

    /** One record, as it is read. */
    @FunctionalInterface
    interface Reader {
        /** @param next the position behind the record */
        void read(byte kind, ByteBuffer content, long next) throws IOException;
    }

    static Journal create(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            file.setLength(0);
            file.write(MAGIC);
            Journal journal = new Journal(path, MAGIC.length);
            journal.file = file;
            journal.isHeldOpen = true;
            return journal;
        } catch (IOException e) {
            file.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Opens a journal that an earlier process has left, and reads what is whole of it. */
    static Opened open(Path path, Reader reader) throws IOException {
        Scan scan = scan(path, reader);
        Path aside = scan.isDamaged() ? keepRest(path, scan.end()) : null;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long rest = file.length() - scan.end();
            if (rest > 0) {
                file.setLength(scan.end());
            }
            return new Opened(new Journal(path, scan.end()), rest, aside);
        }
    }

    /**
     * A journal that was there before; not held open.
     *
     * @param dropped bytes at its end that were no whole record
     * @param aside where these were moved to, as they may be more than the last record of a process that died; null else
     */
    record Opened(Journal journal, long dropped, @Nullable Path aside) {}

    private record Scan(long end, boolean isDamaged) {}

    private static Scan scan(Path path, Reader reader) throws IOException {
        try (RecordInput input = RecordInput.open(path, 0)) {
            if (input.length() < MAGIC.length || !input.begins(MAGIC)) {
                boolean isCutOff = input.length() < MAGIC.length;
                if (isCutOff) {
                    return new Scan(input.length(), false);
                }
                throw new FileSystemException(path.toString(), null, "it is no spooled batch of streaming uploads");
            }
            while (true) {
                RecordInput.Found found = input.next();
                if (found != RecordInput.Found.RECORD) {
                    boolean isDamaged =
                            found == RecordInput.Found.DAMAGE || RecordInput.isRecordBehind(path, input.position() + 1);
                    return new Scan(input.position(), isDamaged);
                }
                reader.read(input.kind(), input.content(), input.position());
            }
        }
    }

    private static Path keepRest(Path path, long from) throws IOException {
        Path kept = path.resolveSibling(path.getFileName() + ".damaged");
        for (int more = 1; Files.exists(kept); more++) {
            kept = path.resolveSibling(path.getFileName() + "." + more + ".damaged");
        }
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r");
                RandomAccessFile out = new RandomAccessFile(kept.toFile(), "rw")) {
            in.seek(from);
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            // Before it is cut off where it was.
            out.getFD().sync();
        }
        return kept;
    }

    /** Reads records from a position on, which is where one begins; for those that were appended before. */
    static RecordInput read(Path path, long from) throws IOException {
        return RecordInput.open(path, Math.max(from, MAGIC.length));
    }

    /**
     * Appends a record; answers the position behind it.
     *
     * @throws IOException if it could not be written: then nothing of it is there
     */
    long append(byte kind, byte[] head, byte[] content) throws IOException {
        int length = head.length + content.length;
        if (length > LONGEST) {
            throw new IllegalArgumentException("a record of " + length + " bytes");
        }
        ByteBuffer record = ByteBuffer.allocate(length + FRAME);
        record.putInt(length).put(kind).put(head).put(content);
        CRC32C crc = new CRC32C();
        crc.update(record.array(), 0, length + FRAME - Integer.BYTES);
        record.putInt((int) crc.getValue());
        RandomAccessFile open = acquire();
        try {
            write(open, record.array());
        } finally {
            release();
        }
        end += length + FRAME;
        return end;
    }

    private void write(RandomAccessFile open, byte[] record) throws IOException {
        if (broken) {
            open.setLength(end);
            broken = false;
        }
        try {
            open.seek(end);
            open.write(record);
        } catch (IOException e) {
            restore(open, e);
            throw e;
        }
    }

    private RandomAccessFile acquire() throws IOException {
        synchronized (handle) {
            if (closed) {
                throw new FileSystemException(path.toString(), null, "it is closed");
            }
            RandomAccessFile open = file;
            if (open == null) {
                // Opened for writing, one that somebody has deleted would be made anew, and be empty.
                if (!Files.exists(path)) {
                    throw new NoSuchFileException(path.toString());
                }
                open = new RandomAccessFile(path.toFile(), "rw");
                file = open;
            }
            users++;
            return open;
        }
    }

    private void release() throws IOException {
        synchronized (handle) {
            users--;
            closeIfUnused();
        }
    }

    private void closeIfUnused() throws IOException {
        RandomAccessFile open = file;
        if (open != null && users == 0 && (closed || !isHeldOpen)) {
            file = null;
            open.close();
        }
    }

    /** Holds the file open from its next use on, as messages come. */
    void holdOpen() {
        synchronized (handle) {
            isHeldOpen = true;
        }
    }

    /** Few records follow: each opens the file by itself. */
    void holdNoLonger() throws IOException {
        synchronized (handle) {
            isHeldOpen = false;
            closeIfUnused();
        }
    }

    long append(byte kind, String text) throws IOException {
        return append(kind, new byte[0], text.getBytes(StandardCharsets.UTF_8));
    }

    private void restore(RandomAccessFile open, IOException failure) {
        try {
            open.setLength(end);
        } catch (IOException e) {
            broken = true;
            failure.addSuppressed(e);
        }
    }

    /** Whether a failed write has left something behind, which has to go before the next record. */
    boolean isBroken() {
        return broken;
    }

    /** Forces all that was appended before to the disk. */
    void force() throws IOException {
        RandomAccessFile open = acquire();
        try {
            open.getFD().sync();
        } finally {
            release();
        }
    }

    /** The position behind the last record. */
    long end() {
        return end;
    }

    Path path() {
        return path;
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        synchronized (handle) {
            closed = true;
            closeIfUnused();
        }
    }

    /** Says that a file ends where it should not. */
    static EOFException missing(Path path, long position) {
        return new EOFException(path + " has no whole record at " + position + " any more");
    }

    static boolean isKind(byte kind) {
        return KINDS.indexOf(kind) >= 0;
    }

    static boolean isPossible(int length) {
        return length >= 0 && length <= LONGEST;
    }
}
