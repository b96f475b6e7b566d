package io.github.camelb2.sync.plan;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.SyncAction.Delete.Note;

/** Decides what is deleted or hidden at the destination of one path, after its transfer if it has one. */
final class Retention {
    private static final double MILLIS_PER_DAY = 86_400_000d;

    private final SyncPolicy policy;
    private final long nowMillis;

    Retention(SyncPolicy policy, long nowMillis) {
        this.policy = policy;
        this.nowMillis = nowMillis;
    }

    /** The hides and deletes of one path; {@code transfers} tells whether a new version is stored first. */
    List<SyncAction> actions(ScanItem.@Nullable SyncFile source, ScanItem.SyncFile destination, boolean transfers) {
        if (policy.keepMode() == KeepMode.NO_DELETE) {
            return List.of();
        }
        if (destination instanceof ScanItem.RemoteFile remote) {
            return policy.keepMode() == KeepMode.DELETE
                    ? deleteVersions(source, remote, transfers)
                    : hideAndExpire(source, remote, transfers);
        }
        boolean sourceHasIt = source != null && source.isVisible();
        return sourceHasIt
                ? List.of()
                : List.of(new SyncAction.DeleteLocal(
                        destination.path(), destination.size(), destination.modifiedMillis()));
    }

    /** Everything but the newest version of a path that the source has and that is not replaced. */
    private static List<SyncAction> deleteVersions(
            ScanItem.@Nullable SyncFile source, ScanItem.RemoteFile destination, boolean transfers) {
        List<SyncAction> actions = new ArrayList<>();
        for (int i = 0; i < destination.versions().size(); i++) {
            boolean isTheCopyToKeep = i == 0 && source != null && !transfers;
            if (!isTheCopyToKeep) {
                actions.add(delete(destination, i, transfers));
            }
        }
        return actions;
    }

    /**
     * Keeps, of the versions newest first, all up to and with the first that is older than the limit; a hide marker
     * older than the limit goes itself. Whatever lies below a version that goes, goes too, even if its time is later.
     */
    private List<SyncAction> hideAndExpire(
            ScanItem.@Nullable SyncFile source, ScanItem.RemoteFile destination, boolean transfers) {
        List<SyncAction> actions = new ArrayList<>();
        if (source == null && destination.isVisible()) {
            actions.add(new SyncAction.Hide(destination.path()));
        }
        boolean deleting = false;
        for (int i = 0; i < destination.versions().size(); i++) {
            RemoteVersion version = destination.versions().get(i);
            double ageInDays = (nowMillis - version.modifiedMillis()) / MILLIS_PER_DAY;
            boolean isOld = policy.keepDays() < ageInDays;
            if (version.isHideMarker() && isOld) {
                deleting = true;
            }
            if (deleting) {
                actions.add(delete(destination, i, transfers));
            }
            deleting |= isOld;
        }
        return actions;
    }

    private static SyncAction delete(ScanItem.RemoteFile destination, int index, boolean transfers) {
        RemoteVersion version = destination.versions().get(index);
        Note note = Note.NEWEST;
        if (version.isHideMarker()) {
            note = Note.HIDE_MARKER;
        } else if (index > 0 || transfers) {
            note = Note.OLD_VERSION;
        }
        return new SyncAction.Delete(destination.path(), version.fileId(), note);
    }
}
