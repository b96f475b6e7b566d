// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.path;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.Arrival;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.CompareMode;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.plan.policy.UploadMode;

/** Plans one path: what moves, and then what goes. */
public final class PathPlanner {
    /**
     * What a pair of files comes to.
     *
     * @param transfers what moves, at once
     * @param removals  what goes, when both scans have ended
     * @param problems  what stands in the way, or stays
     * @param keptApart whether the destination stays although the source looks different
     */
    public record Outcome(
            List<SyncAction> transfers, List<SyncAction> removals, List<Problem> problems, boolean keptApart) {
        /** Whether nothing is done, and the file of the source is not stored. */
        public boolean isRefused() {
            for (Problem problem : problems) {
                if (problem.kind() == Problem.Kind.DESTINATION_NEWER || problem.kind() == Problem.Kind.ACTION_FAILED) {
                    return true;
                }
            }
            return false;
        }

        static Outcome problem(String path, Problem.Kind kind, String reason) {
            return new Outcome(List.of(), List.of(), List.of(new Problem(path, kind, reason)), false);
        }
    }

    private final SyncPolicy policy;
    private final Transfer transfer;
    private final Function<ScanItem.SyncFile, Arrival> arrivals;
    private final Retention retention;

    /** @param arrivals tell when a file of the destination came there */
    public PathPlanner(
            SyncPolicy policy, long nowMillis, Transfer transfer, Function<ScanItem.SyncFile, Arrival> arrivals) {
        this.policy = policy;
        this.transfer = transfer;
        this.arrivals = arrivals;
        this.retention = new Retention(policy, nowMillis, arrivals);
    }

    /** Plans a path of the source, with what the destination has of it, by what was decided. */
    public Outcome planPair(
            ScanItem.SyncFile source, ScanItem.@Nullable SyncFile destination, Transfer.Decision decision) {
        if (decision == Transfer.Decision.REFUSE && destination != null) {
            return Outcome.problem(source.path(), Problem.Kind.DESTINATION_NEWER, newerMessage(source, destination));
        }
        boolean moves = decision == Transfer.Decision.MOVE;
        if (moves && destination != null && destination.isVisible() && arrivals.apply(destination) == Arrival.DURING) {
            return Outcome.problem(
                    source.path(),
                    Problem.Kind.ACTION_FAILED,
                    "what is at the destination came there, or was changed, after the run had begun, so it is not"
                            + " replaced; the next run decides again");
        }
        List<SyncAction> transfers = moves ? List.of(move(source, destination)) : List.of();
        if (destination == null) {
            return new Outcome(transfers, List.of(), List.of(), false);
        }
        Retention.Outcome removals = retention.of(source, destination, moves);
        boolean keptApart =
                decision == Transfer.Decision.KEEP && source.isVisible() && looksDifferent(source, destination);
        return new Outcome(transfers, removals.actions(), removals.stays(), keptApart);
    }

    /** Plans a path whose content cannot be compared: it fails as its transfer would, with all that follows from that. */
    public static Outcome planUnreadable(ScanItem.SyncFile source, IOException failure) {
        return Outcome.problem(
                source.path(), Problem.Kind.ACTION_FAILED, "its content cannot be compared: " + failure.getMessage());
    }

    public boolean looksDifferent(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        if (policy.compareMode() == CompareMode.SHA1) {
            return false;
        }
        long threshold = policy.compareMode() == CompareMode.MOD_TIME ? policy.compareThreshold() : 0;
        return source.size() != destination.size()
                || Math.abs(source.modifiedMillis() - destination.modifiedMillis()) > threshold;
    }

    /** Plans a path that the source does not have. */
    public Outcome planAbsent(ScanItem.SyncFile destination) {
        Retention.Outcome removals = retention.of(null, destination, false);
        return new Outcome(List.of(), removals.actions(), removals.stays(), false);
    }

    private SyncAction move(ScanItem.SyncFile source, ScanItem.@Nullable SyncFile destination) {
        String path = source.path();
        if (source instanceof ScanItem.RemoteFile remote) {
            return fetch(path, remote.newest());
        }
        if (policy.uploadMode() == UploadMode.INCREMENTAL
                && destination instanceof ScanItem.RemoteFile remote
                && canGrow(source, remote)) {
            RemoteVersion base = remote.newest();
            return new SyncAction.IncrementalUpload(
                    path, source.size(), source.modifiedMillis(), base.fileId(), base.size(), base.sha1());
        }
        return new SyncAction.Upload(path, source.size(), source.modifiedMillis());
    }

    private SyncAction fetch(String path, RemoteVersion version) {
        if (policy.direction().isToLocal()) {
            return new SyncAction.Download(
                    path, version.fileId(), version.size(), version.modifiedMillis(), version.key());
        }
        SyncAction.Copy.Metadata metadata = version.modifiedMillis() == version.uploadMillis()
                ? SyncAction.Copy.Metadata.TIME_ADDED
                : SyncAction.Copy.Metadata.KEPT;
        return new SyncAction.Copy(path, version.fileId(), version.size(), version.modifiedMillis(), metadata);
    }

    private boolean canGrow(ScanItem.SyncFile source, ScanItem.RemoteFile destination) {
        RemoteVersion base = destination.newest();
        return destination.isVisible()
                && base.size() >= policy.minimumPartSize()
                && source.size() >= base.size()
                && !base.sha1().isEmpty();
    }

    private String newerMessage(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        String from = policy.direction() == Direction.LOCAL_TO_B2 ? "local" : "b2";
        String to = policy.direction().isToLocal() ? "local" : "b2";
        return "source file is older than destination: " + from + "://" + source.path() + " with a time of "
                + source.modifiedMillis() + " cannot be synced to " + to + "://" + destination.path()
                + " with a time of " + destination.modifiedMillis()
                + ", unless a valid newer_file_mode is provided (newerFileMode=skip or replace)";
    }
}
