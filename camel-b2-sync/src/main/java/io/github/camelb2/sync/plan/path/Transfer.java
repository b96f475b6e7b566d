// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.path;

import java.io.IOException;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.ContentSha1;
import io.github.camelb2.sync.plan.item.DiskTimes;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.CompareMode;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

/** Decides whether a file of the source has to move: one pair of files in, one answer out. */
public final class Transfer {
    /** The answers. */
    public enum Decision {
        /** It moves. */
        MOVE,
        /** The destination is good as it is. */
        KEEP,
        /** The destination is newer, which the policy calls an error. */
        REFUSE,
        /** Only the content tells; see {@link Transfer#byContent}. */
        COMPARE
    }

    private final SyncPolicy policy;
    private final Likeness likeness;
    private final ContentSha1 localSha1;
    private final BooleanSupplier cutsTimes;

    /** @param cutsTimes whether the local disk is known to hold times in coarse steps */
    public Transfer(SyncPolicy policy, ContentSha1 localSha1, BooleanSupplier cutsTimes) {
        this.policy = policy;
        this.likeness = Likeness.of(policy);
        this.localSha1 = localSha1;
        this.cutsTimes = cutsTimes;
    }

    /** Decides for one path, as far as that can be done without reading a file. */
    public Decision decide(ScanItem.SyncFile source, ScanItem.@Nullable SyncFile destination) {
        if (!source.isVisible()) {
            return Decision.KEEP;
        }
        // A hidden destination shows nobody the file, whatever its marker's time or size say.
        if (destination == null || !destination.isVisible()) {
            return Decision.MOVE;
        }
        return switch (policy.compareMode()) {
            case NONE -> Decision.KEEP;
            case SIZE -> likeness.holds(source, destination) ? Decision.KEEP : Decision.MOVE;
            case SHA1 -> bySha1(source, destination);
            case MOD_TIME -> byTime(source, destination);
        };
    }

    private Decision bySha1(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        if (!likeness.holds(source, destination)) {
            return Decision.MOVE;
        }
        if (!canCompare(source, destination)) {
            // B2 knows no digest of a large file that was uploaded without one.
            return byTime(source, destination);
        }
        if (source instanceof ScanItem.RemoteFile from && destination instanceof ScanItem.RemoteFile to) {
            return from.newest().sha1().equals(to.newest().sha1()) ? Decision.KEEP : Decision.MOVE;
        }
        return Decision.COMPARE;
    }

    /** Whether the content is to be compared and cannot be, because B2 does not know its digest. */
    public boolean lacksSha1(ScanItem.SyncFile source, ScanItem.@Nullable SyncFile destination) {
        return policy.compareMode() == CompareMode.SHA1
                && destination != null
                && destination.isVisible()
                && source.size() == destination.size()
                && !canCompare(source, destination);
    }

    private static boolean canCompare(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        return hasSha1(source) && hasSha1(destination);
    }

    private static boolean hasSha1(ScanItem.SyncFile file) {
        return !(file instanceof ScanItem.RemoteFile remote)
                || !remote.newest().sha1().isEmpty();
    }

    private Decision byTime(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        long newerBy = newerBy(source, destination);
        if (source.size() != destination.size()) {
            return byOrder(newerBy);
        }
        if (likeness.isOfSameTime(source, destination)) {
            return Decision.KEEP;
        }
        ScanItem.LocalFile local = local(source, destination);
        if (local == null) {
            return byOrder(newerBy);
        }
        // A disk may have cut the time off when the file came down, and shows that when it goes up again.
        long wanted = otherThan(local, source, destination).modifiedMillis();
        if (DiskTimes.mayHold(local.modifiedMillis(), wanted) && canCompare(source, destination)) {
            return Decision.COMPARE;
        }
        return DiskTimes.holdsCoarsely(local.modifiedMillis(), wanted) && mayBeCut(local.modifiedMillis(), wanted)
                ? Decision.KEEP
                : byOrder(newerBy);
    }

    /** Where nothing else tells, only a disk that is known for it is taken for one that cuts times off. */
    private boolean mayBeCut(long onDisk, long wanted) {
        return DiskTimes.held(onDisk, wanted) != wanted || cutsTimes.getAsBoolean();
    }

    /** What a disk cannot hold is neither before nor after what it holds instead. */
    private static long newerBy(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        ScanItem.LocalFile local = local(source, destination);
        if (local == null) {
            return source.modifiedMillis() - destination.modifiedMillis();
        }
        ScanItem.SyncFile other = otherThan(local, source, destination);
        long newerBy = local.modifiedMillis() - DiskTimes.held(local.modifiedMillis(), other.modifiedMillis());
        return local == source ? newerBy : -newerBy;
    }

    /** Of another size and of the same time it has changed, whatever set its time back. */
    private Decision byOrder(long newerBy) {
        if (newerBy >= 0) {
            return Decision.MOVE;
        }
        return switch (policy.newerFileMode()) {
            case REPLACE -> Decision.MOVE;
            case SKIP -> Decision.KEEP;
            case RAISE_ERROR -> Decision.REFUSE;
        };
    }

    /**
     * Decides where {@link #decide} could not. Reads the local file, on whatever thread.
     *
     * @throws IOException if it cannot be read
     */
    public Decision byContent(ScanItem.SyncFile source, ScanItem.SyncFile destination) throws IOException {
        boolean isUp = source instanceof ScanItem.LocalFile;
        ScanItem.RemoteFile remote = (ScanItem.RemoteFile) (isUp ? destination : source);
        ScanItem.LocalFile local = Objects.requireNonNull(local(source, destination));
        if (localSha1.of(local).equals(remote.newest().sha1())) {
            return Decision.KEEP;
        }
        return policy.compareMode() == CompareMode.SHA1 ? Decision.MOVE : byOrder(newerBy(source, destination));
    }

    /**
     * Whether both hold the same, as far as that is known: unknown is no.
     *
     * @throws IOException if the local file cannot be read
     */
    public boolean hasSameContent(ScanItem.SyncFile source, ScanItem.SyncFile destination) throws IOException {
        if (source.size() != destination.size() || !canCompare(source, destination)) {
            return false;
        }
        ScanItem.LocalFile local = local(source, destination);
        ScanItem.RemoteFile remote = (ScanItem.RemoteFile) (local == source ? destination : source);
        String other = local != null
                ? localSha1.of(local)
                : ((ScanItem.RemoteFile) destination).newest().sha1();
        return remote.newest().sha1().equals(other);
    }

    /**
     * The SHA-1 of a file; empty where B2 does not know it.
     *
     * @throws IOException if the local file cannot be read
     */
    public String sha1(ScanItem.SyncFile file) throws IOException {
        return file instanceof ScanItem.RemoteFile remote
                ? remote.newest().sha1()
                : localSha1.of((ScanItem.LocalFile) file);
    }

    /** Whether both have one size and time. */
    boolean looksSame(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        return likeness.isOfSameTime(source, destination);
    }

    /** Whether a file that looks the same and holds something else may be stored: not where only its name or size counts. */
    public boolean mayStoreAgain(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        boolean asksForMore = policy.compareMode() == CompareMode.MOD_TIME || policy.compareMode() == CompareMode.SHA1;
        return asksForMore && likeness.isOfSameTime(source, destination);
    }

    private static ScanItem.@Nullable LocalFile local(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        if (source instanceof ScanItem.LocalFile file) {
            return file;
        }
        return destination instanceof ScanItem.LocalFile file ? file : null;
    }

    private static ScanItem.SyncFile otherThan(
            ScanItem.LocalFile local, ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        return local == source ? destination : source;
    }
}
