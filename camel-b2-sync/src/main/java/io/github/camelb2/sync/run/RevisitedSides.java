// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.LocalSide;
import io.github.camelb2.sync.action.Sides;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.merge.Revisit;
import io.github.camelb2.sync.scan.UnstoredContents;

/**
 * Both sides of a run as they are when its scans have ended.
 *
 * @param scan          begins another scan of the source
 * @param startedMillis when the run began, by the clock of this machine
 */
record RevisitedSides(Sides sides, Supplier<Iterator<? extends ScanItem>> scan, long startedMillis) implements Revisit {
    /** A disk of the network has a clock of its own. */
    private static final long CLOCKS_DIFFER_MILLIS = Duration.ofDays(1).toMillis();

    @Override
    public Iterator<? extends ScanItem> source() {
        return scan.get();
    }

    @Override
    public Optional<ScanItem.SyncFile> atDestination(String path) throws IOException {
        if (sides.destination() instanceof BucketSide bucket) {
            return bucket.newestBeforeRemoval(path).map(version -> new ScanItem.RemoteFile(path, List.of(version)));
        }
        return sides.local().look(path);
    }

    @Override
    public long newSinceMillis() {
        return startedMillis - CLOCKS_DIFFER_MILLIS;
    }

    /** When a directory changed is told by the clock of its disk, and when a version was stored by B2's. */
    private static Unstored safely(Unstored found) {
        return new Unstored() {
            @Override
            public void content(long size, long modifiedMillis, Digest sha1) {
                found.content(size, modifiedMillis, sha1);
            }

            @Override
            public void anythingSince(long millis) {
                found.anythingSince(millis + Math.min(CLOCKS_DIFFER_MILLIS, Long.MAX_VALUE - millis));
            }
        };
    }

    @Override
    public void unstored(ScanItem item, Unstored found) {
        if (sides.source() instanceof LocalSide local) {
            new UnstoredContents(local.root(), safely(found)).of(item);
        } else {
            // A name of a bucket that the disk or the filters do not take has one content.
            ((BucketSide) sides.source())
                    .newestBeforeRemoval(item.path())
                    .filter(version -> !version.isHideMarker() && version.size() > 0)
                    .ifPresent(version -> found.content(version.size(), version.modifiedMillis(), version::sha1));
        }
    }
}
