// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.local.FileStamp;
import io.github.camelb2.client.transfer.local.ForcedDirectories;
import io.github.camelb2.sync.action.local.SecondNames;
import io.github.camelb2.sync.action.local.Temporaries;
import io.github.camelb2.sync.scan.disk.TemporaryNames;

/**
 * A directory outside of the root of a sync that gets the files which a run replaces or removes, each under its path. What is
 * there already is never replaced: another file of that path gets a number, as {@code a.txt.~2~}.
 *
 * <p>On the disk of the root a file gets a second name, in no time; from another disk it is copied and forced to the disk.
 * Nothing is written through links below the directory. Thread-safe.
 */
public final class BackupDirectory implements Backup {
    private static final Logger LOG = LoggerFactory.getLogger(BackupDirectory.class);

    /** Beyond that many files of one path, a random name is quicker to find than a number. */
    private static final int MOST_NUMBERS = 1_000;

    private final Path directory;
    private final String suffix;
    private final Path root;
    private final SecondNames secondNames;
    private final ForcedDirectories forced = new ForcedDirectories();
    private @Nullable Object key;

    /**
     * @param directory is made when the first file comes
     * @param suffix    is put behind the name of each file; may be empty
     * @param root      what is synced: the directory must lie outside of it, and it outside of the directory
     */
    public BackupDirectory(Path directory, String suffix, Path root) {
        this(directory, suffix, root, SecondNames.OF_DISK);
    }

    /** @param secondNames gives files a second name in the directory */
    public BackupDirectory(Path directory, String suffix, Path root, SecondNames secondNames) {
        this.secondNames = secondNames;
        this.directory = directory;
        this.suffix = suffix;
        this.root = root;
    }

    @Override
    public Kept keep(String path, Path file) throws IOException {
        Path place = place(path);
        Kept kept = Files.isSymbolicLink(file) ? keepLink(file, place) : keepFile(file, place);
        LOG.debug("{} is kept: {}", file, kept);
        return kept;
    }

    @FunctionalInterface
    private interface Comparison {
        boolean isSame(Path file) throws IOException;
    }

    private record KeptFile(Path place, Comparison comparison) implements Kept {
        @Override
        public boolean holds(Path file) throws IOException {
            return comparison.isSame(file);
        }

        @Override
        public void forget() throws IOException {
            Files.deleteIfExists(place);
        }

        @Override
        public String toString() {
            return place.toString();
        }
    }

    /** Where a file goes if nothing is there yet; its directories exist afterwards. */
    private Path place(String path) throws IOException {
        check();
        String[] parts = path.split("/");
        Path place = directory;
        for (int i = 0; i < parts.length - 1; i++) {
            place = enter(place, parts[i]);
        }
        return place.resolve(parts[parts.length - 1] + suffix);
    }

    /** The directory, and where it leads, may have become others since the options were judged. */
    private synchronized void check() throws IOException {
        make();
        Object now = keyOf(directory);
        if (key == null) {
            Path real = directory.toRealPath();
            Path realRoot = root.toRealPath();
            if (real.startsWith(realRoot) || realRoot.startsWith(real) || isBelow(real, keyOf(root))) {
                throw new IOException("backupDir=" + directory + " leads into " + root + ", or that into it: nothing is"
                        + " replaced or removed");
            }
            key = now;
            removeLeftovers();
        }
        if (!Objects.equals(key, now)) {
            throw new IOException("another directory is at backupDir=" + directory
                    + " than when the run began: is its disk" + " mounted? Nothing is replaced or removed");
        }
    }

