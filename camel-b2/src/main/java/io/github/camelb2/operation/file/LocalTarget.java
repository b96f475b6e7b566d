// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.transfer.local.LocalFailure;
import io.github.camelb2.client.transfer.local.TemporaryFile;

/** Finds the local file of a B2 file name, which somebody else has chosen: it never leaves its directory. */
public final class LocalTarget {
    private LocalTarget() {}

    /**
     * The file below the directory; its parent directories are made.
     *
     * @throws B2LocalContentException if the name is none that a file below the directory can have, or a symbolic link
     *     leads out of it
     */
    public static Path resolve(Path directory, String fileName) {
        for (String segment : fileName.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || isSeparated(segment)) {
                throw refused(directory, fileName, null);
            }
            // The next client would take it for what is left of a download, and delete it.
            if (TemporaryFile.isName(segment)) {
                throw refused(directory, fileName, null);
            }
        }
        try {
            Path target = directory.resolve(fileName).normalize();
            if (!target.startsWith(directory.normalize()) || isLinkOrDirectory(target)) {
                throw refused(directory, fileName, null);
            }
            makeParents(directory, target, fileName);
            return target;
        } catch (InvalidPathException e) {
            throw refused(directory, fileName, e);
        } catch (IOException e) {
            throw new B2LocalContentException(
                    ErrorDetails.local(
                            "download",
                            "to " + directory,
                            "the directory cannot be made or written: " + LocalFailure.reason(e)),
                    e);
        }
    }

    /** Where the system has another separator than B2. */
    private static boolean isSeparated(String segment) {
        return File.separatorChar != '/' && segment.indexOf(File.separatorChar) >= 0;
    }

    // Every existing ancestor is looked at before anything is made behind it.
    private static void makeParents(Path directory, Path target, String fileName) throws IOException {
        // What is there needs no making, and an exception for each file costs more than all the rest.
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
        Path parent = target.getParent();
        if (directory.normalize().equals(parent)) {
            return;
        }
        Path jail = directory.toRealPath();
        Path existing = parent;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !existing.toRealPath().startsWith(jail)) {
            throw refused(directory, fileName, null);
        }
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
    }

    private static boolean isLinkOrDirectory(Path target) {
        // From Java 20 on this costs no exception where it is absent, as it mostly is.
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            BasicFileAttributes found =
                    Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isSymbolicLink() || found.isDirectory();
        } catch (IOException absent) {
            // Or it cannot be looked at: then it cannot be made either, and that failure says why.
            return false;
        }
    }

    private static B2LocalContentException refused(Path directory, String fileName, @Nullable Exception cause) {
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
