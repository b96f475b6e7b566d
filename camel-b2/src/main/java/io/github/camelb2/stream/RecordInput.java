// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads the records of a {@link Journal}, one at a time; holds one in memory. For one thread. */
final class RecordInput implements Closeable {
    private static final int BUFFER = 1 << 16;

    /** What was found at a position. */
    enum Found {
        RECORD,
        /** The end, or the beginning of a record that is not there as a whole. */
        END,
        /** A whole record with a wrong CRC, or a length that cannot be. */
        DAMAGE
    }

    private final RandomAccessFile file;
    private final DataInputStream input;
    private final long length;
    private long position;
    private byte kind;
    private byte[] content = new byte[0];

    private RecordInput(RandomAccessFile file, long position) throws IOException {
        this.file = file;
        this.length = file.length();
        this.position = position;
        file.seek(position);
        this.input = new DataInputStream(new BufferedInputStream(new FileStream(file), BUFFER));
    }

    static RecordInput open(Path path, long position) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        try {
            return new RecordInput(file, position);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    boolean begins(byte[] magic) throws IOException {
        byte[] read = input.readNBytes(magic.length);
        position += read.length;
        return Arrays.equals(read, magic);
    }

    /** Reads the next record; where there is none, the position stays. */
    Found next() throws IOException {
        long left = length - position;
        if (left < Journal.FRAME) {
            return Found.END;
        }
        int size = input.readInt();
        if (!Journal.isPossible(size)) {
            return Found.DAMAGE;
        }
        if (left < (long) size + Journal.FRAME) {
            return Found.END;
        }
        kind = input.readByte();
        content = new byte[size];
        input.readFully(content);
        int crc = input.readInt();
        if (crc != crc(size)) {
            return Found.DAMAGE;
        }
        position += (long) size + Journal.FRAME;
        return Found.RECORD;
    }

    /**
     * Whether a whole record begins anywhere from that position on: then what is in front of it was not cut off, but
     * damaged. Reads the rest of the file into memory, which is shorter than the longest record.
     */
    static boolean isRecordBehind(Path path, long from) throws IOException {
        byte[] rest;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            rest = new byte[(int) Math.max(0, Math.min(file.length() - from, Journal.LONGEST + Journal.FRAME))];
            file.seek(from);
            file.readFully(rest);
        }
        ByteBuffer bytes = ByteBuffer.wrap(rest);
        for (int at = 0; at + Journal.FRAME <= rest.length; at++) {
            int size = bytes.getInt(at);
            boolean fits = Journal.isPossible(size)
                    && Journal.isKind(rest[at + Integer.BYTES])
                    && size <= rest.length - at - Journal.FRAME;
            if (fits && crc(rest, at, size) == bytes.getInt(at + Integer.BYTES + 1 + size)) {
                return true;
            }
        }
        return false;
    }

    private static int crc(byte[] bytes, int from, int size) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, Integer.BYTES + 1 + size);
        return (int) crc.getValue();
    }

    private int crc(int size) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES + 1).putInt(size).put(kind).array());
        crc.update(content);
        return (int) crc.getValue();
    }

    byte kind() {
        return kind;
    }

    ByteBuffer content() {
        return ByteBuffer.wrap(content);
    }

    /** Behind the record that was read last. */
    long position() {
        return position;
    }

    long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The bytes of a file from where it stands; {@link Channels} would end with an interrupt. */
    private static final class FileStream extends java.io.InputStream {
        private final RandomAccessFile file;

        FileStream(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            return file.read();
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            return file.read(target, offset, count);
        }
    }
}
