// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.after;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A local file with the content of one version, which one delivery has for itself. Thread-safe. */
public final class WorkFile {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFile.class);
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path path;

    /** A directory that is there for this file alone; null for none. */
    private final @Nullable Path ownDirectory;

    private WorkFile(Path path, @Nullable Path ownDirectory) {
        this.path = path;
        this.ownDirectory = ownDirectory;
    }

    /**
     * Reserves a path; whoever gets it ends with {@link #delete} or {@link #leave}.
     *
     * @param ownDirectory a directory above it that is there for it alone, and goes with it; null for none
     * @return null if another delivery has it
     */
    public static @Nullable WorkFile reserve(Path place, @Nullable Path ownDirectory) {
        Path path = place.toAbsolutePath().normalize();
        Path own = ownDirectory == null ? null : ownDirectory.toAbsolutePath().normalize();
        return IN_USE.add(path) ? new WorkFile(path, own) : null;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Deletes it: its content was used. */
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("The work file {} could not be deleted: {}", path, e.toString());
        } finally {
            leave();
        }
    }

    private void deleteOwnDirectory() {
        try {
            for (Path above = path.getParent();
                    ownDirectory != null && above != null && above.startsWith(ownDirectory);
                    above = above.getParent()) {
                Files.deleteIfExists(above);
            }
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("{} stays, because something is in it", ownDirectory, e);
        } catch (IOException e) {
            LOG.warn("The directory {} of a work file could not be deleted: {}", ownDirectory, e.toString());
        }
    }

    /** Leaves it to whoever has it; a later delivery may replace it. */
    public void leave() {
        // Where it could not be fetched, or was deleted, its directory is empty.
        deleteOwnDirectory();
        IN_USE.remove(path);
    }
}
