// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.io.IOException;
import java.util.Optional;

import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.LocalSide;
import io.github.camelb2.sync.action.Side;
import io.github.camelb2.sync.action.local.LocalFileSource;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;

/**
 * Stores the good content of a damaged version as a new one, from a second side whose file has exactly the recorded digest.
 * Nothing is deleted or hidden. Thread-safe.
 */
final class Repairer {
    private final BucketSide bucket;
    private final Side second;

    Repairer(BucketSide bucket, Side second) {
        this.bucket = bucket;
        this.second = second;
    }

    /** How often a repair reads so many bytes from B2: what it has stored, and the second side where that is a bucket. */
    int readings() {
        return second instanceof LocalSide ? 1 : 2;
    }

    /**
     * Repairs what a name shows.
     *
     * @return the new version
     * @throws IOException why it was not repaired
     */
    String repair(String path, RemoteVersion damaged) throws IOException {
        if (damaged.sha1().isEmpty()) {
            throw new IOException("it has no recorded digest, so nobody knows what it has to hold");
        }
        Optional<RemoteVersion> newest = bucket.newest(path);
        if (newest.isEmpty() || !newest.get().fileId().equals(damaged.fileId())) {
            // Stored again it would take the place of what is there now.
            throw new IOException("it is an old version, and the name shows another one by now");
        }
        String stored = second instanceof LocalSide local ? upload(local, path, damaged) : copy(path, damaged);
        Optional<RemoteVersion> there = bucket.newest(path);
        boolean isGood = there.isPresent()
                && there.get().fileId().equals(stored)
                && bucket.sha1OfContent(there.get()).equals(damaged.sha1());
        if (!isGood) {
            throw new IOException(
                    "it was stored again as " + stored + ", and that is not what the name shows, or not good");
        }
        return stored;
    }

    private String upload(LocalSide local, String path, RemoteVersion damaged) throws IOException {
        ScanItem.SyncFile file = local.look(path)
                .filter(found -> found.size() == damaged.size())
                .orElseThrow(() -> new IOException("the second side has no file of that name and size"));
        LocalFileSource content = local.source(path, file.size(), file.modifiedMillis());
        check(content.digests(0).whole(), damaged);
        return bucket.upload(new SyncAction.Upload(path, damaged.size(), damaged.modifiedMillis()), content);
    }

    private String copy(String path, RemoteVersion damaged) throws IOException {
        BucketSide other = (BucketSide) second;
        RemoteVersion version = other.newest(path)
                .filter(found -> !found.isHideMarker() && found.size() == damaged.size())
                .orElseThrow(() -> new IOException("the second side has no file of that name and size"));
        check(other.sha1OfContent(version), damaged);
        return bucket.copyFrom(
                other,
                new SyncAction.Copy(
                        path,
                        version.fileId(),
                        version.size(),
                        version.modifiedMillis(),
                        version.modifiedMillis() == version.uploadMillis()
                                ? SyncAction.Copy.Metadata.TIME_ADDED
                                : SyncAction.Copy.Metadata.KEPT));
    }

    private static void check(String sha1, RemoteVersion damaged) throws IOException {
        if (!sha1.equals(damaged.sha1())) {
            throw new IOException("the second side holds other content (SHA-1 " + sha1 + ") than what was stored");
        }
    }
}
