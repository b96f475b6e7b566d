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
    private final Likeness likeness;
    private final ContentSha1 localSha1;

    Transfer(SyncPolicy policy, ContentSha1 localSha1) {
        this.policy = policy;
        this.likeness = Likeness.of(policy);
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
            case SIZE -> likeness.holds(source, destination) ? Decision.KEEP : Decision.MOVE;
            case SHA1 -> byContent(source, destination);
            case MOD_TIME -> byTime(source, destination);
        };
    }

    private Decision byTime(ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        if (likeness.isOfSameTime(source, destination)) {
            return Decision.KEEP;
        }
        // Of another size and of the same time it has changed, whatever set its time back.
        if (source.modifiedMillis() >= destination.modifiedMillis()) {
            return Decision.MOVE;
        }
        return switch (policy.newerFileMode()) {
            case REPLACE -> Decision.MOVE;
            case SKIP -> Decision.KEEP;
            case RAISE_ERROR -> Decision.REFUSE;
        };
    }

    private Decision byContent(ScanItem.SyncFile source, ScanItem.SyncFile destination) throws IOException {
        if (!likeness.holds(source, destination)) {
            return Decision.MOVE;
        }
        Optional<String> known = sha1Of(source);
        Optional<String> there = known.isEmpty() ? known : sha1Of(destination);
        if (there.isEmpty()) {
            // B2 knows no digest of a large file that was uploaded without one.
            return byTime(source, destination);
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