    private void make() throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "backupDir=" + directory + " cannot be used, because " + e.getFile() + " is a file: nothing is"
                            + " replaced or removed; take the file away, or write another directory",
                    e);
        }
    }

    /**
     * A run that was killed while it copied has left a copy without a name, whose original is still in its place, and a mark
     * that says so; without one nobody looks.
     */
    private void removeLeftovers() {
        try (Temporaries left = new Temporaries(directory, UUID.randomUUID().toString())) {
            if (!hasMarks()) {
                return;
            }
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        left.found(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    LOG.debug("Nobody can tell whether a killed run has left something in {}", file, e);
                    return FileVisitResult.CONTINUE;
                }
            });
            left.removeLeftovers();
        } catch (IOException e) {
            LOG.warn("What a killed run may have left in {} cannot be found: {}", directory, e.toString());
        }
    }

    private boolean hasMarks() throws IOException {
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(
                directory,
                file -> TemporaryNames.runOfMark(file.getFileName().toString()).isPresent())) {
            return marks.iterator().hasNext();
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    /** One directory may be mounted at two places. */
    private static boolean isBelow(Path real, Object keyOfRoot) throws IOException {
        for (Path above = real; above != null; above = above.getParent()) {
            if (keyOf(above).equals(keyOfRoot)) {
                return true;
            }
        }
        return false;
    }

    private static Object keyOf(Path place) throws IOException {
        FileStamp stamp = FileStamp.of(place);
        return stamp.key() == null ? place.toRealPath() : stamp.key();
    }

    /** A file or link of that name, which was kept before, is not in the way of a directory. */
    private Path enter(Path above, String name) throws IOException {
        for (int number = 1; ; number++) {
            Path place = above.resolve(numbered(name, number));
            try {
                Files.createDirectory(place);
                forced.changed(place);
                return place;
            } catch (FileAlreadyExistsException e) {
                if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                    return place;
                }
            }
        }
    }

    private static String numbered(String name, int number) {
        if (number == 1) {
            return name;
        }
        return name + ".~" + (number > MOST_NUMBERS ? UUID.randomUUID().toString() : String.valueOf(number)) + "~";
    }

    private Kept keepLink(Path link, Path place) throws IOException {
        Path target = Files.readSymbolicLink(link);
        return new KeptFile(
                atFreeName(place, free -> Files.createSymbolicLink(free, target)),
                file -> Files.isSymbolicLink(file)
                        && Files.readSymbolicLink(file).equals(target));
    }

    private Kept keepFile(Path file, Path place) throws IOException {
        try {
            Path kept = atFreeName(place, free -> secondNames.give(free, file));
            return new KeptFile(kept, now -> !Files.isSymbolicLink(now) && Files.isSameFile(kept, now));
        } catch (UnsupportedOperationException | IOException e) {
            LOG.trace("{} gets no second name: it is copied", file, e);
            return copy(file, place);
        }
    }

    private Kept copy(Path file, Path place) throws IOException {
        String copy = UUID.randomUUID().toString();
        try (Temporaries own = new Temporaries(directory, copy)) {
            return copy(file, place, own.beside(place, file.toString(), copy));
        }
    }

    private Kept copy(Path file, Path place, Path unnamed) throws IOException {
        try {
            FileStamp before = FileStamp.of(file);
            Files.copy(file, unnamed, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            try (FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.READ)) {
                channel.force(true);
            }
            if (!before.equals(FileStamp.of(file))) {
                throw new IOException(file + " changed while it was copied to " + place.getParent());
            }
            Path kept = atFreeName(place, free -> name(unnamed, free));
            // The copy is the only one soon.
            forced.changed(kept);
            forced.force();
            return new KeptFile(
                    kept, now -> !Files.isSymbolicLink(now) && FileStamp.of(now).equals(before));
        } finally {
            Files.deleteIfExists(unnamed);
        }
    }

    private void name(Path unnamed, Path free) throws IOException {
        try {
            secondNames.give(free, unnamed);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException noLinks) {
            LOG.trace("{} gets no second name: it is renamed", unnamed, noLinks);
            Files.move(unnamed, free);
        }
    }

    @FunctionalInterface
    private interface Make {
        void at(Path free) throws IOException;
    }

    private Path atFreeName(Path place, Make make) throws IOException {
        String name = place.getFileName().toString();
        for (int number = 1; ; number++) {
            Path free = place.resolveSibling(numbered(name, number));
            try {
                make.at(free);
                forced.changed(free);
                return free;
            } catch (FileAlreadyExistsException e) {
                LOG.trace("{} is kept already", free, e);
            }
        }
    }

    /** Forces the names of what is kept to the disk. */
    @Override
    public void force() {
        forced.force();
    }
}
