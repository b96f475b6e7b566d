// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.camelb2.sync.plan.policy.Direction;

/**
 * A sync made up from a seed: what both sides hold, and the options. Times lie on a coarse grid, so that the same one
 * often occurs on both sides.
 *
 * @param direction   where files go
 * @param source      names and versions, newest first; one version each where the source is a directory
 * @param destination the same of the destination
 * @param options     those of the URI
 */
record RandomSync(
        Direction direction,
        Map<String, List<Version>> source,
        Map<String, List<Version>> destination,
        Map<String, String> options) {
    static final long NOW = SyncTestSupport.NOW;
    private static final long HOUR = 3_600_000;

    /** Names that no disk has trouble with, in no order; regexes below are made for them. */
    private static final List<String> NAMES = List.of(
            "a-",
            "a b/c",
            "a.txt",
            "a/b",
            "a/c.txt",
            "a/d/e.incl",
            "a0",
            "b.txt",
            "b.txt.incl",
            "dir/é",
            "dir/\uFFFD x",
            "dir/😀",
            "it's",
            "z.incl");

    /** Where no disk takes part, a name may be a file and a directory. */
    private static final List<String> NAMES_IN_BUCKETS =
            Stream.concat(NAMES.stream(), Stream.of("a", "dir")).toList();

    private static final List<String> FILES = List.of(".*\\.txt", "a", "b\\.txt", ".*é", "dir/\\w$", "it's|z");
    private static final List<String> DIRECTORIES = List.of("a", "a$", "a/d", "d", "dir$", "b");

    /**
     * One version.
     *
     * @param content        empty for a hide marker
     * @param modifiedMillis its {@code src_last_modified_millis}
     * @param uploadMillis   when it got into the bucket
     * @param kind           what it is
     */
    record Version(String content, long modifiedMillis, long uploadMillis, Kind kind) {
        long shownMillis() {
            return kind == Kind.FILE ? modifiedMillis : uploadMillis;
        }
    }

    enum Kind {
        FILE,
        /** A file without {@code src_last_modified_millis}. */
        FILE_WITHOUT_TIME,
        HIDE_MARKER
    }

    static RandomSync of(long seed, Direction direction) {
        return new Maker(new Random(seed * 31 + direction.ordinal()), direction).make();
    }

    private record Maker(Random random, Direction direction) {

        RandomSync make() {
            Map<String, List<Version>> source = new TreeMap<>();
            Map<String, List<Version>> destination = new TreeMap<>();
            List<String> names = direction == Direction.B2_TO_B2 ? NAMES_IN_BUCKETS : NAMES;
            for (String name : names) {
                if (random.nextInt(10) < 7) {
                    source.put(name, direction == Direction.LOCAL_TO_B2 ? file() : history());
                }
                if (random.nextInt(10) < 7) {
                    destination.put(name, direction == Direction.B2_TO_LOCAL ? file() : history());
                }
            }
            // The time of a copy without one is a documented difference, which has a test of its own.
            if (direction == Direction.B2_TO_B2) {
                source.values().forEach(versions -> versions.replaceAll(Maker::withTime));
            }
            return new RandomSync(direction, source, destination, options());
        }

        private List<Version> file() {
            return List.of(new Version(content(), time(), 0, Kind.FILE));
        }

        private List<Version> history() {
            List<Long> uploads = Stream.generate(this::time)
                    .limit(1 + random.nextInt(4))
                    .sorted(Collections.reverseOrder())
                    .toList();
            List<Version> versions = new ArrayList<>();
            for (long upload : uploads) {
                // B2 hides only what can be seen.
                boolean canBeHidden = versions.size() + 1 < uploads.size()
                        && (versions.isEmpty()
                                || versions.get(versions.size() - 1).kind() != Kind.HIDE_MARKER);
                boolean isHidden = canBeHidden && random.nextInt(3) == 0;
                Kind kind = random.nextInt(8) == 0 ? Kind.FILE_WITHOUT_TIME : Kind.FILE;
                versions.add(
                        isHidden
                                ? new Version("", upload, upload, Kind.HIDE_MARKER)
                                : new Version(content(), time(), upload, kind));
            }
            return versions;
        }

        private static Version withTime(Version version) {
            return version.kind() == Kind.FILE_WITHOUT_TIME
                    ? new Version(version.content(), version.modifiedMillis(), version.uploadMillis(), Kind.FILE)
                    : version;
        }

        private String content() {
            return "x".repeat(random.nextInt(6)) + random.nextInt(10);
        }

        /** A whole number of hours ago, or nearly. */
        private long time() {
            long hours = List.of(3L, 9L, 12L, 24L, 60L, 100L, 240L).get(random.nextInt(7));
            return NOW - hours * HOUR + (random.nextInt(3) == 0 ? random.nextInt(5) : 0);
        }

        private Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>();
            String compareMode = oneOf("modTime", "modTime", "modTime", "size", "none");
            options.put("compareMode", compareMode);
            if (!compareMode.equals("none") && random.nextInt(3) == 0) {
                options.put("compareThreshold", "2");
            }
            options.put("newerFileMode", oneOf("raiseError", "skip", "replace"));
            boolean isDown = direction == Direction.B2_TO_LOCAL;
            String keepMode =
                    isDown ? oneOf("noDelete", "delete") : oneOf("noDelete", "delete", "delete", "keepBeforeDelete");
            options.put("keepMode", keepMode);
            if (keepMode.equals("keepBeforeDelete")) {
                options.put("keepDays", oneOf("0.4", "1", "2.5", "7"));
            }
            addFilters(options);
            return options;
        }

        private void addFilters(Map<String, String> options) {
            if (random.nextInt(2) == 0) {
                options.put("excludeRegex", FILES.get(random.nextInt(FILES.size())));
                if (random.nextInt(2) == 0) {
                    options.put("includeRegex", ".*\\.incl");
                }
            }
            if (random.nextInt(3) == 0) {
                options.put("excludeDirRegex", DIRECTORIES.get(random.nextInt(DIRECTORIES.size())));
            }
            if (random.nextInt(5) == 0) {
                options.put(oneOf("excludeModifiedBefore", "excludeModifiedAfter"), String.valueOf(NOW - 24 * HOUR));
            }
            if (direction != Direction.LOCAL_TO_B2 && random.nextInt(5) == 0) {
                options.put(oneOf("excludeUploadedBefore", "excludeUploadedAfter"), String.valueOf(NOW - 24 * HOUR));
            }
        }

        private String oneOf(String... words) {
            return words[random.nextInt(words.length)];
        }
    }

    /** Whether the newest version that the destination has of a name is a hide marker. */
    boolean hidesAtDestination(String name) {
        List<Version> versions = destination.getOrDefault(name, List.of());
        return !versions.isEmpty() && versions.get(0).kind() == Kind.HIDE_MARKER;
    }

    /** Whether a source bucket has a hide marker among the versions of a name: the filters may make it the newest. */
    boolean hidesAtSource(String name) {
        return source.getOrDefault(name, List.of()).stream().anyMatch(version -> version.kind() == Kind.HIDE_MARKER);
    }

    /** Whether b2sdk may take an older version for the file, because the newest is out of the times that are chosen. */
    boolean mayChooseOlderVersion(String name) {
        boolean isChosen = options.keySet().stream().anyMatch(option -> option.startsWith("excludeModified"));
        return isChosen
                && direction != Direction.LOCAL_TO_B2
                && source.getOrDefault(name, List.of()).size() > 1;
    }

    /** Whether b2sdk may let a file of a bucket take part although a directory above that of it is excluded. */
    boolean mayBeBelowExcludedDirectory(String name) {
        return options.getOrDefault("excludeDirRegex", "").endsWith("$")
                && direction != Direction.LOCAL_TO_B2
                && name.indexOf('/') != name.lastIndexOf('/');
    }

    /** Whether two versions of a name have nearly the same time and not the same size. */
    boolean mayDifferInSizeAlone(String name) {
        return source.getOrDefault(name, List.of()).stream()
                .anyMatch(from -> destination.getOrDefault(name, List.of()).stream()
                        .anyMatch(to -> from.content().length() != to.content().length()
                                && Math.abs(from.shownMillis() - to.shownMillis()) <= 2));
    }

    /** Whether an old version may be newer than what comes to lie above it. */
    boolean mayKeepNewerBelow(String name) {
        long oldest = Stream.of(source, destination)
                .flatMap(side -> side.getOrDefault(name, List.of()).stream())
                .filter(version -> version.kind() != Kind.HIDE_MARKER)
                .mapToLong(Version::shownMillis)
                .min()
                .orElse(0);
        return "delete".equals(options.get("keepMode"))
                && !"replace".equals(options.get("newerFileMode"))
                && destination.getOrDefault(name, List.of()).stream()
                        .anyMatch(version -> version.kind() != Kind.HIDE_MARKER && version.shownMillis() > oldest);
    }
}
