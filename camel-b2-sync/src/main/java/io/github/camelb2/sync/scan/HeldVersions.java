// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.camelb2.sync.plan.item.RemoteVersion;

/**
 * The versions of one name as they are listed, newest first, in bounded memory: the newest, and the oldest so many. What
 * goes goes oldest first, so the others have their turn in a later run. An entry that a page tells again is one.
 */
final class HeldVersions {
    /** Some megabytes. */
    static final int MOST = 10_000;

    private final List<RemoteVersion> newest = new ArrayList<>(1);
    private final Deque<RemoteVersion> oldest = new ArrayDeque<>(1);
    private final Set<String> ids = new HashSet<>(2);
    private long left;

    boolean isEmpty() {
        return newest.isEmpty();
    }

    void add(RemoteVersion version) {
        if (!ids.add(version.fileId())) {
            return;
        }
        if (newest.isEmpty()) {
            newest.add(version);
            return;
        }
        oldest.add(version);
        if (oldest.size() >= MOST) {
            ids.remove(oldest.remove().fileId());
            left++;
        }
    }

    /** Those that are held, newest first. */
    List<RemoteVersion> all() {
        List<RemoteVersion> all = new ArrayList<>(newest);
        all.addAll(oldest);
        return all;
    }

    /** How many lie between the newest and the others. */
    long left() {
        return left;
    }
}
