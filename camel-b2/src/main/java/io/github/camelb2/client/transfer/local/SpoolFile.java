// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary file with a piece of a stream, for this user only. It is locked as long as it is needed, and deleted then;
 * one that is not locked was left by a process that was killed, and the next upload removes it.
 *
 * <p>All go through the one channel that has the lock, because closing another one on the same file could give it back.
 * Written by one thread; then read by any number of them.
 */
public final class SpoolFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolFile.class);
    private static final String PREFIX = "camel-b2-";
    private static final String SUFFIX = ".part";
    private static final Pattern NAME =
            Pattern.compile("\\.?camel-b2-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

    private final Path path;
    private final ProcessLock lock;

    private SpoolFile(Path path, ProcessLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** A new one in that directory, which is there. */
    static SpoolFile create(Path directory) throws IOException {
        Path path = directory.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
        return new SpoolFile(path, ProcessLock.create(path));
    }

    /** Whether only an upload can have made a file of that name, or of the one that it has before it is locked. */
    static boolean isName(String fileName) {
        return NAME.matcher(fileName).matches();
    }

    /** Writes all of these bytes at that position. */
    void write(byte[] bytes, int count, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        while (buffer.hasRemaining()) {
            lock.channel().write(buffer, position + buffer.position());
        }
    }

    /** The first bytes of it, which can be read until it is closed. */
    UploadSource source(long length) {
        return new Source(length);
    }

    /** Deletes it. */
    @Override
    public void close() {
        try (lock) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("Cannot delete the temporary file {}; a later upload does", path, e);
        }
    }

    private final class Source implements UploadSource {
        private final long size;

        Source(long size) {
            this.size = size;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(size);
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public InputStream open() {
            return open(0, size);
        }

        @Override
        public InputStream open(long offset, long length) {
            Objects.checkFromIndexSize(offset, length, size);
            return new Range(offset, offset + length);
        }

        @Override
        public String describe() {
            return "temporary file " + path;
        }
    }

    /** Bytes from one position to another, the second exclusive; for one thread. */
    private final class Range extends InputStream {
        private long position;
        private final long end;

        Range(long position, long end) {
            this.position = position;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int wanted = (int) Math.min(length, end - position);
            if (wanted == 0) {
                return length == 0 ? 0 : -1;
            }
            int count = lock.channel().read(ByteBuffer.wrap(target, offset, wanted), position);
            if (count < 0) {
                throw new EOFException(path + " has lost bytes behind " + position);
            }
            position += count;
            return count;
        }
    }
}
