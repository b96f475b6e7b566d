// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

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
        public void keepRest() {}

        @Override
        public KnownDamage unheard() {
            return KnownDamage.NONE;
        }

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
     * @param next        the name with which the next run begins; empty for the first one
     */
    record Pass(long startMillis, boolean isEnded, String next) {
        static final Pass NONE = new Pass(0, true);

        /** One that begins with the first name. */
        public Pass(long startMillis, boolean isEnded) {
            this(startMillis, isEnded, "");
        }
    }

    /**
     * Damage of which a run heard nothing, because it did not list it.
     *
     * @param count all of it
     * @param first some of it, {@link ScrubReport#MAX_LISTED} at most
     */
    record KnownDamage(long count, List<One> first) {
        static final KnownDamage NONE = new KnownDamage(0, List.of());

        /**
         * One version.
         *
         * @param name  empty where that is not known
         * @param since when it was found
         */
        record One(String name, String fileId, Instant since) {}
    }

    /** The pass of the last run. */
    Pass pass() throws IOException;

    /** This run belongs to that pass, and begins with its next name: what is known of those before stays. */
    void begin(Pass pass) throws IOException;

    /** When a version was found good; where it was found damaged, that time below 0; 0 for neither. */
    long last(String name, String fileId) throws IOException;

    /** A version was found so then, in this run or an earlier one, as {@link #last} tells it; what is not kept is forgotten. */
    void keep(String name, String fileId, long millis) throws IOException;

    /** The listing has ended before its end: what is known of the versions that were not asked for stays. */
    void keepRest() throws IOException;

    /** What is known to be damaged and was not asked for, because it lies before or behind what was listed. */
    KnownDamage unheard() throws IOException;

    /** This run is over, and what it found is the pass of the next one. */
    void finish(Pass pass) throws IOException;

    @Override
    void close() throws IOException;
}
