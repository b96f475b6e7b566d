// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.github.camelb2.sync.scan.disk.Birth;
import io.github.camelb2.sync.scan.disk.DirectoryIdentity;
import io.github.camelb2.sync.scan.disk.MountTable;

/**
 * The disks that were mounted below the root of a run when it began. Where one is gone its mount point leads to the disk
 * above, and what is written there is out of sight when it comes back; where one has come it hides what was there. Systems
 * without a table of mounts, which Linux has, know of none. Immutable.
 */
final class DisksBelow {
    private final Path root;
    private final Path table;
    private final String textAtFirst;
    private final MountTable atFirst;

    private record Disk(Object key, Birth birth) {
        static Disk at(Path mountPoint) throws IOException {
            return new Disk(DirectoryIdentity.keyOf(mountPoint), Birth.of(mountPoint));
        }

        /** The number of a disk that is gone is given to the next one. */
        boolean isStill(Disk then) {
            return key.equals(then.key) && !birth.contradicts(then.birth);
        }
    }

    /** What each mount point led to. */
    private final Map<Path, Disk> disks = new TreeMap<>();
    /** All mount points that there were, also those that nobody may look at. */
    private final Set<Path> known;

    private DisksBelow(Path root, Path table) {
        this.root = root;
        this.table = table;
        this.textAtFirst = text(table);
        this.atFirst = MountTable.read(table);
        this.known = mountPoints(atFirst);
    }

    /** Looks which disks are there now. */
    static DisksBelow of(Path root) {
        return of(root, MountTable.FILE);
    }

    static DisksBelow of(Path root, Path table) {
        DisksBelow below = new DisksBelow(root, table);
        for (Path mountPoint : below.known) {
            try {
                below.disks.put(mountPoint, Disk.at(mountPoint));
            } catch (IOException e) {
                // Nobody may look at it, so nothing is read or written below it either.
                continue;
            }
        }
        return below;
    }

    /** Those elsewhere, to which links lead. */
    DisksBehindLinks behindLinks() {
        return new DisksBehindLinks(root, table, atFirst);
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
        Disk now;
        try {
            now = Disk.at(mountPoint);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    mountPoint
                            + " is gone, where a disk was when the run began: is it mounted? Nothing is done below it",
                    e);
        }
        Disk then = disks.get(mountPoint);
        if (then == null || !now.isStill(then)) {
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
        // A directory of the same disk may be mounted too, so that no number tells.
        if (text(table).equals(textAtFirst)) {
            return;
        }
        for (Path mountPoint : mountPoints(MountTable.read(table))) {
            if (directory.startsWith(mountPoint) && !known.contains(mountPoint) && !isMountedOnDemand(mountPoint)) {
                throw new IOException("a disk was mounted at " + mountPoint
                        + " since the run began, so nothing is done below it; the next run decides again");
            }
        }
    }

    /** Nothing was there before somebody looked at it. */
    private boolean isMountedOnDemand(Path mountPoint) throws IOException {
        MountTable.Mount above = atFirst.covering(root.toRealPath().resolve(root.relativize(mountPoint)));
        return above != null && above.type().equals(DisksBehindLinks.MOUNTS_ON_DEMAND);
    }

    private static String text(Path table) {
        try {
            return Files.readString(table, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // No such table: nobody knows what is mounted.
            return "";
        }
    }

    /** Those that are strictly below the root. */
    private Set<Path> mountPoints(MountTable mounts) {
        Set<Path> found = new TreeSet<>();
        try {
            Path real = root.toRealPath();
            for (Path point : mounts.points()) {
                if (point.startsWith(real) && !point.equals(real)) {
                    found.add(root.resolve(real.relativize(point)));
                }
            }
        } catch (IOException e) {
            // No such root yet: it has no disk.
            return found;
        }
        return found;
    }
}
