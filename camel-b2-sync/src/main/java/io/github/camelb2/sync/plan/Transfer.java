package io.github.camelb2.sync.plan;

import java.io.IOException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Decides whether a file of the source has to move: one pair of files in, one answer out. */
final class Transfer {
    /** The answers. */
    enum Decision {
        /** It moves. */
        MOVE,
        /** The destination is good as it is. */
        KEEP,
        /** The destination is newer, which the policy calls an error. */
        REFUSE
    }

    private final SyncPolicy policy;
    private final ContentSha1 localSha1;

    Transfer(SyncPolicy policy, ContentSha1 localSha1) {
        this.policy = policy;
        this.localSha1 = localSha1;
    }

    /**
     * Decides for one path.
     *
     * @throws IOException if content has to be compared and the local file cannot be read
     */
    Decision decide(ScanItem.SyncFile source, ScanItem.@Nullable SyncFile destination) throws IOException {
        if (!source.isVisible()) {
            return Decision.KEEP;
        }
        // A hidden destination shows nobody the file, whatever its marker's time or size say.
        if (destination == null || !destination.isVisible()) {
            return Decision.MOVE;
        }
        return switch (policy.compareMode()) {
            case NONE -> Decision.KEEP;
            case SIZE -> bySize(source, destination);
            case SHA1 -> byContent(source, destination);
            case MOD_TIME -> byTime(source, destination, policy.compareThreshold());
        };
    }

    private Decision bySize(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        long difference = Math.abs(source.size() - destination.size());
        return difference > policy.compareThreshold() ? Decision.MOVE : Decision.KEEP;
    }

    private Decision byTime(ScanItem.SyncFile source, ScanItem.SyncFile destination, long threshold) {
        boolean hasSameSize = source.size() == destination.size();
        if (hasSameSize && mayHaveSameTime(source, destination)) {
            return Decision.KEEP;
        }
        long newerBy = source.modifiedMillis() - destination.modifiedMillis();
        if (Math.abs(newerBy) <= threshold && hasSameSize) {
            return Decision.KEEP;
        }
        // Of another size and of the same time it has changed, whatever set its time back.
        if (newerBy >= 0) {
            return Decision.MOVE;
        }
        return switch (policy.newerFileMode()) {
            case REPLACE -> Decision.MOVE;
            case SKIP -> Decision.KEEP;
            case RAISE_ERROR -> Decision.REFUSE;
        };
    }

    /** A disk may have cut the time off when the file came down, and shows that when it goes up again. */
    private static boolean mayHaveSameTime(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        return (destination instanceof ScanItem.LocalFile
                        && DiskTimes.mayHold(destination.modifiedMillis(), source.modifiedMillis()))
                || (source instanceof ScanItem.LocalFile
                        && DiskTimes.mayHold(source.modifiedMillis(), destination.modifiedMillis()));
    }

    private Decision byContent(ScanItem.SyncFile source, ScanItem.SyncFile destination) throws IOException {
        if (source.size() != destination.size()) {
            return Decision.MOVE;
        }
        Optional<String> known = sha1Of(source);
        Optional<String> there = known.isEmpty() ? known : sha1Of(destination);
        if (there.isEmpty()) {
            // B2 knows no digest of a large file that was uploaded without one.
            return byTime(source, destination, 0);
        }
        return known.equals(there) ? Decision.KEEP : Decision.MOVE;
    }

    /** Asks B2's side first, so that a local file is only read when there is something to compare it with. */
    private Optional<String> sha1Of(ScanItem.SyncFile file) throws IOException {
        if (file instanceof ScanItem.RemoteFile remote) {
            String sha1 = remote.newest().sha1();
            return sha1.isEmpty() ? Optional.empty() : Optional.of(sha1);
        }
        return Optional.of(localSha1.of((ScanItem.LocalFile) file));
    }
}
