// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.after;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A local file with the content of one version, which one delivery has for itself. Thread-safe. */
public final class WorkFile {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFile.class);
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path path;

    private WorkFile(Path path) {
        this.path = path;
    }

    /**
     * Reserves the first of the paths that no other delivery has; whoever gets it ends with {@link #delete} or
     * {@link #leave}.
     */
    public static WorkFile reserve(Iterable<Path> choices) {
        for (Path choice : choices) {
            Path path = choice.toAbsolutePath().normalize();
            if (IN_USE.add(path)) {
                return new WorkFile(path);
            }
        }
        throw new IllegalStateException("no path for a work file");
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

    /** Leaves it to whoever has it; a later delivery may replace it. */
    public void leave() {
        IN_USE.remove(path);
    }
}
