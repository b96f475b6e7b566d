// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Tells of each version what it was at a time: the one home of "the version of a name that was current then".
 *
 * <p>It is shown versions in the order of B2's listings, names in their order and the newest version of each first, and
 * remembers one name, however many versions there are. What was uploaded after that time does not count, nor does a
 * hide marker that was made after it; of the rest the newest is current, which hides the name if it is a marker.
 * Unfinished large files are no versions. A large file counts from when it was started, because B2 keeps no other time.
 * What has been deleted since cannot be seen. Not thread-safe.
 */
public final class CurrentVersions {
    /** What a version was. */
    public enum Standing {
        /** It was not there yet. */
        LATER,

        /** It is a large file that is not finished, or a folder of a listing. */
        NO_VERSION,

        /** The name stood for it, or, if it is a hide marker, for nothing. */
        CURRENT,

        /** The name stood for a newer one. */
        SUPERSEDED
    }

    private final Instant time;
    private @Nullable String decided;

    public CurrentVersions(Instant time) {
        this.time = time;
    }

    /** Whether that entry of a listing was there. Folders are not asked about: they have no time. */
    public boolean wasThere(FileVersion version) {
        return version.uploadTimestamp() <= time.toEpochMilli();
    }

    /** What the next version of the listing was. */
    public Standing of(FileVersion version) {
        if (version.unfinished() || version.representsFolder()) {
            return Standing.NO_VERSION;
        }
        if (!wasThere(version)) {
            return Standing.LATER;
        }
        if (version.fileName().equals(decided)) {
            return Standing.SUPERSEDED;
        }
        decided = version.fileName();
        return Standing.CURRENT;
    }

    /** Whether it is known what that name stood for, so that its older versions need not be read. */
    public boolean isDecided(String fileName) {
        return fileName.equals(decided);
    }
}
