// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.look;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.LocalSide;
import io.github.camelb2.sync.action.Sides;
import io.github.camelb2.sync.action.local.Arrivals;
import io.github.camelb2.sync.plan.item.Arrival;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.merge.Revisit;
import io.github.camelb2.sync.scan.disk.UnstoredContents;

/**
 * Both sides of a run as they are when its scans have ended.
 *
 * <p>Used by the thread that plans.
 */
public final class RevisitedSides implements Revisit {
    /** A disk of the network has a clock of its own. */
    private static final long CLOCKS_DIFFER_MILLIS = Duration.ofDays(1).toMillis();

    private static final long INEXACT_MILLIS = 2_000;

    private final Sides sides;
    private final Supplier<Iterator<? extends ScanItem>> scan;
    private final long startedMillis;
    private final InstantSource clock;
    private final Optional<Arrivals> arrivals;
    private @Nullable UnstoredContents unstored;

    /**
     * @param scan          begins another scan of the source
     * @param startedMillis when the run began, by the clock of this machine
     * @param clock         of this machine
     * @param arrivals      know a destination directory; empty for a bucket
     */
    public RevisitedSides(
            Sides sides,
            Supplier<Iterator<? extends ScanItem>> scan,
            long startedMillis,
            InstantSource clock,
            Optional<Arrivals> arrivals) {
        this.sides = sides;
        this.scan = scan;
        this.startedMillis = startedMillis;
        this.clock = clock;
        this.arrivals = arrivals;
    }

    @Override
    public Iterator<? extends ScanItem> source() {
        unstored = sides.source() instanceof LocalSide local ? new UnstoredContents(local.root()) : null;
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

    @Override
    public Arrival arrivalOf(ScanItem.SyncFile file) {
        if (file instanceof ScanItem.RemoteFile remote && sides.destination() instanceof BucketSide bucket) {
            boolean isLate = remote.newest().uploadMillis() > startedMillis + serviceIsAhead(bucket);
            return isLate ? Arrival.DURING : Arrival.BEFORE;
        }
        return arrivals.map(local -> local.of(file.path(), sides.local().lastChange(file.path())))
                .orElse(Arrival.BEFORE);
    }

    /** By how much B2's clock is ahead; its answers tell it by the second, so that less counts as none. */
    private long serviceIsAhead(BucketSide bucket) {
        long ahead = bucket.serviceClock().instant().toEpochMilli() - clock.millis();
        return Math.abs(ahead) <= INEXACT_MILLIS ? 0 : ahead - INEXACT_MILLIS;
    }

    @Override
    public void unstored(ScanItem item, Unstored found) {
        if (unstored != null) {
            unstored.of(item, found);
        } else if (sides.source() instanceof BucketSide bucket) {
            // A name of a bucket that the disk or the filters do not take has one content.
            bucket.newestBeforeRemoval(item.path())
                    .filter(version -> version.isContent() && version.size() > 0)
                    .ifPresent(version -> found.content(version.size(), version.modifiedMillis(), version::sha1));
        }
    }
}
