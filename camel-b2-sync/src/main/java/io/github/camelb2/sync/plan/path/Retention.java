// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.path;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.StoredContent;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.actions.SyncAction.Delete.Note;
import io.github.camelb2.sync.plan.item.Arrival;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.CompareMode;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.NewerFileMode;
import io.github.camelb2.sync.plan.policy.Removals;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

/**
 * Decides what is deleted or hidden at the destination of one path.
 *
 * <p>Versions go oldest first, so that at any moment a name shows what it showed before, or nothing. Where a version has
 * to stay because B2 has locked it, the name is hidden first and its marker stays as long as a version lies below it. A
 * version of a kind that nobody here knows stays, and so does what lies below it.
 */
final class Retention {
    private final SyncPolicy policy;
    private final long nowMillis;
    private final Function<ScanItem.SyncFile, Arrival> arrivals;

    Retention(SyncPolicy policy, long nowMillis, Function<ScanItem.SyncFile, Arrival> arrivals) {
        this.policy = policy;
        this.nowMillis = nowMillis;
        this.arrivals = arrivals;
    }

    /** What goes, in order, and what has to stay. */
    record Outcome(List<SyncAction> actions, List<Problem> stays) {
        static final Outcome NOTHING = new Outcome(List.of(), List.of());
    }

    /** The hides and deletes of one path; {@code transfers} tells whether a new version is stored first. */
    Outcome of(ScanItem.@Nullable SyncFile source, ScanItem.SyncFile destination, boolean transfers) {
        if (policy.keepMode() == KeepMode.NO_DELETE) {
            return Outcome.NOTHING;
        }
        if (destination instanceof ScanItem.RemoteFile remote) {
            return remove(source, remote, transfers);
        }
        boolean sourceHasIt = source != null && source.isVisible();
        return sourceHasIt
                ? Outcome.NOTHING
                : new Outcome(
                        List.of(new SyncAction.DeleteLocal(
                                destination.path(), destination.size(), destination.modifiedMillis())),
                        List.of());
    }

    private Outcome remove(ScanItem.@Nullable SyncFile source, ScanItem.RemoteFile destination, boolean transfers) {
        // Of a name that the source has, its only version stays; a run with nothing to do comes here for each file.
        if (source != null
                && !transfers
                && destination.isVisible()
                && destination.versions().size() == 1) {
            return Outcome.NOTHING;
        }
        BitSet going = policy.keepMode() == KeepMode.DELETE
                ? allButTheCopyToKeep(source, destination, transfers)
                : new KeptForDays(policy, nowMillis).expired(destination, transfers);
        List<Problem> stays = new ArrayList<>();
        int oldestStaying = Math.max(
                keepNewer(source, destination, transfers, going, stays), keepLocked(destination, going, stays));
        oldestStaying = Math.max(oldestStaying, keepUnknown(destination, going, stays));
        oldestStaying = Math.max(oldestStaying, keepNewcomers(destination, transfers, going, stays));
        oldestStaying = Math.max(oldestStaying, leaveRest(destination, going, stays));
        boolean vanishes = source == null && destination.isVisible();
        boolean hides = vanishes && (policy.keepMode() == KeepMode.KEEP_BEFORE_DELETE || oldestStaying >= 0);
        if (!transfers && !destination.isVisible() && oldestStaying > 0) {
            // Without its marker the name would show what stays.
            going.clear(0);
        }
        List<SyncAction> actions = new ArrayList<>();
        if (hides) {
            actions.add(new SyncAction.Hide(destination.path()));
        }
        for (int i = going.length() - 1; i >= 0; i = going.previousSetBit(i - 1)) {
            actions.add(delete(destination, i, transfers));
        }
        return new Outcome(actions, stays);
    }

    /** Everything but the newest version of a path that the source has and that is not replaced. */
    private static BitSet allButTheCopyToKeep(
            ScanItem.@Nullable SyncFile source, ScanItem.RemoteFile destination, boolean transfers) {
        BitSet going = new BitSet();
        boolean keepsNewest = source != null && !transfers;
        going.set(keepsNewest ? 1 : 0, Math.max(destination.versions().size(), keepsNewest ? 1 : 0));
        return going;
    }

    /**
     * Takes versions out that are newer than the one on top of them: somebody else has stored them while we stored that,
     * and nobody has decided about them. Where nothing stays on top, neither does what tells that go. Who hid a name had
     * seen what it showed. Where newer files are to be replaced they go.
     *
     * @return the index of the oldest that stays; -1 for none
     */
    private int keepNewer(
            ScanItem.@Nullable SyncFile source,
            ScanItem.RemoteFile destination,
            boolean transfers,
            BitSet going,
            List<Problem> stays) {
        if (!tellsNewerOnes()) {
            return -1;
        }
        List<RemoteVersion> versions = destination.versions();
        boolean isReplaced = transfers && source != null && destination.isVisible();
        // What was shown on top of those that follow, and when that was modified.
        int shown = isReplaced ? 0 : -1;
        long time = isReplaced && source != null ? source.modifiedMillis() : 0;
        int oldest = -1;
        for (int i = isReplaced ? 1 : 0; i < versions.size(); i++) {
            RemoteVersion version = versions.get(i);
            if (!version.isContent()) {
                shown = -1;
            } else if (shown < 0) {
                shown = i;
                time = version.modifiedMillis();
            } else if (going.get(i) && version.modifiedMillis() > time + thresholdOfTimes()) {
                going.clear(i);
                if (shown > 0 || !isReplaced) {
                    going.clear(shown);
                }
                oldest = i;
                stays.add(new Problem(
                        destination.path(),
                        Problem.Kind.SKIPPED,
                        "version " + version.fileId() + " is newer than the one that lies above it, and stays;"
                                + " newerFileMode=replace removes it"));
            }
        }
        return oldest;
    }

