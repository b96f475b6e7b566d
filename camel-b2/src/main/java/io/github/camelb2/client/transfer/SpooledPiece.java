package io.github.camelb2.client.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A piece of a stream that can be read again. Whoever took it closes it, which deletes its temporary file.
 *
 * @param number from 1
 * @param file its file, null when it is in memory
 * @param content its bytes, empty when they are in the file
 * @param length its bytes
 */
record SpooledPiece(int number, @Nullable Path file, byte[] content, long length) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpooledPiece.class);

    static SpooledPiece inMemory(int number, byte[] content) {
        return new SpooledPiece(number, null, content, content.length);
    }

    /** A piece without bytes yet; its file is readable by this user only. */
    static SpooledPiece onDisk(int number, Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
            }
            return new SpooledPiece(number, Files.createTempFile(directory, "camel-b2-", ".part"), new byte[0], 0);
        } catch (IOException e) {
            throw LocalFailure.spooling(directory, e);
        }
    }

    SpooledPiece filled(long bytes) {
        return new SpooledPiece(number, file, content, bytes);
    }

    UploadSource source() {
        return file == null ? UploadSources.bytes(content) : UploadSources.file(file);
    }

    @Override
    public void close() {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("Cannot delete the temporary file {}; delete it by hand", file, e);
        }
    }
}
