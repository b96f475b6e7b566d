package io.github.camelb2.client.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A piece of a stream that can be read again. Whoever took it closes it, which deletes its temporary file. */
final class SpooledPiece implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpooledPiece.class);

    private final int number;
    private final @Nullable Path file;
    private final byte[] content;
    private final long length;

    private SpooledPiece(int number, @Nullable Path file, byte[] content, long length) {
        this.number = number;
        this.file = file;
        this.content = content;
        this.length = length;
    }

    static SpooledPiece inMemory(int number, byte[] content) {
        return new SpooledPiece(number, null, content, content.length);
    }

    static SpooledPiece onDisk(int number, Path file, long length) {
        return new SpooledPiece(number, file, new byte[0], length);
    }

    /** From 1. */
    int number() {
        return number;
    }

    /** Its bytes. */
    long length() {
        return length;
    }

    UploadSource source() {
        return file == null ? UploadSources.bytes(content) : UploadSources.file(file);
    }

    @Override
    public void close() {
        if (file != null) {
            delete(file);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("Cannot delete the temporary file {}; delete it by hand", file, e);
        }
    }
}
