// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

import io.github.camelb2.sync.scan.LocalEntries;

/**
 * Which directory a path led to: two paths to one directory give the same, and another disk in its place gives another.
 *
 * @param key    the directory itself
 * @param device the disk that it lies on
 * @param isDisk whether the directory above it lies on another one
 * @param birth  when it was made
 */
public record DirectoryIdentity(Object key, Object device, boolean isDisk, Birth birth) {
    private static final boolean IS_UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    /** @throws IOException if it cannot be looked at; {@link NoSuchFileException} if it is gone */
    public static DirectoryIdentity of(Path directory) throws IOException {
        Object device = device(directory);
        Path above = directory.resolve("..");
        BasicFileAttributes known = Files.readAttributes(directory, BasicFileAttributes.class);
        boolean isDisk = !device.equals(device(above));
        return new DirectoryIdentity(keyOf(directory, known), device, isDisk, Birth.of(known));
    }

    /** What is the same for two paths that lead to one directory, and for no other directory of any disk. */
    public static Object keyOf(Path directory) throws IOException {
        return keyOf(directory, Files.readAttributes(directory, BasicFileAttributes.class));
    }

    private static Object keyOf(Path directory, BasicFileAttributes known) throws IOException {
        Object key = known.fileKey();
        return key == null ? directory.toRealPath() : key;
    }

    /** The disk that a directory lies on. */
    public static Object device(Path directory) throws IOException {
        return IS_UNIX
                ? Files.getAttribute(directory, "unix:dev")
                : Files.getFileStore(directory).name();
    }

    /**
     * Why what was read there tells nothing any more; empty if nothing speaks against it. A directory that was removed,
     * or replaced by another on the same disk, was changed by somebody as any file may be.
     *
     * @param isRoot      whether it is what is synced: that must not be gone
     * @param hasVanished whether names vanished before they were looked at. Some file systems number their directories
     *                    anew from time to time, so that another number alone proves nothing
     */
    public Optional<String> change(Path directory, boolean isRoot, boolean hasVanished) {
        try {
            Object now = device(directory);
            if (!now.equals(device) || (isDisk && birth.contradicts(Birth.of(directory)))) {
                return Optional.of(
                        "another disk is at " + directory + " than when the scan came there: is its disk mounted?");
            }
            return isRoot && hasVanished && !keyOf(directory).equals(key)
                    ? Optional.of("the directory " + directory + " was replaced by another during the scan")
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return isRoot || isDisk
                    ? Optional.of("the directory " + directory + " vanished during the scan: is its disk mounted?")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("the directory " + directory + " cannot be read any more: " + LocalEntries.reason(e));
        }
    }
}
