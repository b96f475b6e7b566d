// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.scan.disk.Absence;
import io.github.camelb2.sync.scan.disk.Birth;
import io.github.camelb2.sync.scan.disk.MountTable;

/**
 * The disks that symbolic links of a source lead to. Where one is not mounted any more, what the source lacks there is out
 * of sight and not gone, and what it has there is not what was meant. Remembers mount points, of which a system has few.
 * Systems without a table of mounts know of none. Thread-safe.
 */
final class DisksBehindLinks {
    /** Mounts a disk when somebody looks at it. */
    static final String MOUNTS_ON_DEMAND = "autofs";

    private final Path root;
    private final Path table;
    private final MountTable atFirst;
    private final Map<Path, Birth> reached = new ConcurrentSkipListMap<>();

    /** @param atFirst what was mounted when the run began */
    DisksBehindLinks(Path root, Path table, MountTable atFirst) {
        this.root = root;
        this.table = table;
        this.atFirst = atFirst;
    }

    /**
     * A scan followed a link, or would have if it led anywhere: the disk that it led to when the run began is one of the
     * source, with those that were mounted below.
     *
     * @param passedBy directories, relative to the root, that nobody looks into
     */
    void followed(Path link, Predicate<String> passedBy) {
        String path = root.relativize(link).toString();
        if (passedBy.test(path)) {
            return;
        }
        Path target = target(link);
        MountTable.Mount mount = atFirst.covering(target);
        if (mount != null) {
            reached.computeIfAbsent(mount.point(), Birth::of);
        }
        for (Path point : atFirst.points()) {
            if (point.startsWith(target) && !passedBy.test(path + "/" + target.relativize(point))) {
                reached.computeIfAbsent(point, Birth::of);
            }
        }
    }

    /** Where it leads; if that is gone, where it would lead if there were no other links on the way. */
    private static Path target(Path link) {
        try {
            return link.toRealPath();
        } catch (IOException gone) {
            try {
                Path parent = link.resolveSibling("").toRealPath();
                return parent.resolve(Files.readSymbolicLink(link)).normalize();
            } catch (IOException e) {
                // The link itself is gone, and leads nowhere.
                return link;
            }
        }
    }

    /**
     * Checks that all disks to which links led are still mounted.
     *
     * @throws IOException if one is not
     */
    void checkAll() throws IOException {
        if (reached.isEmpty()) {
            return;
        }
        MountTable now = MountTable.read(table);
        for (Path point : reached.keySet()) {
            checkSame(point, now);
        }
    }

    /**
     * Checks that a place of the source lies on the disk that it lay on when the run began, if a link leads to it.
     *
     * @throws IOException if it lies on another, or nobody can tell
     */
    void check(Path file) throws IOException {
        Path real = existing(file);
        if (!real.startsWith(root.toRealPath())) {
            checkSame(real, MountTable.read(table));
        }
    }

    private void checkSame(Path place, MountTable now) throws IOException {
        MountTable.Mount then = atFirst.covering(place);
        if (then != null && then.type().equals(MOUNTS_ON_DEMAND)) {
            return;
        }
        boolean isAnother =
                !identity(then).equals(identity(now.covering(place))) || (then != null && isMadeAnew(then.point()));
        if (isAnother) {
            throw new IOException("another disk is at " + place + ", to which a link leads, than when the run began:"
                    + " is it mounted? Nothing is done below it");
        }
    }

    /** A mount that is gone gives its numbers to the next one. */
    private boolean isMadeAnew(Path point) {
        Birth birth = reached.get(point);
        return birth != null && birth.contradicts(Birth.of(point));
    }

    private static String identity(MountTable.@Nullable Mount mount) {
        return mount == null ? "" : mount.point() + " " + mount.identity();
    }

    /** Where the file is, or the nearest directory above it that is there. */
    private static Path existing(Path file) throws IOException {
        for (Path at = file; ; at = at.getParent()) {
            try {
                return at.toRealPath();
            } catch (IOException e) {
                if (at.getParent() == null || !Absence.isMeantBy(e, at)) {
                    throw e;
                }
            }
        }
    }
}
