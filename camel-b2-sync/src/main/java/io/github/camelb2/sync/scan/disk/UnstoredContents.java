// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.merge.Revisit;

/**
 * Tells the sizes and times of the files of a local source that are not stored, because their name or that of a directory
 * above them is refused or excluded, or because they are behind a link that is. A place that cannot be read may hold
 * anything. Used by one thread, for one look at the source.
 */
public final class UnstoredContents {
    /** Links may lead to more than the source holds; what lies beyond that counts as not readable. */
    private static final int MOST_DIRECTORIES = 50_000;

    private final Path root;
    /** Each is looked into once, however many links lead to it. */
    private final Set<Object> directories = new HashSet<>();

    public UnstoredContents(Path root) {
        this.root = root;
    }

    /** Tells what is behind a name. Directories that the user leaves out by their name are not looked into. */
    public void of(ScanItem item, Revisit.Unstored found) {
        try {
            Path place = root.resolve(item.path());
            if (item instanceof ScanItem.Excluded excluded) {
                if (!excluded.isKnownToUser()) {
                    below(place, found);
                }
            } else if (item instanceof ScanItem.Refused refused) {
                if (refused.reach() == Reach.UNNAMED) {
                    unnamed(place, found);
                } else if (refused.reach() == Reach.NAME || !refused.weight().isSkip()) {
                    below(place, found);
                }
            }
        } catch (InvalidPathException e) {
            // No disk has it.
            return;
        } catch (IOException e) {
            found.anything();
        }
    }

    private static void tell(Path file, BasicFileAttributes attributes, Revisit.Unstored found) {
        if (attributes.isRegularFile() && attributes.size() > 0) {
            found.content(attributes.size(), FileTimes.millis(attributes.lastModifiedTime()), () -> sha1(file));
        }
    }

    private static String sha1(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }

    /** The entries of a directory whose names the JVM cannot decode; it finds them all the same. */
    private void unnamed(Path directory, Revisit.Unstored found) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (!NameEncoding.isFaithful(
                        entry.getFileName(), entry.getFileName().toString())) {
                    below(entry, found);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** A file, or what is below a directory, also where a link leads to it. */
    private void below(Path place, Revisit.Unstored found) throws IOException {
        Files.walkFileTree(place, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directories.size() >= MOST_DIRECTORIES) {
                    found.anything();
                    return FileVisitResult.TERMINATE;
                }
                return directories.add(DirectoryIdentity.keyOf(directory))
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isSymbolicLink()) {
                    notFollowed(file, found);
                } else {
                    tell(file, attributes, found);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // A loop leads back to where everything is looked at.
                if (!(e instanceof FileSystemLoopException) && !Absence.isMeantBy(e, file)) {
                    found.anything();
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Nothing is behind a link that leads nowhere; else nobody can tell what is. */
    private static void notFollowed(Path link, Revisit.Unstored found) {
        try {
            // It is there by now.
            tell(link, Files.readAttributes(link, BasicFileAttributes.class), found);
        } catch (IOException e) {
            if (!Absence.isBrokenLink(e)) {
                found.anything();
            }
        }
    }
}
