// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ErrorDetails;

/**
 * Words the failures of this machine's side: its sources and its disks. A channel that closed because its thread was
 * interrupted says nothing of either: that is worded as the interrupt that it is, after which an upload can be resumed.
 */
public final class LocalFailure {
    private static final Logger LOG = LoggerFactory.getLogger(LocalFailure.class);

    private LocalFailure() {}

    /** A source that cannot be read, or is not what it was. */
    public static B2Exception reading(UploadSource source, IOException e) {
        return failure("upload", source.describe(), reason(e), e);
    }

    /** A source that is not what was said of it. */
    public static B2LocalContentException wrongSource(UploadSource source, String what) {
        return local("upload", source.describe(), what, null);
    }

    /** A temporary file that cannot be written. */
    static B2Exception spooling(Path directory, IOException e) {
        return failure(
                "upload", "from a stream", "cannot write a temporary file in " + directory + ": " + reason(e), e);
    }

    /** A target that cannot be written. */
    static B2Exception writing(Path target, IOException e) {
        return failure("download", "to " + target, "cannot write: " + reason(e), e);
    }

    /** A target that cannot be written, found out before anything was asked of B2. */
    static B2LocalContentException unfitTarget(Path target, String why) {
        return local("download", "to " + target, why, null);
    }

    /** A target whose directory is missing: the cause says so. */
    static B2LocalContentException noDirectory(Path target, IOException e) {
        return local("download", "to " + target, "its directory does not exist", e);
    }

    private static B2Exception failure(String call, String subject, String message, IOException cause) {
        return cause instanceof ClosedByInterruptException
                ? new B2TransportException(ErrorDetails.local(call, subject, "it was interrupted"), cause)
                : local(call, subject, message, cause);
    }

    private static B2LocalContentException local(
            String call, String subject, String message, @Nullable IOException cause) {
        return new B2LocalContentException(ErrorDetails.local(call, subject, message), cause);
    }

    /** Closes a source of which nothing more is wanted: that this fails changes nothing of what was read before. */
    public static void closeQuietly(Closeable stream, UploadSource source) {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.warn("Cannot close {}: {}; what was read of it before was complete", source.describe(), reason(e), e);
        }
    }

    /**
     * Why it failed: Java's messages of the commonest failures are the path alone.
     */
    public static String reason(IOException e) {
        String message = e.getMessage();
        if (e instanceof NoSuchFileException) {
            return "no such file or directory: " + message;
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied: " + message;
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of that name is there already: " + message;
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "a directory of that name is there and not empty: " + message;
        }
        if (e instanceof FileSystemLoopException) {
            return "symbolic links lead round in a circle: " + message;
        }
        if (e instanceof NotDirectoryException) {
            return "it is not a directory: " + message;
        }
        if (e instanceof FileSystemException unsaid && unsaid.getReason() == null) {
            return e.getClass().getSimpleName() + ": " + message;
        }
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
