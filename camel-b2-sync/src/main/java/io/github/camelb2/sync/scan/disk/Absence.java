// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells whether a failed look at a file means that there is none. */
public final class Absence {
    private Absence() {}

    /**
     * Whether a link leads to nothing, through a file, or to itself; Java has a type only for the first.
     *
     * @param why with what following it failed
     */
    public static boolean isBrokenLink(IOException why) {
        String reason = why instanceof FileSystemException known ? String.valueOf(known.getReason()) : "";
        return why instanceof NoSuchFileException
                || reason.contains("symbolic link")
                || reason.contains("Not a directory");
    }

    /**
     * Whether there is nothing of a name: it is not there, or one of the directories on the way to it is a file by now.
     * For the latter Java has no exception of its own, and the system's words for it depend on the locale.
     *
     * @param why with what a look at {@code file} failed
     */
    public static boolean isMeantBy(IOException why, Path file) {
        if (why instanceof NoSuchFileException) {
            return true;
        }
        for (Path above = file.getParent(); above != null; above = above.getParent()) {
            try {
                return !Files.readAttributes(above, BasicFileAttributes.class).isDirectory();
            } catch (IOException e) {
                // Nothing can be told of it before what is above it has been looked at.
                continue;
            }
        }
        return false;
    }
}
