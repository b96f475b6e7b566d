package io.github.camelb2.sync.scan;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Knows what directories of the source looked like in the last complete run, to tell one that was emptied from one whose
 * disk is not mounted. Asked by one thread, in the order of names.
 */
@FunctionalInterface
public interface DirectoryStates {
    /** Knows nothing. */
    DirectoryStates NONE = (path, directory, entries) -> Optional.empty();

    /**
     * A directory was read.
     *
     * @param path    relative to the root; empty for the root
     * @param entries how many it holds now
     * @return why it cannot be what it was; empty if it can
     */
    Optional<String> entered(String path, Path directory, int entries);
}
