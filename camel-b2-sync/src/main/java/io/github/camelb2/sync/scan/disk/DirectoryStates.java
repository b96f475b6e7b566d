// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Hears what directories look like. That of a source knows what they looked like in the last run, to tell one that was
 * emptied or removed from one whose disk is not mounted. Asked by one thread, in the order of names.
 */
public interface DirectoryStates {
    /** What a directory holds, as its names tell. */
    interface Content {
        /** How many there are. */
        int entries();

        /** A few that stand for the others; none of those that every new disk has. */
        List<String> someNames();

        /** Whether an entry has that name. */
        boolean has(String name);
    }

    /** Knows nothing. */
    DirectoryStates NONE = new DirectoryStates() {
        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public List<String> disks() {
            return List.of();
        }

        @Override
        public Optional<String> entered(String path, Path directory, @Nullable Path above, Content content) {
            return Optional.empty();
        }

        @Override
        public void leftOut(String path) {
            // Nothing is known of it.
        }

        @Override
        public String remedy(String path) {
            return "";
        }
    };

    /** Why nobody can tell which disks were mounted; empty if that is known, or if there was no such run. */
    Optional<String> trouble();

    /** The directories that held something and were a disk of their own, relative to the root, in whatever order. */
    List<String> disks();

    /**
     * A directory was read.
     *
     * @param path    relative to the root; empty for the root
     * @param above   the directory that it is in; null for the root of the file system
     * @param content what it holds now
     * @return why it cannot be what it was; empty if it can
     */
    Optional<String> entered(String path, Path directory, @Nullable Path above, Content content);

    /** One of {@link #disks} was not looked at: what is known of it still holds. */
    void leftOut(String path);

    /** How somebody says that a directory is meant to be as it is now: half a sentence. */
    String remedy(String path);
}
