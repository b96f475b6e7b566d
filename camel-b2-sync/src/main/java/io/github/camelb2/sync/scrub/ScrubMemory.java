// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.io.IOException;

/**
 * Remembers of each version of one place when it was read and found good, or damaged. Versions are asked for and told in the order of
 * the listing, names in their order and the newest version first. Used by one thread. Times are milliseconds since 1970.
 */
public interface ScrubMemory extends AutoCloseable {
    /** Nothing is remembered: each run begins anew. */
    ScrubMemory NONE = new ScrubMemory() {
        @Override
        public Pass pass() {
            return Pass.NONE;
        }

        @Override
        public void begin(Pass pass) {}

        @Override
        public long last(String name, String fileId) {
            return 0;
        }

        @Override
        public void keep(String name, String fileId, long millis) {}

        @Override
        public void finish(Pass pass) {}

        @Override
        public void close() {}
    };

    /**
     * Once through all versions, in as many runs as it takes.
     *
     * @param startMillis when it began; 0 when none has
     * @param isEnded     whether every version was read
     */
    record Pass(long startMillis, boolean isEnded) {
        static final Pass NONE = new Pass(0, true);
    }

    /** The pass of the last run. */
    Pass pass() throws IOException;

    /** This run belongs to that pass; before the first version. */
    void begin(Pass pass) throws IOException;

    /** When a version was found good; where it was found damaged, that time below 0; 0 for neither. */
    long last(String name, String fileId) throws IOException;

    /** A version was found so then, in this run or an earlier one, as {@link #last} tells it; what is not kept is forgotten. */
    void keep(String name, String fileId, long millis) throws IOException;

    /** Every version was asked for. */
    void finish(Pass pass) throws IOException;

    @Override
    void close() throws IOException;
}
