// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.util.List;
import java.util.Optional;

import io.github.camelb2.filter.FileFilter;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.Unicode;
import io.github.camelb2.sync.scan.disk.Links;

/**
 * The user's filters: which names and times take part in a sync.
 *
 * <p>Expressions see the path relative to the synced root. A directory's exclusion weighs more than an inclusion, an
 * inclusion more than an exclusion, and what no expression matches takes part. Then {@code chosen} is asked, and the times,
 * which are inclusive bounds in milliseconds since 1970: a file is left out by the first that leaves it out.
 *
 * @param excludeDirs  directories that are left out with all they hold
 * @param excludes     files that are left out
 * @param includes     files that take part although an exclusion matches
 * @param symlinks     whether symbolic links of a local source are followed
 * @param specials     whether what is no file is a failure
 * @param hidden       what hidden names of a source bucket are
 * @param unicode      when two names are one
 * @param modified     the times of change that take part
 * @param uploaded     the times of upload that take part; for versions in a bucket only
 * @param chosen       other rules for names, and the sizes and ages that take part
 */
public record ScanFilters(
        List<PythonRegex> excludeDirs,
        List<PythonRegex> excludes,
        List<PythonRegex> includes,
        Links.Mode symlinks,
        SpecialFiles specials,
        Hidden hidden,
        Unicode unicode,
        TimeRange modified,
        TimeRange uploaded,
        Chosen chosen) {

    /** Takes nothing out. */
    public static final ScanFilters NONE =
            new ScanFilters(List.of(), List.of(), List.of(), Links.Mode.FOLLOW, TimeRange.ALL, TimeRange.ALL);

    /** Takes nothing out of a destination, whose links are files of their own where those of the source are. */
    public static ScanFilters ofDestination(Links.Mode source) {
        return source == Links.Mode.STORE
                ? new ScanFilters(List.of(), List.of(), List.of(), source, TimeRange.ALL, TimeRange.ALL)
                : NONE;
    }

    /** What a source has to say of pipes, sockets, devices, and links to nothing. */
    public enum SpecialFiles {
        /** They are left out, and the report tells. */
        SKIPPED,
        /** Each is a failure. */
        FAILING
    }

    /** What a name is whose newest version in a source bucket is a hide marker. */
    public enum Hidden {
        /** Not there. */
        ABSENT,
        /** Nobody's business: what the destination has of it stays. */
        IGNORED
    }

    /** Where a source is, as far as the meaning of {@code excludeDirs} depends on it. */
    public enum Place {
        /** A directory's own path is matched, for each directory; the root never. */
        LOCAL,
        /** The paths above a file are matched, for each file; that of files without a directory is empty. */
        B2
    }

    /** Bounds that include their ends. */
    public record TimeRange(long fromMillis, long toMillis) {
        /** Every time. */
        public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

        /** Whether the time lies between the bounds. */
        public boolean contains(long millis) {
            return fromMillis <= millis && millis <= toMillis;
        }
    }

    /**
     * A filter for names, sizes and ages.
     *
     * @param nowMillis what the age of a file, since it was modified, is counted to, in milliseconds since 1970
     */
    public record Chosen(FileFilter filter, long nowMillis) {
        /** All files. */
        public static final Chosen ALL = new Chosen(FileFilter.ALL, 0);

        private boolean excludes(long size, long modifiedMillis) {
            return !filter.bounds().acceptsSize(size) || !filter.bounds().acceptsTime(modifiedMillis, nowMillis);
        }
    }

    /** With the defaults for what is no filter. */
    public ScanFilters(
            List<PythonRegex> excludeDirs,
            List<PythonRegex> excludes,
            List<PythonRegex> includes,
            Links.Mode symlinks,
            TimeRange modified,
            TimeRange uploaded) {
        this(
                excludeDirs,
                excludes,
                includes,
                symlinks,
                SpecialFiles.SKIPPED,
                Hidden.ABSENT,
                Unicode.EXACT,
                modified,
                uploaded,
                Chosen.ALL);
    }

    /** Refuses inclusions that have nothing to except from. */
    public ScanFilters {
        excludeDirs = List.copyOf(excludeDirs);
        excludes = List.copyOf(excludes);
        includes = List.copyOf(includes);
        if (!includes.isEmpty() && excludes.isEmpty()) {
            throw new IllegalArgumentException(
                    "includeRegex has no meaning without excludeRegex: it names the exceptions from it;"
                            + " to sync only what matches, add excludeRegex=RAW(.*)");
        }
    }

    /** Whether a directory of that path is left out, or no file below it can take part. */
    boolean excludesDirectory(String path) {
        return anyMatches(excludeDirs, path)
                || (!path.isEmpty() && chosen.filter().excludesAllBelow(path));
    }

    /** Whether the user left out a directory of that path by its name; other filters may pass it by without a word of it. */
    boolean namesDirectory(String path) {
        return anyMatches(excludeDirs, path);
    }

    /** Whether nobody looks into a directory, because it or one above it is left out. */
    public boolean passesBy(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (excludesDirectory(path.substring(0, slash))) {
                return true;
            }
        }
        return excludesDirectory(path);
    }

    /** Whether files of that path are left out, their directories aside. */
    boolean excludesFile(String path) {
        return (!anyMatches(includes, path) && anyMatches(excludes, path))
                || !chosen.filter().acceptsName(path);
    }

    /** Whether a file is left out, its directories aside. */
    boolean excludes(String path, long size, long modifiedMillis) {
        return excludesFile(path) || excludesByFacts(size, modifiedMillis);
    }

    /** Whether files of that size and time are left out, whatever their name. */
    boolean excludesByFacts(long size, long modifiedMillis) {
        return !modified.contains(modifiedMillis) || chosen.excludes(size, modifiedMillis);
    }

    /** Whether a file that the source does not have would be left out if it had it. */
    public boolean wouldExclude(ScanItem.SyncFile file, Place sourcePlace) {
        return excludesFile(file.path())
                || (file.isVisible()
                        ? excludesByFacts(file.size(), file.modifiedMillis())
                        : !modified.contains(file.modifiedMillis()))
                || isInExcludedDirectory(file.path(), sourcePlace);
    }

    boolean isInExcludedDirectory(String path, Place sourcePlace) {
        if (excludeDirs.isEmpty()) {
            return false;
        }
        int end = path.indexOf('/');
        if (end < 0) {
            return sourcePlace == Place.B2 && excludesDirectory("");
        }
        for (; end >= 0; end = path.indexOf('/', end + 1)) {
            if (excludesDirectory(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** What is left of the filters where names, sizes and times of change do not matter. */
    public ScanFilters withoutChoice() {
        return new ScanFilters(
                List.of(),
                List.of(),
                List.of(),
                symlinks,
                specials,
                hidden,
                unicode,
                TimeRange.ALL,
                uploaded,
                Chosen.ALL);
    }

    /** The same that leaves out other directories, and files by their names only as {@code names} says. */
    ScanFilters withDirectories(List<PythonRegex> directories, FileFilter names) {
        return new ScanFilters(
                directories,
                excludes,
                includes,
                symlinks,
                specials,
                hidden,
                unicode,
                modified,
                uploaded,
                new Chosen(names, chosen.nowMillis()));
    }

    /** What leaves out files of that path, by their name or that of a directory above them; empty if nothing does. */
    public Optional<String> exclusionOfName(String path, Place sourcePlace) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            String directory = path.substring(0, end);
            Optional<PythonRegex> match = match(excludeDirs, directory);
            if (match.isPresent()) {
                return Optional.of("excludeDirRegex=" + match.get() + ", which matches its directory " + directory);
            }
        }
        if (isInExcludedDirectory(path, sourcePlace)) {
            return Optional.of("excludeDirRegex, which matches the root");
        }
        Optional<PythonRegex> match = anyMatches(includes, path) ? Optional.empty() : match(excludes, path);
        return match.map(regex -> "excludeRegex=" + regex)
                .or(() -> chosen.filter().exclusionOfName(path));
    }

    /** What lets files of that path take part that something else would leave out; empty if nothing does. */
    public Optional<String> inclusionOfName(String path) {
        Optional<PythonRegex> match = match(includes, path);
        return match.map(regex -> "includeRegex=" + regex)
                .or(() -> chosen.filter().inclusionOfName(path));
    }

    /** What leaves out files of that size and time, whatever their name; empty if nothing does. */
    public Optional<String> exclusionByFacts(long size, long modifiedMillis) {
        Optional<String> byChoice = chosen.filter().exclusionOfSize(size).or(() -> chosen.filter()
                .exclusionOfTime(modifiedMillis, chosen.nowMillis()));
        if (byChoice.isPresent() || modified.contains(modifiedMillis)) {
            return byChoice;
        }
        String option = modifiedMillis < modified.fromMillis() ? "excludeModifiedBefore" : "excludeModifiedAfter";
        return Optional.of(option + ": it was modified at " + modifiedMillis);
    }

    private static Optional<PythonRegex> match(List<PythonRegex> expressions, String path) {
        return expressions.stream().filter(it -> it.matches(path)).findFirst();
    }

    private static boolean anyMatches(List<PythonRegex> expressions, String path) {
        for (PythonRegex expression : expressions) {
            if (expression.matches(path)) {
                return true;
            }
        }
        return false;
    }
}
