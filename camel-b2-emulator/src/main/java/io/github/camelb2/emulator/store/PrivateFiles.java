// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that nobody else on this machine may read, where the file system knows of that: they have keys in them. What is there already keeps the
 * permissions that it has.
 */
public final class PrivateFiles {

    /** To write, and to make if it is missing. */
    static final Set<OpenOption> WRITE = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

    private PrivateFiles() {}

    /** The attributes of a new file there. */
    public static FileAttribute<?>[] attributes(Path file) {
        return attributes(file, "rw-------");
    }

    /** Makes a directory if it is missing; those above it are made for everybody. */
    public static Path createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory.toAbsolutePath().resolveSibling(""));
        return Files.createDirectories(directory, attributes(directory, "rwx------"));
    }

    private static FileAttribute<?>[] attributes(Path file, String permissions) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
