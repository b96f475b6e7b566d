// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.path;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.Removals;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

/**
 * Which versions of a name have been kept for long enough, where they are kept for days.
 *
 * @param policy    says for how many, and from when they count
 * @param nowMillis until when
 */
public record KeptForDays(SyncPolicy policy, long nowMillis) {
    private static final double MILLIS_PER_DAY = 86_400_000d;

    /** One of these ids whose version has not been kept for long enough; empty if there is none. */
    public Optional<String> tooYoung(ScanItem.RemoteFile there, Set<String> fileIds) {
        BitSet expired = expired(there, false);
        for (int i = 0; i < there.versions().size(); i++) {
            String fileId = there.versions().get(i).fileId();
            if (!expired.get(i) && fileIds.contains(fileId)) {
                return Optional.of(fileId);
            }
        }
        return Optional.empty();
    }

    /**
     * The indexes of those that go.
     *
     * @param transfers whether a new version is going to be stored on top
     */
    BitSet expired(ScanItem.RemoteFile destination, boolean transfers) {
        return policy.removals().keepDaysFrom() == Removals.KeepDaysFrom.MOD_TIME
                ? expiredByOwnTime(destination)
                : expiredBySuccessor(destination, transfers);
    }

    /** A version goes when its successor is older than the limit; a marker on top when it is so itself. */
    private BitSet expiredBySuccessor(ScanItem.RemoteFile destination, boolean transfers) {
        BitSet going = new BitSet();
        List<RemoteVersion> versions = destination.versions();
        boolean deleting = versions.get(0).isHideMarker()
                && !transfers
                && isOld(versions.get(0).uploadMillis());
        for (int i = 0; i < versions.size(); i++) {
            deleting |= i > 0 && isOld(versions.get(i - 1).uploadMillis());
            going.set(i, deleting);
        }
        return going;
    }

    /**
     * As b2sdk: keeps, of the versions newest first, all up to and with the first that is older than the limit; a hide
     * marker older than the limit goes itself. What lies below a version that goes, goes too, even if its time is later.
     */
    private BitSet expiredByOwnTime(ScanItem.RemoteFile destination) {
        BitSet going = new BitSet();
        boolean deleting = false;
        for (int i = 0; i < destination.versions().size(); i++) {
            RemoteVersion version = destination.versions().get(i);
            boolean isOld = isOld(version.modifiedMillis());
            deleting |= version.isHideMarker() && isOld;
            going.set(i, deleting);
            deleting |= isOld;
        }
        return going;
    }

    private boolean isOld(long millis) {
        return policy.keepDays() < (nowMillis - millis) / MILLIS_PER_DAY;
    }
}
