// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.backup;

import java.io.IOException;
import java.nio.file.Path;

/** Keeps what a run is about to replace or to remove on this machine. Thread-safe. */
public interface Backup {
    /** Keeps nothing. */
    Backup NONE = (path, file) -> Kept.NOTHING;

    /**
     * Puts a file, or a link as such, aside; it also stays where it is, until the caller takes it away. When this returns, it
     * is kept whatever happens.
     *
     * @param path relative to the root of the sync
     * @throws IOException if it cannot be kept: then it must not be taken away
     */
    Kept keep(String path, Path file) throws IOException;

    /** Forces the names of what is kept to the disk. */
    default void force() {}

    /** A file that was put aside. */
    interface Kept {
        /** Nothing was, and nothing had to. */
        Kept NOTHING = new Kept() {
            @Override
            public boolean holds(Path file) {
                return true;
            }

            @Override
            public void forget() {
                // Nothing is there.
            }
        };

        /** Whether what is at a place now is what was put aside, also if it was written to meanwhile. */
        boolean holds(Path file) throws IOException;

        /** The file is not taken away after all, so that it need not be kept. */
        void forget() throws IOException;
    }
}
