package io.github.camelb2.sync.action;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporary files that interrupted runs left at the destination. A download of the same version uses its own again; what
 * is still there at the end of a run, and was last written before it began, is removed. Used by one thread at a time.
 */
public final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final int MAX_REMEMBERED = 10_000;

    private final long runStartedMillis;
    private final List<Path> found = new ArrayList<>();

    public Leftovers(long runStartedMillis) {
        this.runStartedMillis = runStartedMillis;
    }

    /** The scan met a temporary file; those of other tools are left alone. */
    public synchronized void found(Path file) {
        // What does not fit is found again by the next run.
        if (LocalSide.isOwnTemporary(file) && found.size() < MAX_REMEMBERED) {
            found.add(file);
        }
    }

    /** Removes what nobody used. */
    public synchronized void remove() {
        for (Path file : found) {
            try {
                if (Files.getLastModifiedTime(file).toMillis() < runStartedMillis) {
                    Files.delete(file);
                }
            } catch (NoSuchFileException used) {
                LOG.debug("{} was used by this run", file);
            } catch (IOException e) {
                LOG.warn("The unfinished download {} cannot be deleted: {}", file, e.toString());
            }
        }
        found.clear();
    }
}
