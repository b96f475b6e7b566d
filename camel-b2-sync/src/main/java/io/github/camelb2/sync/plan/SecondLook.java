// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.StoredContent;
import io.github.camelb2.sync.plan.item.Arrival;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.merge.Revisit;
import io.github.camelb2.sync.plan.path.Transfer;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

/**
 * Looks for the contents that are about to go when every transfer has ended, right before they go: what a name no longer
 * has may have been moved to where the scan had passed, over a file that looks the same, or to a name that is not stored.
 * Only what has the size and time of something that goes is looked at, and all of its size by content. Used by one thread.
 */
final class SecondLook {
    /** Decides what becomes of what is found. */
    interface Receiver {
        /** It is stored nowhere under its name: it moves. */
        void move(ScanItem.SyncFile source, ScanItem.@Nullable SyncFile destination);

        /** From that file on none is compared by content which looks the same on both sides. */
        void notRead(ScanItem.SyncFile first);

        /** The source cannot be scanned again. */
        void broken(String reason);
    }

    /** Of files that look the same on both sides: some seconds of work. */
    private static final long MOST_BYTES = 1L << 30;
    /** To open a file costs as much as to read so many. */
    private static final long LEAST_BYTES = 1L << 15;

    private final Revisit sides;
    private final Transfer transfer;
    private final Guards guards;
    private final SyncPolicy policy;
    private final ContentFilter going = new ContentFilter();
    private final GoingContents goingContents = new GoingContents();
    private final ContentFilter planned = new ContentFilter();
    private final ContentFilter apart = new ContentFilter();
    private @Nullable Iterator<? extends ScanItem> source;
    private long bytesToRead = MOST_BYTES;
    private boolean isOverLimit;
    private boolean hasMoved;
    private boolean storesNoMore;
    private boolean isDone;
    private final Revisit.Unstored unstored = new Revisit.Unstored() {
        @Override
        public void content(long size, long modifiedMillis, Revisit.Digest sha1) {
            if (going.mayContain(size, modifiedMillis)) {
                guards.notStored(size, modifiedMillis);
            }
            if (goingContents.hasSize(size)) {
                contentNotStored(size, sha1);
            }
        }

        @Override
        public void anything() {
            guards.anythingMayBeUnread();
        }
    };

    SecondLook(Revisit sides, Transfer transfer, Guards guards, SyncPolicy policy) {
        this.sides = sides;
        this.transfer = transfer;
        this.guards = guards;
        this.policy = policy;
    }

    /** A removal was planned. */
    void goes(PathPlan removal) {
        for (StoredContent version : removal.takes()) {
            going.add(version.size(), version.modifiedMillis());
            goingContents.add(version);
        }
        if (removal.expected() instanceof Expected.LocalCopy file && file.size() > 0) {
            going.add(file.size(), file.modifiedMillis());
            goingContents.add(file);
        }
    }

    /** A transfer of that file was planned: how it ends is the barrier's affair. */
    void moves(ScanItem.SyncFile file) {
        if (policy.keepMode() != KeepMode.NO_DELETE) {
            planned.add(file.path(), file.size(), file.modifiedMillis());
        }
    }

    /** The same, of a transfer that a run before has planned. */
    void moves(PathPlan transfer) {
        planned.add(transfer.path(), transfer.bytes(), transfer.modifiedMillis());
    }

    /** The destination stays as it is although that file looks different. */
    void keptApart(ScanItem.SyncFile file) {
        if (policy.keepMode() != KeepMode.NO_DELETE) {
            apart.add(file.path(), file.size(), file.modifiedMillis());
        }
    }

    /** What is found keeps what would go. */
    void storeNoMore() {
        storesNoMore = true;
    }

    /** Tells that no more files are compared by content. */
    static Problem notReadFrom(ScanItem.SyncFile first) {
        return new Problem(
                first.path(),
                Problem.Kind.SKIPPED,
                "from here on files that look the same on both sides were not compared by content with what goes of"
                        + " their size, because more than 1 GiB or 32,768 of them have it; compareMode=sha1 compares"
                        + " all");
    }

    /** Nothing may go, so that there is nothing to look for. */
    void skip() {
        isDone = true;
    }

    /** Whether nothing is left to be looked at. */
    boolean isDone() {
        return isDone || going.isEmpty();
    }

    /**
     * Looks at the next file; false when all were looked at. Unless {@link #isDone} holds then, something moves that was
     * found: when that has ended, everything has to be looked at once more.
     */
    boolean advance(Receiver receiver) {
        if (isDone()) {
            return false;
        }
        try {
            Iterator<? extends ScanItem> items = source == null ? sides.source() : source;
            source = items;
            if (items.hasNext()) {
                look(items.next(), receiver);
                return true;
            }
            endOfRound();
        } catch (RuntimeException e) {
            isDone = true;
            receiver.broken("the source could not be looked at again: " + e.getMessage());
        }
        return false;
    }

    /** Something else may have moved while that was stored; the last time, what is found keeps what would go. */
    private void endOfRound() {
        isDone = !hasMoved;
        storesNoMore = true;
        hasMoved = false;
        bytesToRead = MOST_BYTES;
        source = null;
    }

