// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.merge;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;

import io.github.camelb2.sync.plan.item.Arrival;
import io.github.camelb2.sync.plan.item.ScanItem;

/** How both sides are looked at once more before names go; asked by the thread that plans. */
public interface Revisit {
    /** Sees nothing. */
    Revisit NONE = new Revisit() {
        @Override
        public Iterator<? extends ScanItem> source() {
            return Collections.emptyIterator();
        }

        @Override
        public Optional<ScanItem.SyncFile> atDestination(String path) {
            return Optional.empty();
        }

        @Override
        public long newSinceMillis() {
            return Long.MAX_VALUE;
        }

        @Override
        public Arrival arrivalOf(ScanItem.SyncFile file) {
            return Arrival.BEFORE;
        }

        @Override
        public void unstored(ScanItem item, Unstored found) {
            // Nothing is there.
        }
    };

    /** Reads content. */
    @FunctionalInterface
    interface Digest {
        /**
         * 40 hexadecimal digits in lower case; empty where nobody knows.
         *
         * @throws IOException if it cannot be read
         */
        String sha1() throws IOException;
    }

    /** Gets what the source has and a sync does not store. */
    interface Unstored {
        /** A file of that size and time; {@code sha1} is asked where those do not tell enough. */
        void content(long size, long modifiedMillis, Digest sha1);

        /** Nobody can tell what: there is a place that cannot be read. */
        void anything();
    }

    /** Scans the source again, in order. */
    Iterator<? extends ScanItem> source();

    /**
     * The file that the destination has under a name now; empty if it has nothing.
     *
     * @throws IOException if nobody can tell, or what is there is no file
     */
    Optional<ScanItem.SyncFile> atDestination(String path) throws IOException;

    /** When a file of the destination, in a bucket the newest of these versions, came to its name. */
    Arrival arrivalOf(ScanItem.SyncFile file);

    /** Files of the source that are as new may have been made during the run, whatever clock their disk has. */
    long newSinceMillis();

    /** Tells what is behind a refused or excluded name of the source, as far as anybody can see. */
    void unstored(ScanItem item, Unstored found);
}
