// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much the disk of a spool can still take. Storing a file needs room for its piece: were all of it given to messages,
 * nothing could be stored any more, and no room would ever come. Guarded by the {@link Stream}.
 */
final class DiskRoom {
    /** So much is taken between two looks at the disk. */
    private static final long UNSEEN = 16 << 10;

    private final Path directory;
    private final FileStore disk;
    private long unseen = Long.MAX_VALUE;
    private long left;

    DiskRoom(Path directory) throws IOException {
        this.directory = directory;
        this.disk = Files.getFileStore(directory);
    }

    /** Whether so many bytes would leave less than a piece needs. */
    boolean isShortOf(long bytes, long piece) throws IOException {
        if (unseen > UNSEEN - bytes || left < bytes + piece + 2 * UNSEEN) {
            left = disk.getUsableSpace();
            unseen = 0;
        }
        unseen += bytes;
        return left < bytes + piece + UNSEEN;
    }

    String describe() {
        return "the disk of " + directory + " has " + left + " bytes left, which storing needs itself";
    }
}