    /**
     * Where times are compared, this sync puts no older file over a newer one. Where they are not, it may have done so in
     * an earlier run, and what is kept for some days goes after these; by whatever time when that is b2sdk's way.
     */
    private boolean tellsNewerOnes() {
        boolean isKeptForDays = policy.keepMode() == KeepMode.KEEP_BEFORE_DELETE;
        boolean goesByDays = policy.compareMode() != CompareMode.MOD_TIME
                || policy.removals().keepDaysFrom() == Removals.KeepDaysFrom.MOD_TIME;
        return policy.newerFileMode() != NewerFileMode.REPLACE && !(isKeptForDays && goesByDays);
    }

    private long thresholdOfTimes() {
        return policy.compareMode() == CompareMode.MOD_TIME ? policy.compareThreshold() : 0;
    }

    /** Takes locked versions out; answers the index of the oldest, -1 for none. */
    private int keepLocked(ScanItem.RemoteFile destination, BitSet going, List<Problem> stays) {
        int oldest = -1;
        for (int i = going.nextSetBit(0); i >= 0; i = going.nextSetBit(i + 1)) {
            RemoteVersion version = destination.versions().get(i);
            if (version.lockedUntilMillis() > nowMillis) {
                going.clear(i);
                oldest = i;
                stays.add(new Problem(destination.path(), Problem.Kind.SKIPPED, staysBecause(version)));
            }
        }
        return oldest;
    }

    /** Takes out what nobody here knows, and what it may be about; answers the index of the oldest, -1 for none. */
    private static int keepUnknown(ScanItem.RemoteFile destination, BitSet going, List<Problem> stays) {
        List<RemoteVersion> versions = destination.versions();
        int unknown = 0;
        while (unknown < versions.size() && !versions.get(unknown).isOfUnknownKind()) {
            unknown++;
        }
        int oldest = going.length() - 1;
        if (oldest < unknown) {
            return -1;
        }
        going.clear(unknown, oldest + 1);
        stays.add(new Problem(
                destination.path(),
                Problem.Kind.SKIPPED,
                "version " + versions.get(unknown).fileId()
                        + " is of a kind that this release does not know: it and what lies below it stay"));
        return oldest;
    }

    /**
     * Takes versions out that somebody has stored since the run began; where one of them is what the name shows, nobody
     * has decided about those below it either. Answers the index of the oldest that stays, -1 for none.
     */
    private int keepNewcomers(ScanItem.RemoteFile destination, boolean transfers, BitSet going, List<Problem> stays) {
        if (going.isEmpty()) {
            return -1;
        }
        boolean isShown = !transfers && destination.isVisible() && isNewcomer(destination, 0);
        int oldest = -1;
        for (int i = going.nextSetBit(0); i >= 0; i = going.nextSetBit(i + 1)) {
            if (isShown || isNewcomer(destination, i)) {
                going.clear(i);
                oldest = i;
            }
        }
        if (oldest >= 0) {
            stays.add(new Problem(
                    destination.path(),
                    Problem.Kind.SKIPPED,
                    "a version came to the destination after the run had begun: it stays"
                            + (isShown ? ", and so does what lies below it" : "") + "; the next run decides"));
        }
        return oldest;
    }

    private boolean isNewcomer(ScanItem.RemoteFile destination, int index) {
        RemoteVersion version = destination.versions().get(index);
        return arrivals.apply(new ScanItem.RemoteFile(destination.path(), List.of(version))) != Arrival.BEFORE;
    }

    /** What is not held lies below the newest version, and has its turn in a later run; -1 if there is no such. */
    private static int leaveRest(ScanItem.RemoteFile destination, BitSet going, List<Problem> stays) {
        if (destination.notHeld() == 0 || going.isEmpty()) {
            return -1;
        }
        stays.add(new Problem(
                destination.path(),
                Problem.Kind.TOO_MANY_DELETES,
                "it has too many versions for one run: the oldest go, and " + destination.notHeld()
                        + " are left to the next runs"));
        return 1;
    }

    private static String staysBecause(RemoteVersion version) {
        String until = version.lockedUntilMillis() == RemoteVersion.LEGAL_HOLD
                ? "is under legal hold"
                : "is locked until " + Instant.ofEpochMilli(version.lockedUntilMillis());
        return "version " + version.fileId() + " " + until + " and stays";
    }

    private static SyncAction delete(ScanItem.RemoteFile destination, int index, boolean transfers) {
        RemoteVersion version = destination.versions().get(index);
        Note note = Note.NEWEST;
        if (version.isHideMarker()) {
            note = Note.HIDE_MARKER;
        } else if (index > 0 || transfers) {
            note = Note.OLD_VERSION;
        }
        return new SyncAction.Delete(destination.path(), version.fileId(), note, StoredContent.of(version));
    }
}
