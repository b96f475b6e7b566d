// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory of files, links, links to nothing and empty directories of odd permissions that changes at random. Names,
 * contents, targets and times are few, so that one often takes the place, the size and the time of another.
 *
 * @param root    the directory
 * @param random  decides
 * @param isRoot  whether this process may read whatever it has no permission for
 * @param outside what links lead to that lead out
 */
record RandomTree(Path root, Random random, boolean isRoot, Path outside) {
    private static final List<String> NAMES = List.of("a", "a.", "a-", "b", "b.r", "c", "dd");
    private static final int PERMISSIONS = 0777;
    private static final int DEEPEST = 3;

    static RandomTree of(Path root, Random random, Path outside) throws IOException {
        boolean isRoot = Integer.valueOf(0)
                .equals(Files.getAttribute(Files.createDirectories(root).getParent(), "unix:uid"));
        return new RandomTree(root, random, isRoot, outside);
    }

    /** Changes so many places, whatever they hold. */
    void change(int places) throws IOException {
        for (int i = 0; i < places; i++) {
            Path place = root;
            for (int depth = random.nextInt(DEEPEST); depth >= 0; depth--) {
                place = place.resolve(NAMES.get(random.nextInt(NAMES.size())));
            }
            change(place);
        }
    }

    private void change(Path place) throws IOException {
        int kind = random.nextInt(9);
        Path above = root;
        for (Path part : root.relativize(place.getParent())) {
            above = above.resolve(part);
            if (!Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(above);
                Files.createDirectory(above);
            }
        }
        delete(place);
        if (kind >= 7) {
            return;
        }
        if (kind < 3) {
            Files.writeString(place, "x".repeat(random.nextInt(3)) + random.nextInt(3));
            Files.setAttribute(place, "unix:mode", permissions(0400));
        } else if (kind < 5) {
            Files.createSymbolicLink(place, Path.of(target()));
        } else {
            Files.createDirectory(place);
            Files.setAttribute(place, "unix:mode", permissions(0700));
        }
        touch(place, random.nextInt(20));
    }

    private int permissions(int needed) {
        return random.nextInt(PERMISSIONS + 1) | (isRoot ? 0 : needed);
    }

    private String target() {
        return List.of("a", "b", "c", "../a", "..", ".", "nowhere", "a/b", outside.toString(), outside + "/f")
                .get(random.nextInt(10));
    }

    private static void touch(Path place, long secondsAgo) throws IOException {
        Files.getFileAttributeView(place, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.fromMillis(SyncTestSupport.NOW - secondsAgo * 1000), null, null);
    }

    private static void delete(Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> below = Files.walk(place)) {
            for (Path file : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What only its content tells from what it was gets another time, as any program that edits a file gives it. */
    void touchWhatLooksTheSame(Map<String, String> before) throws IOException {
        for (Map.Entry<String, String> now : listing(root).entrySet()) {
            String was = before.get(now.getKey());
            if (was != null && !was.equals(now.getValue())) {
                Path place = root.resolve(now.getKey());
                FileTime time = Files.getLastModifiedTime(place, LinkOption.NOFOLLOW_LINKS);
                while (was.contains("@" + time.toMillis())) {
                    time = FileTime.fromMillis(time.toMillis() + 1_000);
                }
                Files.getFileAttributeView(place, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(time, null, null);
            }
        }
    }

    /**
     * Everything below a directory with its kind, time, permissions and content; links are not followed, and of directories
     * only empty ones have a time.
     */
    static Map<String, String> listing(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        if (Files.notExists(root)) {
            return all;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.skip(1).toList()) {
                String what = describe(file);
                if (!what.isEmpty()) {
                    all.put(root.relativize(file).toString(), what);
                }
            }
        }
        return all;
    }

    private static String describe(Path file) throws IOException {
        String mode = Integer.toOctalString((Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS));
        String facts = " " + mode + " @"
                + Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
        if (Files.isSymbolicLink(file)) {
            return "-> " + Files.readSymbolicLink(file) + facts;
        }
        if (Files.isDirectory(file)) {
            try (Stream<Path> entries = Files.list(file)) {
                return entries.findAny().isPresent() ? "" : "empty" + facts;
            }
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8) + facts;
    }
}
