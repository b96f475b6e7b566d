// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.scan.disk.Birth;
import io.github.camelb2.sync.scan.disk.DirectoryIdentity;

/**
 * Knows which directory the root of a run was at first, so that nothing is read, written or deleted where another one has
 * taken its place: below the mount point of a disk that is gone, or behind a link. Thread-safe.
 */
public final class RootGuard {
    /** The root is not what it was; nothing else of the run can go well. */
    public static final class RootChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        RootChangedException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private final Path root;
    /** Those below a root that was there. */
    private final DisksBelow disks;

    private final DisksBehindLinks linked;

    private @Nullable Object first;
    private Birth birth = Birth.UNKNOWN;

    /** Looks at the root if it is there; else it counts from the first check that finds it. */
    public RootGuard(Path root) {
        this.root = root;
        this.disks = DisksBelow.of(root);
        this.linked = disks.behindLinks();
        try {
            first = DirectoryIdentity.keyOf(root);
            birth = Birth.of(root);
        } catch (IOException e) {
            // Not made yet, or a failure that whoever needs the root meets.
            first = null;
        }
    }

    /**
     * Does nothing where the root, and every disk between it and a file, is what it was.
     *
     * @throws RootChangedException if the root is another directory, or gone
     * @throws IOException          if a disk is
     */
    public void check(Path file) throws IOException {
        check();
        disks.check(file);
    }

    /**
     * Does nothing where every disk below the root, and every one to which a link led, is what it was: what a file there
     * looked like may be gone with it.
     *
     * @param passedBy directories, relative to the root, whose disks nobody asks for
     * @throws IOException if one is not
     */
    public void checkDisks(Predicate<String> passedBy) throws IOException {
        disks.checkAll(passedBy);
        linked.checkAll();
    }

    /**
     * A scan of the source came to a link that it is to follow.
     *
     * @param passedBy directories, relative to the root, whose disks nobody asks for
     */
    public void followed(Path link, Predicate<String> passedBy) {
        linked.followed(link, passedBy);
    }

    /**
     * Does nothing where what a link leads to is on the disk that it was on.
     *
     * @throws IOException if it is on another
     */
    public void checkBehindLinks(Path file) throws IOException {
        linked.check(file);
    }

    /**
     * Does nothing where no disk was mounted between the root and a directory since.
     *
     * @throws IOException if one was
     */
    public void checkNoDiskCame(Path directory) throws IOException {
        disks.checkNoneCame(directory);
    }

    /**
     * Does nothing where the root is what it was, or where there never was one.
     *
     * @throws RootChangedException if it is another directory, or gone
     */
    public synchronized void check() throws IOException {
        Object now;
        try {
            now = DirectoryIdentity.keyOf(root);
        } catch (NoSuchFileException e) {
            if (first == null) {
                return;
            }
            throw new RootChangedException(
                    "the directory " + root + " is gone since the run began: is its disk mounted?", e);
        }
        if (first == null) {
            first = now;
            birth = Birth.of(root);
        } else if (!first.equals(now) || birth.contradicts(Birth.of(root))) {
            throw new RootChangedException(
                    "another directory is at " + root + " than when the run began: is its disk mounted?", null);
        }
    }
}
