// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.github.camelb2.sync.scan.DirectoryIdentity;

/**
 * The disks that were mounted below the root of a run when it began. Where one is gone its mount point leads to the disk
 * above, and what is written there is out of sight when it comes back; where one has come it hides what was there. Systems
 * without a table of mounts, which Linux has, know of none. Immutable.
 */
final class DisksBelow {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");
    /** Which word of a line is the mount point: https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html */
    private static final int MOUNT_POINT = 4;

    private final Path root;
    private final Path table;
    /** What each mount point led to. */
    private final Map<Path, Object> disks = new TreeMap<>();

    private DisksBelow(Path root, Path table) {
        this.root = root;
        this.table = table;
    }

    /** Looks which disks are there now. */
    static DisksBelow of(Path root) {
        return of(root, TABLE);
    }

    static DisksBelow of(Path root, Path table) {
        DisksBelow below = new DisksBelow(root, table);
        for (Path mountPoint : below.mountPoints()) {
            try {
                below.disks.put(mountPoint, DirectoryIdentity.keyOf(mountPoint));
            } catch (IOException e) {
                // Nobody may look at it, so nothing is read or written below it either.
                continue;
            }
        }
        return below;
    }

    /**
     * Checks that the disks on the way to a file are those that were there at first.
     *
     * @throws IOException if another directory is where one of them was
     */
    void check(Path file) throws IOException {
        for (Path mountPoint : disks.keySet()) {
            if (file.startsWith(mountPoint)) {
                checkSame(mountPoint);
            }
        }
    }

    /**
     * Checks that all disks are those that were there at first.
     *
     * @param passedBy directories, relative to the root, whose disks nobody asks for
     * @throws IOException if another directory is where one of them was
     */
    void checkAll(Predicate<String> passedBy) throws IOException {
        for (Path mountPoint : disks.keySet()) {
            if (!passedBy.test(root.relativize(mountPoint).toString())) {
                checkSame(mountPoint);
            }
        }
    }

    private void checkSame(Path mountPoint) throws IOException {
        Object now;
        try {
            now = DirectoryIdentity.keyOf(mountPoint);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    mountPoint
                            + " is gone, where a disk was when the run began: is it mounted? Nothing is done below it",
                    e);
        }
        if (!now.equals(disks.get(mountPoint))) {
            throw new IOException("another disk is at " + mountPoint
                    + " than when the run began: is it mounted? Nothing is done below it");
        }
    }

    /**
     * Checks that no disk was mounted on the way to a file meanwhile.
     *
     * @param directory where the file is, or is to be
     * @throws IOException if one was
     */
    void checkNoneCame(Path directory) throws IOException {
        Object device = DirectoryIdentity.device(directory);
        Path expected = root;
        for (Path mountPoint : disks.keySet()) {
            // In the order of names the one above comes first.
            expected = directory.startsWith(mountPoint) ? mountPoint : expected;
        }
        if (device.equals(DirectoryIdentity.device(expected))) {
            return;
        }
        for (Path mountPoint : mountPoints()) {
            if (directory.startsWith(mountPoint) && !disks.containsKey(mountPoint)) {
                throw new IOException("a disk was mounted at " + mountPoint
                        + " since the run began, so nothing is done below it; the next run decides again");
            }
        }
    }

    /** Those that are strictly below the root now. */
    private Set<Path> mountPoints() {
        Set<Path> found = new TreeSet<>();
        try {
            Path real = root.toRealPath();
            Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
            for (String line :
                    Files.readString(table, StandardCharsets.ISO_8859_1).split("\n")) {
                String[] words = line.split(" ");
                if (words.length > MOUNT_POINT) {
                    add(real, unescaped(words[MOUNT_POINT], names), found);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // No such table, or no such root yet: no disk is known.
            return found;
        }
        return found;
    }

    private void add(Path real, String mountPoint, Set<Path> found) {
        try {
            Path path = Path.of(mountPoint);
            if (path.startsWith(real) && !path.equals(real)) {
                found.add(root.resolve(real.relativize(path)));
            }
        } catch (InvalidPathException e) {
            // This JVM has no form of the name, and syncs nothing below it.
            return;
        }
    }

    /** The table writes blanks, line ends and backslashes as three octal digits behind a backslash. */
    private static String unescaped(String word, Charset names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < word.length(); i++) {
            boolean isEscaped = word.charAt(i) == '\\' && i + 3 < word.length();
            bytes.write(isEscaped ? Integer.parseInt(word.substring(i + 1, i + 4), 8) : word.charAt(i));
            i += isEscaped ? 3 : 0;
        }
        return bytes.toString(names);
    }
}
