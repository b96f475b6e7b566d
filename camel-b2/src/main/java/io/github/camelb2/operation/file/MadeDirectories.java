// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories that downloads of this process have made and that have got no complete file yet: the last of those
 * downloads that fails removes them. Other processes may do the same: what is not empty stays. Thread-safe.
 */
final class MadeDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(MadeDirectories.class);

    /** So often in turn others remove what was just made. */
    private static final int MOST_TRIES = 100;

    /**
     * Of the process, because its disks are: whichever client has made a directory, it may be another one's download
     * that fails last. Changed only together with the disk, under its own lock.
     */
    private static final Set<Path> MADE = ConcurrentHashMap.newKeySet();

    private MadeDirectories() {}

    /** Makes a directory and all that are missing above it. */
    static void make(Path directory) throws IOException {
        for (int i = 1; ; i++) {
            try {
                makeOnce(directory);
                return;
            } catch (NoSuchFileException e) {
                if (i == MOST_TRIES) {
                    throw e;
                }
                LOG.debug("A directory above {} was removed by a download that failed; it is made again", directory, e);
            }
        }
    }

    private static void makeOnce(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = directory.toAbsolutePath(); at != null && !Files.isDirectory(at); at = at.getParent()) {
            missing.push(at);
        }
        for (Path one : missing) {
            synchronized (MADE) {
                try {
                    Files.createDirectory(one);
                    MADE.add(one.normalize());
                } catch (FileAlreadyExistsException e) {
                    if (!Files.isDirectory(one)) {
                        throw e;
                    }
                    LOG.trace("{} was made by another download", one, e);
                }
            }
        }
    }

    private static Path key(Path directory) {
        return directory.toAbsolutePath().normalize();
    }

    /** The directory has got a complete file: it stays, and all above it. */
    static void keep(Path directory) {
        // For nearly every file: most directories are there before.
        if (MADE.isEmpty()) {
            return;
        }
        synchronized (MADE) {
            for (Path at = key(directory); at != null; at = at.getParent()) {
                MADE.remove(at);
            }
        }
    }

    /** A download to the directory has failed: what was made for it goes, as far as it is empty. */
    static void leave(Path directory) {
        synchronized (MADE) {
            for (Path at = key(directory); at != null; at = at.getParent()) {
                try {
                    if (MADE.contains(at)) {
                        Files.deleteIfExists(at);
                        MADE.remove(at);
                    }
                } catch (DirectoryNotEmptyException e) {
                    LOG.trace("{} is in use by another download", at, e);
                    return;
                } catch (IOException e) {
                    LOG.warn("The directory {}, made for a download that failed, cannot be removed", at, e);
                    return;
                }
            }
        }
    }
}
