// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The usual options of a sync, called as users of b2 and rclone call them. Each is an option of {@code b2-sync:}. */
final class SyncFlags {
    @Option(
            names = {"-n", "--dry-run"},
            description = "only say what would be done")
    private boolean dryRun;

    @ArgGroup
    private @Nullable Removal removal;

    /** What happens to what the source does not have. */
    static final class Removal {
        @Option(names = "--delete", description = "remove what the source does not have, and old versions")
        private boolean delete;

        @Option(
                names = "--keep-days",
                paramLabel = "DAYS",
                description = "hide what the source does not have, and remove old versions after so many days")
        private @Nullable String keepDays;
    }

    @ArgGroup
    private @Nullable Newer newer;

    /** What happens to files that are newer at the destination; without it they fail. */
    static final class Newer {
        @Option(
                names = {"-u", "--skip-newer", "--update"},
                description = "leave files alone that are newer at the destination; else they fail")
        private boolean skip;

        @Option(names = "--replace-newer", description = "replace files that are newer at the destination")
        private boolean replace;
    }

    @ArgGroup
    private @Nullable Comparison comparison;

    /** What makes files different; without it their times and sizes. */
    static final class Comparison {
        @Option(
                names = "--compare-versions",
                paramLabel = "modTime|size|sha1|none",
                description = "what makes files different; default modTime")
        private @Nullable String by;

        @Option(names = "--size-only", description = "the same as --compare-versions size")
        private boolean size;

        @Option(
                names = {"-c", "--checksum"},
                description = "the same as --compare-versions sha1")
        private boolean checksum;

        @Option(names = "--ignore-existing", description = "the same as --compare-versions none")
        private boolean none;
    }

    @Option(
            names = "--compare-threshold",
            paramLabel = "MS|BYTES",
            description = "the difference that is still none, as 2s, or 1KB by size")
    private @Nullable String compareThreshold;

    @Option(
            names = {"--threads", "--sync-threads", "--transfers"},
            paramLabel = "N",
            description = "how many files at a time; default 10")
    private @Nullable String workers;

    @Option(
            names = "--max-delete",
            paramLabel = "N|P%%|unlimited",
            description = "withhold all removals if they are more; default 100 or half of the names")
    private @Nullable String maxDelete;

    @Option(
            names = "--exclude-regex",
            paramLabel = "REGEX",
            description = "files to leave out, in Python's notation, from the beginning of the path; may be repeated")
    private List<String> excludes = List.of();

    @Option(
            names = "--include-regex",
            paramLabel = "REGEX",
            description = "exceptions from --exclude-regex; may be repeated")
    private List<String> includes = List.of();

    @Option(
            names = "--exclude-dir-regex",
            paramLabel = "REGEX",
            description = "directories to leave out; may be repeated")
    private List<String> excludedDirectories = List.of();

    @Option(names = "--exclude-all-symlinks", description = "leave symbolic links out; else they are followed")
    private boolean excludeAllSymlinks;

    @Option(names = "--allow-empty-source", description = "sync a source without any file, too")
    private boolean allowEmptySource;

    @Option(names = "--incremental-mode", description = "of files that only grew, upload the new end")
    private boolean incremental;

    @Option(
            names = "--estimate",
            description = "change nothing, and say what a run would do, be billed and cost at most")
    private boolean estimate;

    @Option(names = "--report-file", paramLabel = "FILE", description = "every failure and skip as a line of JSON")
    private @Nullable String reportFile;

    @Option(
            names = "--state-file",
            paramLabel = "FILE",
            description = "remembers the disks of the source: one that is not mounted removes nothing")
    private @Nullable String stateFile;

    /**
     * Adds those that were given.
     *
     * @throws IllegalArgumentException if one of them is there already
     */
    void addTo(Map<String, Object> options) {
        add(options, "dryRun", dryRun ? true : null);
        if (removal != null) {
            add(options, "keepMode", removal.delete ? "delete" : "keepBeforeDelete");
            add(options, "keepDays", removal.keepDays);
        }
        if (newer != null) {
            add(options, "newerFileMode", newer.skip ? "skip" : "replace");
        }
        if (comparison != null) {
            add(options, "compareMode", mode(comparison));
        }
        add(options, "compareThreshold", compareThreshold);
        add(options, "workers", workers);
        add(options, "maxDelete", maxDelete);
        add(options, "excludeRegex", excludes.isEmpty() ? null : excludes);
        add(options, "includeRegex", includes.isEmpty() ? null : includes);
        add(options, "excludeDirRegex", excludedDirectories.isEmpty() ? null : excludedDirectories);
        add(options, "excludeAllSymlinks", excludeAllSymlinks ? true : null);
        add(options, "allowEmptySource", allowEmptySource ? true : null);
        add(options, "uploadMode", incremental ? "incremental" : null);
        add(options, "mode", estimate ? "estimate" : null);
        add(options, "reportFile", reportFile);
        add(options, "stateFile", stateFile);
    }

    private static @Nullable String mode(Comparison comparison) {
        if (comparison.size) {
            return "size";
        }
        if (comparison.checksum) {
            return "sha1";
        }
        return comparison.none ? "none" : comparison.by;
    }

    private static void add(Map<String, Object> options, String name, @Nullable Object value) {
        if (value != null && options.put(name, value) != null) {
            throw new IllegalArgumentException("--option " + name + " says what another option says, too");
        }
    }
}
