// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.merge;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.camelb2.sync.plan.item.ScanItem;

/**
 * Holds back names that only one side has and that Unicode spells in more than one way, until both scans have ended: a
 * system may show {@code é} as one character or as two, and B2 keeps what it was given. So many are held; what goes beyond
 * is planned as it is spelled, and then no name of such a kind is removed. Used by one thread.
 */
public final class Spellings {
    /** Which side has a name that the other lacks. */
    public enum Kind {
        /** The source. */
        NEW,
        /** The destination. */
        VANISHED
    }

    /**
     * A name that waits.
     *
     * @param seenMillis when the destination was looked at
     */
    public record Held(ScanItem.SyncFile file, long seenMillis) {}

    /** All that waits of one name. */
    public record Group(List<Held> arrived, List<Held> vanished) {
        /** Whether one name of each side is left over, and so is the same one. */
        public boolean isPair() {
            return arrived.size() == 1 && vanished.size() == 1;
        }
    }

    private static final int MOST = 50_000;

    private final Map<String, Group> groups = new HashMap<>();
    private final int most;
    private int held;
    private boolean overflowed;

    public Spellings() {
        this(MOST);
    }

    public Spellings(int most) {
        this.most = most;
    }

    /** Whether the name has another spelling. */
    public static boolean hasOthers(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) >= 0x80) {
                return !(Normalizer.isNormalized(path, Normalizer.Form.NFC)
                        && Normalizer.isNormalized(path, Normalizer.Form.NFD));
            }
        }
        return false;
    }

    /** Holds a name with other spellings; false if there is no room for it. */
    public boolean hold(Kind kind, ScanItem.SyncFile file, long seenMillis) {
        if (held >= most) {
            overflowed = true;
            return false;
        }
        held++;
        Group group = groups.computeIfAbsent(
                Normalizer.normalize(file.path(), Normalizer.Form.NFC),
                name -> new Group(new ArrayList<>(1), new ArrayList<>(1)));
        (kind == Kind.NEW ? group.arrived() : group.vanished()).add(new Held(file, seenMillis));
        return true;
    }

    /** Whether names had no room, so that nobody knows which of those that vanished were only spelled otherwise. */
    public boolean hasOverflowed() {
        return overflowed;
    }

    /** Everything that waits; it waits no longer. */
    public List<Group> release() {
        List<Group> all = List.copyOf(groups.values());
        groups.clear();
        held = 0;
        return all;
    }
}
