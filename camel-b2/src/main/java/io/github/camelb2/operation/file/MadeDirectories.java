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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories that one download uses and that were made for downloads of this process which have not ended: the last
 * of those that use one removes it, unless one of them has succeeded or it is not empty. So no download of this process
 * loses its directory to another one. For one thread.
 */
final class MadeDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(MadeDirectories.class);

    /** So often in turn other processes remove what was just made. */
    private static final int MOST_TRIES = 100;

    /**
     * Of the process, because its disks are. Changed only together with the disk, under its own lock: put before the
     * directory is made, and removed after it is gone.
     */
    private static final Map<Path, Made> MADE = new ConcurrentHashMap<>();

    /** Grows after a directory is gone, and before it is removed from {@link #MADE}. */
    private static volatile long removals;

    /** A directory that was made, and how many downloads use it; guarded by {@link #MADE}. */
    private static final class Made {
        final Path path;
        int users;

        Made(Path path) {
            this.path = path;
        }
    }

    /** The innermost first. */
    private final Deque<Made> used = new ArrayDeque<>();

    /** Makes a directory, and all that are missing above it; it is there until this download has ended. */
    void need(Path directory) throws IOException {
        Path key = directory.toAbsolutePath().normalize();
        // For nearly every file: what nobody has made here nobody here removes.
        long before = removals;
        if (Files.isDirectory(key) && !MADE.containsKey(key) && before == removals) {
            return;
        }
        for (int i = 1; ; i++) {
            try {
                synchronized (MADE) {
                    make(key);
                }
                return;
            } catch (NoSuchFileException e) {
                if (i == MOST_TRIES) {
                    throw e;
                }
                LOG.debug("A directory above {} was removed by somebody else; it is made again", key, e);
            }
        }
    }

    private void make(Path directory) throws IOException {
        Deque<Path> all = new ArrayDeque<>();
        for (Path at = directory; at != null; at = at.getParent()) {
            all.push(at);
        }
        for (Path one : all) {
            if (!Files.isDirectory(one)) {
                makeOne(one);
            }
            Made made = MADE.get(one);
            if (made != null && !used.contains(made)) {
                made.users++;
                used.push(made);
            }
        }
    }

    private static void makeOne(Path one) throws IOException {
        boolean isNew = MADE.putIfAbsent(one, new Made(one)) == null;
        try {
            Files.createDirectory(one);
        } catch (IOException e) {
            if (isNew) {
                MADE.remove(one);
            }
            if (!(e instanceof FileAlreadyExistsException) || !Files.isDirectory(one)) {
                throw e;
            }
            LOG.trace("{} was made by somebody else", one, e);
        }
    }

    /** The download has succeeded: its directories stay. */
    void keep() {
        if (used.isEmpty()) {
            return;
        }
        synchronized (MADE) {
            for (Made made : used) {
                MADE.remove(made.path, made);
            }
        }
        used.clear();
    }

    /** The download has failed, unless it was told before that it has not: what was made for it goes, as far as it is empty. */
    void leave() {
        if (used.isEmpty()) {
            return;
        }
        synchronized (MADE) {
            for (Made made : used) {
                if (--made.users == 0 && MADE.get(made.path) == made) {
                    remove(made.path);
                    removals++;
                    MADE.remove(made.path);
                }
            }
        }
        used.clear();
    }

    private static void remove(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            LOG.trace("{} is in use by somebody else", directory, e);
        } catch (IOException e) {
            LOG.warn("The directory {}, made for a download that failed, cannot be removed", directory, e);
        }
    }
}
