// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.merge;

import java.util.HashSet;
import java.util.Set;

import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

/**
 * The names of which nobody knows whether a side has them, because it could not be read there, or is not to be: nothing
 * is removed at the destination for want of such a name at the source, and nothing is stored over one. Used by one
 * thread, in the order of names.
 */
public final class UnknownNames {
    private static final int MAX_LATE_REFUSALS = 10_000;

    private final SyncPolicy.ExcludedFiles excludedAtDestination;
    private final Shields atSource = new Shields();
    private final Shields atDestination = new Shields();
    /** Where nothing is removed, although files may be stored. */
    private final Shields staysAtDestination = new Shields();
    /** Directories that turned out to be unreadable after a file of their own name could have been planned. */
    private final Set<String> refusedLate = new HashSet<>();

    public UnknownNames(SyncPolicy.ExcludedFiles excludedAtDestination) {
        this.excludedAtDestination = excludedAtDestination;
    }

    /** The source could not be read there. */
    public void refusedAtSource(ScanItem.Refused refused) {
        if (refused.weight().isSkip() && excludedFilesGo()) {
            return;
        }
        if (refused.reach() != Reach.NOTHING && standsForNames(refused)) {
            atSource.coverNameAndBelow(refused.path());
        }
        if (refused.reach().isOfTree() && refusedLate.size() <= MAX_LATE_REFUSALS) {
            refusedLate.add(refused.path());
        }
    }

    /** The filters take the name out of the source. */
    public void excluded(ScanItem.Excluded excluded) {
        if (excludedFilesGo()) {
            return;
        }
        if (excluded.reach().isOfTree()) {
            atSource.coverBelow(excluded.path());
        } else {
            atSource.coverNameAndBelow(excluded.path());
        }
    }

    /** The destination could not be read there. */
    public void refusedAtDestination(ScanItem.Refused refused) {
        if (refused.reach() == Reach.UNNAMED) {
            staysAtDestination.coverNameAndBelow(refused.path());
        } else if (refused.reach() != Reach.NOTHING && standsForNames(refused)) {
            atDestination.coverNameAndBelow(refused.path());
        }
    }

    private boolean excludedFilesGo() {
        return excludedAtDestination == SyncPolicy.ExcludedFiles.TREATED_AS_ABSENT;
    }

    /** The marker of the very folder that is synced is known; only a tree that could not be read hides every name. */
    private static boolean standsForNames(ScanItem.Refused refused) {
        return refused.reach().isOfTree() || !refused.path().isEmpty();
    }

    /** Whether the source may have that name although its scan does not show it. */
    public boolean mayBeAtSource(String path) {
        return atSource.covers(path);
    }

    /** Whether the destination may have that name although its scan does not show it. */
    public boolean mayBeAtDestination(String path) {
        return atDestination.covers(path);
    }

    /** Whether a name that the destination has may be another one than its scan shows. */
    public boolean staysAtDestination(String path) {
        return staysAtDestination.covers(path);
    }

    /** Whether a removal of that name was planned before it was known that the source cannot be read there. */
    public boolean becameUnknown(String path) {
        return refusedLate.contains(path);
    }

    /** Those names. */
    public Set<String> refusedLate() {
        return Set.copyOf(refusedLate);
    }

    /** Why more is unknown than can be remembered; empty if all is remembered. */
    public String overflow() {
        return refusedLate.size() > MAX_LATE_REFUSALS
                ? "more than " + MAX_LATE_REFUSALS + " directories could not be read, so nothing is deleted"
                : "";
    }
}
