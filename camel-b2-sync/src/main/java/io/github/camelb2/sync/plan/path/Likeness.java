// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.path;

import java.util.List;

import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.DiskTimes;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.CompareMode;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

/**
 * What makes the file of the destination the same as the one of the source, as far as their sizes and times tell. Asked
 * when a path is planned, and again of what somebody else has stored there meanwhile.
 *
 * @param mode      what is compared
 * @param threshold the difference that is still none: milliseconds for times, bytes for sizes
 */
public record Likeness(CompareMode mode, long threshold) {
    /** By size and time. */
    public static final Likeness EXACT = new Likeness(CompareMode.MOD_TIME, 0);

    /** What the user chose. */
    public static Likeness of(SyncPolicy policy) {
        return new Likeness(policy.compareMode(), policy.compareThreshold());
    }

    /** Whether only their contents can tell the rest. */
    public boolean asksForContent() {
        return mode == CompareMode.SHA1;
    }

    /**
     * Whether they are the same; where content is compared, whether they may be. Two that exist are not the same for that
     * alone, whatever the mode.
     */
    boolean holds(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        return switch (mode) {
            case SIZE -> isOfSameSize(source, destination);
            case SHA1 -> source.size() == destination.size();
            case MOD_TIME, NONE -> isOfSameTime(source, destination);
        };
    }

    /** Whether what is there may be what a transfer would make; {@link #asksForContent} says whether that is sure. */
    public boolean holds(SyncAction.Transfer transfer, ScanItem.SyncFile there) {
        return there.isVisible() && (holds(wanted(transfer), there) || mayBeCut(transfer, there));
    }

    /** Whether only the content tells if what is there is what a transfer would make. */
    public boolean asksForContent(SyncAction.Transfer transfer, ScanItem.SyncFile there) {
        return asksForContent() || !holds(wanted(transfer), there);
    }

    /** A disk may have cut the time off, or somebody else has made a file within the same seconds. */
    private boolean mayBeCut(SyncAction.Transfer transfer, ScanItem.SyncFile there) {
        return there instanceof ScanItem.LocalFile
                && there.size() == transfer.bytes()
                && DiskTimes.mayHold(there.modifiedMillis(), transfer.modifiedMillis());
    }

    /** Whether what is there has the size and time that a transfer would give it. */
    public boolean isOfSameTime(SyncAction.Transfer transfer, ScanItem.SyncFile there) {
        return isOfSameTime(wanted(transfer), there);
    }

    private static ScanItem.SyncFile wanted(SyncAction.Transfer transfer) {
        boolean isLocal = transfer.kind() == ActionKind.UPLOAD;
        RemoteVersion version =
                new RemoteVersion("", RemoteVersion.Kind.UPLOAD, transfer.bytes(), transfer.modifiedMillis(), 0, "");
        return isLocal
                ? new ScanItem.LocalFile(transfer.path(), transfer.bytes(), transfer.modifiedMillis())
                : new ScanItem.RemoteFile(transfer.path(), List.of(version));
    }

    private boolean isOfSameSize(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        return Math.abs(source.size() - destination.size()) <= (mode == CompareMode.SIZE ? threshold : 0);
    }

    /** Of one size and time. What a disk may have made of a time is no proof: see {@link Transfer}. */
    boolean isOfSameTime(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        long difference = Math.abs(source.modifiedMillis() - destination.modifiedMillis());
        return source.size() == destination.size() && difference <= (mode == CompareMode.MOD_TIME ? threshold : 0);
    }
}
