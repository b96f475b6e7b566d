// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.Optional;
import java.util.Set;

import io.github.camelb2.sync.plan.actions.Problem;

/**
 * What both scans of a run told, beside its plans: whoever goes on with the plans judges the removals by it.
 *
 * @param compared       source files that were looked at
 * @param comparedByTime those whose times were compared for want of a SHA-1
 * @param plannedPaths   paths that need something done
 * @param plannedBytes   bytes that have to move
 * @param counts         by which the guards judge
 * @param notTried       the first file that failed without a transfer
 * @param hasKeptApart   whether the destination stays as it is somewhere although the source looks different
 * @param unknown        names that must not go, because it turned out late that the source cannot be read there
 */
public record ScanEnd(
        long compared,
        long comparedByTime,
        long plannedPaths,
        long plannedBytes,
        Counts counts,
        Optional<Problem> notTried,
        boolean hasKeptApart,
        Set<String> unknown) {
    /**
     * What the guards count.
     *
     * @param sourceFiles files that the source shows
     * @param shownNames  names of the destination that can be seen
     * @param hiddenNames those that cannot
     * @param names       all of them
     * @param vanished    names that the source no longer has
     * @param hiddenGoing those of them that nobody sees any more
     * @param superseded  names with old versions that go
     */
    public record Counts(
            long sourceFiles,
            long shownNames,
            long hiddenNames,
            long names,
            long vanished,
            long hiddenGoing,
            long superseded) {}

    /** Copies the set. */
    public ScanEnd {
        unknown = Set.copyOf(unknown);
    }
}
