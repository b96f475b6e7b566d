// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How symbolic links below one directory are treated, and the way through them: where links may not lead out, each
 * directory on the way is opened by its number and not by its name, so that one which is swapped for a link between a
 * check and its use leads nowhere. Thread-safe.
 */
public final class Links {
    /** What happens to symbolic links of a directory. */
    public enum Mode {
        /** What they lead to is synced under their name. */
        FOLLOW,
        /** The same, unless it lies outside the source. */
        FOLLOW_WITHIN,
        /** They are left out. */
        SKIP,
        /** They are files of their own, which say where they lead; nobody follows them. */
        STORE;

        /** Whether what they lead to is looked at. */
        public boolean follows() {
            return this == FOLLOW || this == FOLLOW_WITHIN;
        }
    }

    private final Path root;
    private final Mode mode;
    private volatile @Nullable Path realRoot;

    public Links(Path root, Mode mode) {
        this.root = root;
        this.mode = mode;
    }

    public Mode mode() {
        return mode;
    }

    /** Whether links are stored, so that nothing is looked at behind them. */
    public boolean areStored() {
        return mode == Mode.STORE;
    }

    /** Whether what a link leads to lies outside the directory. */
    public boolean leadsOut(Path file) throws IOException {
        return !file.toRealPath().startsWith(realRoot());
    }

    private Path realRoot() throws IOException {
        Path known = realRoot;
        if (known == null) {
            known = root.toRealPath();
            realRoot = known;
        }
        return known;
    }

    /** Whether a path below the directory is one that a scan reaches: none of its links is left out. */
    public boolean reaches(Path file) throws IOException {
        if (mode == Mode.FOLLOW) {
            return Files.exists(file);
        }
        Path place = root;
        for (Path part : root.relativize(file)) {
            place = place.resolve(part);
            if (Files.isSymbolicLink(place) && (!mode.follows() || !Files.exists(place) || leadsOut(place))) {
                return false;
            }
        }
        return true;
    }

    /** The entries of a directory below the root, or of the root itself. */
    public DirectoryStream<Path> list(Path directory) throws IOException {
        if (mode == Mode.FOLLOW || directory.equals(root)) {
            return Files.newDirectoryStream(directory);
        }
        Way way = new Way(directory);
        DirectoryStream<Path> stream = way.open();
        return stream == null ? Files.newDirectoryStream(way.real) : stream;
    }

    /**
     * Opens a file below the directory for reading.
     *
     * @throws IOException if a link on its way may not be followed
     */
    public SeekableByteChannel open(Path file) throws IOException {
        if (mode == Mode.FOLLOW) {
            return Files.newByteChannel(file, StandardOpenOption.READ);
        }
        Way way = new Way(file);
        Path parent = Objects.requireNonNull(way.real.getParent());
        try (DirectoryStream<Path> stream = new Way(parent, way.base).open()) {
            Set<StandardOpenOption> read = Set.of(StandardOpenOption.READ);
            if (stream instanceof SecureDirectoryStream<Path> secure) {
                return secure.newByteChannel(
                        way.real.getFileName(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            }
            return Files.newByteChannel(way.real, read);
        }
    }

    /** The way from the root to a place without any link, as far as it is known beforehand. */
    private final class Way {
        private final Path base;
        private final Path real;

        Way(Path file) throws IOException {
            base = realRoot();
            if (!mode.follows()) {
                real = base.resolve(root.relativize(file));
            } else {
                real = file.toRealPath();
            }
            if (!real.startsWith(base)) {
                throw new NotLinkException(file.toString(), null, "it leads out of " + root);
            }
        }

        Way(Path real, Path base) {
            this.base = base;
            this.real = real;
        }

        /** Null where the system knows no directories by number. */
        @Nullable
        DirectoryStream<Path> open() throws IOException {
            DirectoryStream<Path> stream = Files.newDirectoryStream(base);
            for (Path part : base.relativize(real)) {
                if (part.toString().isEmpty()) {
                    return stream;
                }
                try (DirectoryStream<Path> above = stream) {
                    if (!(above instanceof SecureDirectoryStream<Path> secure)) {
                        return null;
                    }
                    stream = secure.newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS);
                }
            }
            return stream;
        }
    }
}
