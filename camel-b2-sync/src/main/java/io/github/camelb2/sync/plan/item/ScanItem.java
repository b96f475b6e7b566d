// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

import java.util.List;
import java.util.Objects;

/**
 * What a scan reports about one name, in the order of {@link PathOrder} over {@link #sortKey()}.
 *
 * <p>Paths are relative to the synced directory or prefix, with {@code /} between their parts.
 */
public sealed interface ScanItem permits ScanItem.SyncFile, ScanItem.Refused, ScanItem.Excluded, ScanItem.Broken {

    /** The relative path; empty for the root itself. */
    String path();

    /** What the order of the scan is checked by. */
    default String sortKey() {
        return path();
    }

    /** A file on either side. */
    sealed interface SyncFile extends ScanItem permits LocalFile, RemoteFile {
        /** Bytes; 0 for a hide marker. */
        long size();

        /** Milliseconds since 1970: the file's own time where it is known, else its upload time. */
        long modifiedMillis();

        /** Whether a reader of this side sees the file: false when its newest version has no content, as a hide marker. */
        boolean isVisible();
    }

    /** A file of the local tree, with the size and time that it had when it was scanned. */
    record LocalFile(String path, long size, long modifiedMillis) implements SyncFile {
        /** Refuses nothing but absence: scans have judged the name. */
        public LocalFile {
            Objects.requireNonNull(path, "path");
        }

        @Override
        public boolean isVisible() {
            return true;
        }
    }

    /**
     * A name in a bucket with its versions that the scan kept, newest first; never none.
     *
     * @param versions the newest version, and behind it the oldest ones without a gap
     * @param notHeld  how many versions between the newest and the others are not among them, because they would take
     *                 memory without bound: as long as there are some, what lies on top of them has to stay
     */
    record RemoteFile(String path, List<RemoteVersion> versions, long notHeld) implements SyncFile {
        /** All versions. */
        public RemoteFile(String path, List<RemoteVersion> versions) {
            this(path, versions, 0);
        }

        /** Copies the list. */
        public RemoteFile {
            Objects.requireNonNull(path, "path");
            versions = List.copyOf(versions);
            if (versions.isEmpty()) {
                throw new IllegalArgumentException("no version of " + path);
            }
        }

        /** The version that a download by name would get, or what lies above it: a hide marker, or nobody knows what. */
        public RemoteVersion newest() {
            return versions.get(0);
        }

        @Override
        public long size() {
            return newest().size();
        }

        @Override
        public long modifiedMillis() {
            return newest().modifiedMillis();
        }

        @Override
        public boolean isVisible() {
            return newest().isContent();
        }
    }

    /**
     * A name that cannot be synced; everything else goes on. Nothing at or under it is deleted or hidden at the
     * destination, because nobody knows what the source holds there; a skip counts as absent where excluded files do.
     */
    record Refused(String path, Reach reach, Weight weight, String reason) implements ScanItem {
        /** Whether the user lost something by it. */
        public enum Weight {
            /** Content that should have been synced was not: the run is incomplete. */
            FAILURE,
            /** Nothing of its own was there to sync, or it was left out on purpose; it is only reported. */
            SKIP,
            /** As {@link #SKIP}, of something that is there: whoever compares both sides knows nothing of it. */
            LEFT_THERE,
            /** As {@link #FAILURE}, of what the user does not want to hear of. */
            SILENT;

            /** Whether a run may be complete without it. */
            public boolean isSkip() {
                return this == SKIP || this == LEFT_THERE;
            }
        }

        /** A refusal that makes the run incomplete. */
        public Refused(String path, Reach reach, String reason) {
            this(path, reach, Weight.FAILURE, reason);
        }

        @Override
        public String sortKey() {
            return reach.isOfTree() && !path.isEmpty() ? path + "/" : path;
        }
    }

    /**
     * A name, or a tree, that the user's filters take out of the source.
     *
     * @param isKnownToUser whether the user has named the directory itself, so that nobody needs to look into it
     */
    record Excluded(String path, Reach reach, boolean isKnownToUser) implements ScanItem {
        /** Nobody has named it. */
        public Excluded(String path, Reach reach) {
            this(path, reach, false);
        }

        @Override
        public String sortKey() {
            return reach.isOfTree() ? path + "/" : path;
        }
    }

    /** The scan broke off after {@code path}; always the last item. Nothing is known about the names that follow. */
    record Broken(String path, String reason) implements ScanItem {}
}