    private void look(ScanItem item, Receiver receiver) {
        if (item instanceof ScanItem.SyncFile file) {
            if (file.isVisible() && file.size() > 0) {
                if (!isPlanned(file) && going.mayContain(file.size(), file.modifiedMillis())) {
                    look(file, receiver);
                }
                if (!isPlanned(file) && mayHoldWhatGoes(file, receiver)) {
                    lookByContent(file, receiver);
                }
            }
        } else if (item instanceof ScanItem.Broken broken) {
            isDone = true;
            receiver.broken("the source could not be looked at again: " + broken.reason());
        } else if (!countsAsAbsent(item)) {
            sides.unstored(item, unstored);
        }
    }

    private boolean isPlanned(ScanItem.SyncFile file) {
        return planned.mayContain(file.path(), file.size(), file.modifiedMillis());
    }

    /** What the user leaves out and wants to have removed is not wanted. */
    private boolean countsAsAbsent(ScanItem item) {
        boolean isLeftOut = item instanceof ScanItem.Excluded
                || (item instanceof ScanItem.Refused refused && refused.weight().isSkip());
        return isLeftOut && policy.excludedAtDestination() == SyncPolicy.ExcludedFiles.TREATED_AS_ABSENT;
    }

    private void look(ScanItem.SyncFile file, Receiver receiver) {
        try {
            Optional<ScanItem.SyncFile> there = sides.atDestination(file.path());
            if (!isStored(file, there.orElse(null), receiver)) {
                guards.notStored(file.size(), file.modifiedMillis());
            }
        } catch (IOException e) {
            // What cannot be compared may be anything.
            guards.notStored(file.size(), file.modifiedMillis());
        }
    }

    /**
     * Of whatever time: a copy has one of its own, and what another program has stored has that of its upload. When a file
     * came to its name is no help, because its disk has another clock than B2, which may have been wrong then.
     */
    private boolean mayHoldWhatGoes(ScanItem.SyncFile file, Receiver receiver) {
        return goingContents.hasSizeWithoutTime(file.size())
                || (goingContents.hasSize(file.size())
                        && (file.modifiedMillis() >= sides.newSinceMillis()
                                || apart.mayContain(file.path(), file.size(), file.modifiedMillis())
                                || mayBeRead(file, receiver)));
    }

    /**
     * One that looks the same on both sides may still be another, with the size and time of the one that it replaced: so
     * much is read to tell. B2 says what its files hold.
     */
    private boolean mayBeRead(ScanItem.SyncFile file, Receiver receiver) {
        if (file instanceof ScanItem.RemoteFile) {
            return true;
        }
        long left = bytesToRead - Math.max(file.size(), LEAST_BYTES);
        if (left < 0) {
            if (!isOverLimit) {
                isOverLimit = true;
                receiver.notRead(file);
            }
            return false;
        }
        bytesToRead = left;
        return true;
    }

    private void lookByContent(ScanItem.SyncFile file, Receiver receiver) {
        try {
            String sha1 = transfer.sha1(file);
            if (goingContents.mayBe(file.size(), sha1)
                    && !isStored(file, sides.atDestination(file.path()).orElse(null), receiver)) {
                guards.contentNotStored(file.size(), sha1);
            }
        } catch (IOException e) {
            guards.contentNotStored(file.size(), "");
        }
    }

    private void contentNotStored(long size, Revisit.Digest sha1) {
        try {
            guards.contentNotStored(size, sha1.sha1());
        } catch (IOException e) {
            // What cannot be read may be anything.
            guards.contentNotStored(size, "");
        }
    }

    /** Whether the destination has it under its name, or will have it. */
    private boolean isStored(ScanItem.SyncFile file, ScanItem.@Nullable SyncFile there, Receiver receiver)
            throws IOException {
        Transfer.Decision decision = transfer.decide(file, there);
        if (decision == Transfer.Decision.COMPARE && there != null) {
            decision = transfer.byContent(file, there);
        } else if (decision == Transfer.Decision.KEEP && there != null) {
            if (transfer.hasSameContent(file, there)) {
                return true;
            }
            decision = transfer.mayStoreAgain(file, there) ? Transfer.Decision.MOVE : Transfer.Decision.REFUSE;
        }
        if (decision != Transfer.Decision.MOVE) {
            return decision != Transfer.Decision.REFUSE;
        }
        if (storesNoMore || (there != null && sides.arrivalOf(there) == Arrival.DURING)) {
            return false;
        }
        hasMoved = true;
        receiver.move(file, there);
        return true;
    }

    /** Whether a file of another name at the destination is the one of the source. */
    boolean isStoredUnderAnotherName(ScanItem.SyncFile file, ScanItem.SyncFile there) {
        Transfer.Decision decision = there.isVisible() ? transfer.decide(file, there) : Transfer.Decision.MOVE;
        if (decision != Transfer.Decision.KEEP && decision != Transfer.Decision.COMPARE) {
            return false;
        }
        try {
            return transfer.hasSameContent(file, there);
        } catch (IOException e) {
            // It is told where the file is planned by its own name.
            return false;
        }
    }
}
