// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.transfer.local.LocalFailure;
import io.github.camelb2.client.transfer.local.TemporaryFile;

/**
 * Finds the local file of a B2 file name, which somebody else has chosen: it never leaves its directory. One object for
 * one download; unless that is told as {@link #complete}, closing it removes the directories that were made for it.
 */
public final class LocalTarget implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalTarget.class);

    private final Path directory;
    private final MadeDirectories made = new MadeDirectories();

    /** The name and the file that were found last, and are not prepared yet. */
    private @Nullable String foundName;

    private @Nullable Path found;

    private LocalTarget(Path directory) {
        this.directory = directory;
    }

    /** Nothing is looked at yet. */
    public static LocalTarget below(Path directory) {
        return new LocalTarget(directory);
    }

    /**
     * The file below the directory; nothing is made.
     *
     * @throws B2LocalContentException if the name is none that a file below the directory can have, something else than
     *     a file has it, or a symbolic link leads out of the directory
     */
    public Path find(String fileName) {
        for (String segment : fileName.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || isSeparated(segment)) {
                throw refused(fileName, null);
            }
            // The next client would take it for what is left of a download, and delete it.
            if (TemporaryFile.isName(segment)) {
                throw refused(fileName, null);
            }
        }
        try {
            Path target = directory.resolve(fileName).normalize();
            if (!target.startsWith(directory.normalize()) || isNoFile(target)) {
                throw refused(fileName, null);
            }
            foundName = fileName;
            found = target;
            return target;
        } catch (InvalidPathException e) {
            throw refused(fileName, e);
        }
    }

    /**
     * The same, and its parent directories are made: an answer is there to be written. May be called again where they are
     * gone meanwhile.
     *
     * @throws B2LocalContentException as above, or if they cannot be made
     */
    public Path prepare(String fileName) {
        Path known = found;
        Path target = known != null && fileName.equals(foundName) ? known : find(fileName);
        // Whoever asks once more wants it looked at once more.
        found = null;
        try {
            makeParents(target, fileName);
            return target;
        } catch (IOException e) {
            throw new B2LocalContentException(
                    ErrorDetails.local(
                            "download",
                            "to " + directory,
                            "the directory cannot be made or written: " + LocalFailure.reason(e)),
                    e);
        }
    }

    /** All of its content is there. */
    public void complete() {
        made.keep();
    }

    /** Leaves no directory behind that was made for a download that failed, unless another one uses it. */
    @Override
    public void close() {
        made.leave();
    }

    /** Where the system has another separator than B2. */
    private static boolean isSeparated(String segment) {
        return File.separatorChar != '/' && segment.indexOf(File.separatorChar) >= 0;
    }

    // Every existing ancestor is looked at before anything is made behind it.
    private void makeParents(Path target, String fileName) throws IOException {
        Path parent = target.getParent();
        if (parent == null) {
            throw refused(fileName, null);
        }
        made.need(directory);
        if (directory.normalize().equals(parent)) {
            return;
        }
        Path jail = directory.toRealPath();
        Path existing = existing(parent);
        if (existing == null || !existing.startsWith(jail)) {
            throw refused(fileName, null);
        }
        made.need(parent);
    }

    /** Where the innermost directory really is that is there. */
    private static @Nullable Path existing(Path directory) throws IOException {
        for (Path at = directory; at != null; at = at.getParent()) {
            try {
                if (Files.exists(at)) {
                    return at.toRealPath();
                }
            } catch (NoSuchFileException e) {
                LOG.trace("{} was removed by a download that failed", at, e);
            }
        }
        return null;
    }

    /** Whether something has its name that a file may not replace: a link, a directory, a pipe or a device. */
    private static boolean isNoFile(Path target) {
        // From Java 20 on this costs no exception where it is absent, as it mostly is.
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return !Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile();
        } catch (IOException absent) {
            // Or it cannot be looked at: then it cannot be made either, and that failure says why.
            return false;
        }
    }

    private B2LocalContentException refused(String fileName, @Nullable Exception cause) {
        return new B2LocalContentException(
                ErrorDetails.local(
                                "download",
                                "\"" + fileName + "\" to localWorkDirectory " + directory,
                                "no file below that directory can have this name")
                        .withAdvice(
                                "download it as a stream, without localWorkDirectory, and store it under another name"),
                cause);
    }
}
