// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A directory below a root, opened part by part without following links: what is done in it is done in that directory,
 * whatever its name, or one above it, leads to by then. Systems without such a way use the names, which the caller has
 * checked. For one thread; closed by whoever opened it.
 */
public final class OpenDirectory implements AutoCloseable {
    private final Path directory;
    private final @Nullable SecureDirectoryStream<Path> open;

    private OpenDirectory(Path directory, @Nullable SecureDirectoryStream<Path> open) {
        this.directory = directory;
        this.open = open;
    }

    /**
     * Opens the directory that holds a file below the root.
     *
     * @throws IOException if a part of it is a link, or no directory
     */
    public static OpenDirectory of(Path root, Path file) throws IOException {
        Path directory = Objects.requireNonNull(file.getParent(), "the root has no name below itself");
        DirectoryStream<Path> top = Files.newDirectoryStream(root);
        if (!(top instanceof SecureDirectoryStream<Path> first)) {
            top.close();
            return new OpenDirectory(directory, null);
        }
        SecureDirectoryStream<Path> current = first;
        try {
            for (Path part : root.relativize(directory)) {
                if (!part.toString().isEmpty()) {
                    SecureDirectoryStream<Path> next = current.newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS);
                    current.close();
                    current = next;
                }
            }
            return new OpenDirectory(directory, current);
        } catch (IOException e) {
            current.close();
            throw e;
        }
    }

    /** What a name leads to; empty when there is nothing, or a link to nothing. */
    public Optional<BasicFileAttributes> look(Path name, LinkOption... options) throws IOException {
        try {
            BasicFileAttributeView view = open == null
                    ? Files.getFileAttributeView(directory.resolve(name), BasicFileAttributeView.class, options)
                    : open.getFileAttributeView(name, BasicFileAttributeView.class, options);
            return Optional.of(view.readAttributes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whether both names are of one file. */
    public boolean isSame(Path name, Path other) throws IOException {
        Optional<BasicFileAttributes> one = look(name, LinkOption.NOFOLLOW_LINKS);
        Optional<BasicFileAttributes> two = look(other, LinkOption.NOFOLLOW_LINKS);
        return one.isPresent()
                && two.isPresent()
                && Objects.equals(one.get().fileKey(), two.get().fileKey());
    }

    public void deleteFile(Path name) throws IOException {
        if (open == null) {
            Files.delete(directory.resolve(name));
        } else {
            open.deleteFile(name);
        }
    }

    /** Deletes a directory, which has to be empty. */
    public void deleteDirectory(Path name) throws IOException {
        if (open == null) {
            Files.delete(directory.resolve(name));
        } else {
            open.deleteDirectory(name);
        }
    }

    /** Gives a file another name here in one step, in place of what had it. */
    public void rename(Path name, Path other) throws IOException {
        if (open == null) {
            Files.move(
                    directory.resolve(name),
                    directory.resolve(other),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } else {
            open.move(name, open, other);
        }
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
