// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that a sync writes for itself, as a report, a state or a plan: what is written to it must not come to a file of
 * somebody's that has another name, as a hard link gives it.
 */
public final class OwnFile {
    private OwnFile() {}

    /**
     * Opens it for writing from its beginning; the caller closes it. What it held is gone then: whoever calls has looked
     * that it is a sync's.
     *
     * @param option the option that names the file
     * @throws IllegalArgumentException if it has another name as well
     */
    public static OutputStream open(String option, Path file) throws IOException {
        refuseShared(option, file);
        if (Files.isRegularFile(file) && !tellsLinks(file)) {
            // Nobody knows what other names it has; a new one has none.
            Path real = file.toRealPath();
            Files.delete(real);
            return Files.newOutputStream(real, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        return Files.newOutputStream(file);
    }

    /**
     * Does nothing where a file has one name, or is not there, or nobody can tell.
     *
     * @param option the option that names the file
     * @throws IllegalArgumentException if it has another name as well
     */
    public static void refuseShared(String option, Path file) throws IOException {
        if (!Files.isRegularFile(file) || !tellsLinks(file)) {
            return;
        }
        int names = (int) Files.getAttribute(file, "unix:nlink");
        if (names > 1) {
            throw new IllegalArgumentException("Option " + option + "=" + file + " is a file of " + names
                    + " names (hard links), and what is written to it would be in all of them: delete it, or write"
                    + " another name");
        }
    }

    private static boolean tellsLinks(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
