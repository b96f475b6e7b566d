// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories that got files whose content is on the disk, and whose names are to be there too: each is forced once,
 * however many files it got. For downloads with {@link
 * io.github.camelb2.client.transfer.plan.TransferOptions.Fsync#CONTENT}. Thread-safe.
 */
public final class ForcedDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(ForcedDirectories.class);

    /** After so many, those are forced: memory does not grow with the tree. */
    private static final int MOST = 10_000;

    /** Guarded by itself. */
    private final Set<Path> waiting = new LinkedHashSet<>();

    /** The directory of that file got a name or lost one. */
    public void changed(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        boolean full;
        synchronized (waiting) {
            waiting.add(directory);
            full = waiting.size() >= MOST;
        }
        if (full) {
            force();
        }
    }

    /** Forces all that have changed since; what was renamed before this returns survives a loss of power. */
    public void force() {
        Set<Path> directories;
        synchronized (waiting) {
            directories = new LinkedHashSet<>(waiting);
            waiting.clear();
        }
        directories.forEach(ForcedDirectories::force);
    }

    /** Forces one directory; false where that was broken off because this thread is interrupted. */
    static boolean force(Path directory) {
        // Only a directory has this entry: a pipe that took its place would be waited for.
        try (FileChannel channel = FileChannel.open(directory.resolve("."), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (ClosedByInterruptException e) {
            LOG.debug("Forcing the directory {} was interrupted", directory, e);
            return false;
        } catch (IOException e) {
            // Windows and some network file systems have no way to do it, and keep names by themselves.
            LOG.debug("The directory {} cannot be forced to the disk", directory, e);
        }
        return true;
    }
}
