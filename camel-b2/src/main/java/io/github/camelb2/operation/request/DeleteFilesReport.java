// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What {@code deleteFiles} did.
 *
 * @param matched versions that were to be deleted
 * @param deleted versions that were deleted; 0 for a dry run
 * @param failed versions, or names, that could not be deleted
 * @param dryRun whether nothing was to be deleted
 * @param results one for each version, the first 10,000 of them
 * @param failures those of the results that failed, the first 10,000 of all
 */
public record DeleteFilesReport(
        long matched, long deleted, long failed, boolean dryRun, List<Result> results, List<Result> failures) {
    /** How many results, and how many failures, are kept. */
    public static final int MAX_RESULTS = 10_000;

    public DeleteFilesReport {
        results = List.copyOf(results);
        failures = List.copyOf(failures);
    }

    /**
     * What became of one version.
     *
     * @param fileName its name
     * @param fileId its id; null when no version of the name was found
     * @param outcome what was done
     * @param reason why not, null unless it failed
     */
    public record Result(
            String fileName,
            @Nullable String fileId,
            Outcome outcome,
            @Nullable String reason) {}

    /** What can become of a version. */
    public enum Outcome {
        /** It is gone. */
        DELETED,

        /** It would have been deleted. */
        WOULD_DELETE,

        /** It is still there, or never was. */
        FAILED
    }
}
