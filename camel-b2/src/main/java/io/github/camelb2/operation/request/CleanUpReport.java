// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.util.List;

import io.github.camelb2.client.model.file.FileId;

/**
 * What {@code cleanUp} removed, or, with {@code dryRun}, would have removed.
 *
 * @param dryRun whether nothing was removed
 * @param seen versions, hide markers and unfinished large files that were looked at
 * @param versions old versions that were removed
 * @param bytes their content; what unfinished large files had is not counted
 * @param hideMarkers old hide markers that were removed
 * @param unfinished large files that were cancelled
 * @param spared what is old enough and stayed: unfinished large files that somebody may be working on, hide markers above
 *     something that stayed, and versions whose name showed something else than was listed
 * @param failed what could not be removed
 * @param removed the first 10,000 of what was removed
 * @param failures the first 10,000 of what could not be removed, with the reason
 */
public record CleanUpReport(
        boolean dryRun,
        long seen,
        long versions,
        long bytes,
        long hideMarkers,
        long unfinished,
        long spared,
        long failed,
        List<FileId> removed,
        List<String> failures) {
    /** How many are named. */
    public static final int MAX_NAMED = 10_000;

    public CleanUpReport {
        removed = List.copyOf(removed);
        failures = List.copyOf(failures);
    }
}
