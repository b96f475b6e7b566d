// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from every other: its size and time, which anybody can set, and where the system has
 * them the file's number and the time of its last change of any kind, which nobody can.
 *
 * @param size     bytes
 * @param modified the time of its content
 * @param changed  the time of its last change; on systems without one, of its creation
 * @param key      the file's number and device; null where there is none
 */
public record FileStamp(
        long size,
        FileTime modified,
        Object changed,
        @Nullable Object key) {
    /**
     * The stamp of whatever a path leads to now.
     *
     * @param links whether links are followed, as they are by default
     * @throws IOException if it leads nowhere, or nobody may look
     */
    public static FileStamp of(Path file, LinkOption... links) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class, links);
            return new FileStamp(basic.size(), basic.lastModifiedTime(), basic.creationTime(), basic.fileKey());
        }
        Map<String, Object> unix = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,fileKey", links);
        return new FileStamp(
                (Long) Objects.requireNonNull(unix.get("size")),
                (FileTime) Objects.requireNonNull(unix.get("lastModifiedTime")),
                Objects.requireNonNull(unix.get("ctime")),
                unix.get("fileKey"));
    }

    /**
     * What of it can be compared later, also on another machine that has the same disk: the file's number, and unless it
     * has other names too, with which that changes, the time of its last change. Empty on systems without them.
     */
    public static String mark(Path file, LinkOption... links) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return "";
        }
        Map<String, Object> unix = Files.readAttributes(file, "unix:ino,nlink,ctime", links);
        String number = String.valueOf(unix.get("ino"));
        boolean hasOneName = Integer.valueOf(1).equals(unix.get("nlink"));
        return hasOneName ? number + "@" + ((FileTime) Objects.requireNonNull(unix.get("ctime"))).toInstant() : number;
    }

    /**
     * As {@link #mark}, and always with the time of its last change: also one of its other names that comes or goes makes it
     * another.
     */
    public static String wholeMark(Path file, LinkOption... links) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return "";
        }
        Map<String, Object> unix = Files.readAttributes(file, "unix:ino,ctime", links);
        return unix.get("ino") + "@" + ((FileTime) Objects.requireNonNull(unix.get("ctime"))).toInstant();
    }

    /** Whether a mark is that of the file as it was; its other names may have gone meanwhile. */
    public static boolean isSame(String before, String now) {
        return now.equals(before) || (before.indexOf('@') < 0 && now.startsWith(before + "@"));
    }
}
