// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Opens files of others for reading, which may be something else by then: whoever opens a pipe waits until somebody
 * writes to it, and no interrupt ends that; a device may do anything.
 */
public final class RegularFile {
    private RegularFile() {}

    /**
     * Opens it, if it is a regular file now. Java knows no way to open a file without waiting, so it is looked at
     * immediately before; only what takes its place between these two calls is still waited for.
     *
     * @param links whether links are followed, as they are by default
     * @throws IOException if it is something else, is gone or may not be read
     */
    public static FileChannel open(Path path, LinkOption... links) throws IOException {
        if (!Files.readAttributes(path, BasicFileAttributes.class, links).isRegularFile()) {
            throw new IOException(path + " is not a regular file");
        }
        Set<OpenOption> options = new HashSet<>(List.of(links));
        options.add(StandardOpenOption.READ);
        return FileChannel.open(path, options);
    }
}
