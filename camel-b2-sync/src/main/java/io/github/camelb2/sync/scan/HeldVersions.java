// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.RemoteVersion;

/**
 * The versions of one name as they are listed, newest first, in bounded memory: the newest, and the oldest so many. What
 * goes goes oldest first, so the others have their turn in a later run. An entry that a page tells again is one.
 */
final class HeldVersions {
    /** Some megabytes. */
    static final int MOST = 10_000;

    private @Nullable RemoteVersion newest;
    /** Made for the second version: most names have one, and listings bring them by the million. */
    private @Nullable Older older;

    /** Those below the newest. */
    private static final class Older {
        private final Deque<RemoteVersion> oldest = new ArrayDeque<>();
        private final Set<String> ids = new HashSet<>();
        private long left;

        void add(RemoteVersion version) {
            if (!ids.add(version.fileId())) {
                return;
            }
            oldest.add(version);
            if (oldest.size() >= MOST) {
                ids.remove(oldest.remove().fileId());
                left++;
            }
        }
    }

    boolean isEmpty() {
        return newest == null;
    }

    void add(RemoteVersion version) {
        if (newest == null) {
            newest = version;
            return;
        }
        if (older == null) {
            older = new Older();
            older.ids.add(newest.fileId());
        }
        older.add(version);
    }

    /** Those that are held, newest first. */
    List<RemoteVersion> all() {
        if (newest == null) {
            return List.of();
        }
        if (older == null) {
            return List.of(newest);
        }
        List<RemoteVersion> all = new ArrayList<>(older.oldest.size() + 1);
        all.add(newest);
        all.addAll(older.oldest);
        return all;
    }

    /** How many lie between the newest and the others. */
    long left() {
        return older == null ? 0 : older.left;
    }
}
