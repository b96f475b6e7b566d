// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.util.function.Predicate;

import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.path.Likeness;

/**
 * Both sides of a sync.
 *
 * @param absent   files of the source that count as absent although they are there
 * @param likeness what makes a file that somebody else has stored the very one
 */
public record Sides(Side source, Side destination, Predicate<ScanItem.SyncFile> absent, Likeness likeness) {

    /** What does the actions of this direction. */
    public ActionRunner runner() {
        if (source instanceof LocalSide from) {
            return new ActionRunner.Up(from, (BucketSide) destination, likeness);
        }
        BucketSide from = (BucketSide) source;
        return destination instanceof LocalSide to
                ? new ActionRunner.Down(from, to, absent)
                : new ActionRunner.Across(from, (BucketSide) destination, absent, likeness);
    }

    /** Whichever side is local; only asked where one is. */
    public LocalSide local() {
        return source instanceof LocalSide from ? from : (LocalSide) destination;
    }

    /** Brings the names of a local destination to the disk. */
    public void forceDirectories() {
        if (destination instanceof LocalSide to) {
            to.forceDirectories();
        }
    }
}
