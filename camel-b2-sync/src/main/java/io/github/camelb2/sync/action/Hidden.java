// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.util.List;

import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;

/**
 * A name that a run has hidden. B2 hides whatever lies on top by then, which may be what somebody stored after the last
 * look.
 *
 * @param plan     what the hide is of
 * @param markerId the marker that was made
 */
public record Hidden(PathPlan plan, String markerId) {
    /** Why a marker was taken away again, or should have been. */
    public record Mistake(Hidden hidden, String reason) {}

    /** Whether the marker lies on a version that the plan did not know; versions of the name, newest first. */
    public boolean liesOnAnother(List<FileVersion> versions) {
        List<FileVersion> below = below(versions);
        if (below.isEmpty() || !(plan.expected() instanceof Expected.Newest planned)) {
            return !below.isEmpty();
        }
        FileVersion newest = below.get(0);
        boolean isPlanned = newest.fileId().equals(planned.fileId());
        // What was planned for may be gone by now: what it lay on is known too.
        boolean isNewer = planned.uploadMillis() > 0 && newest.uploadTimestamp() > planned.uploadMillis();
        return !isPlanned
                && (isNewer || below.stream().anyMatch(one -> one.fileId().equals(planned.fileId())));
    }

    private List<FileVersion> below(List<FileVersion> versions) {
        return versions.stream()
                .dropWhile(version -> !version.fileId().equals(markerId))
                .filter(FileVersion::hasContent)
                .toList();
    }
}
