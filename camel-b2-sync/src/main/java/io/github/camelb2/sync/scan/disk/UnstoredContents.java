// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.merge.Revisit;

/**
 * Tells the sizes and times of the files of a local source that are not stored, because their name or that of a directory
 * above them is refused or excluded. A directory that cannot be read may hold anything.
 */
public final class UnstoredContents {
    private final Path root;
    private final Revisit.Unstored found;

    public UnstoredContents(Path root, Revisit.Unstored found) {
        this.root = root;
        this.found = found;
    }

    /** Tells what is behind a name. Directories that the user excludes are not looked into. */
    public void of(ScanItem item) {
        try {
            Path place = root.resolve(item.path());
            if (item instanceof ScanItem.Excluded excluded) {
                if (excluded.reach() == Reach.NAME) {
                    tell(place);
                }
            } else if (item instanceof ScanItem.Refused refused) {
                if (refused.reach() == Reach.UNNAMED) {
                    unnamed(place);
                } else if (refused.reach() == Reach.NAME || refused.weight() != ScanItem.Refused.Weight.SKIP) {
                    below(place);
                }
            }
        } catch (InvalidPathException e) {
            // No disk has it.
            return;
        } catch (IOException e) {
            found.anything();
        }
    }

    private void tell(Path file) throws IOException {
        try {
            tell(file, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            if (!Absence.isMeantBy(e, file)) {
                throw e;
            }
        }
    }

    private void tell(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && attributes.size() > 0) {
            found.content(attributes.size(), FileTimes.millis(attributes.lastModifiedTime()), () -> sha1(file));
        }
    }

    private static String sha1(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }

    /** The entries of a directory whose names the JVM cannot decode; it finds them all the same. */
    private void unnamed(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (!NameEncoding.isFaithful(
                        entry.getFileName(), entry.getFileName().toString())) {
                    below(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void below(Path place) throws IOException {
        if (Files.notExists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(place, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                tell(file, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                if (!(e instanceof NoSuchFileException)) {
                    found.anything();
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
