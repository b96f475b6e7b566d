// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/**
 * When a directory was made: the root of a disk that was made anew has another time than the one before, whose number and
 * whose place it may have.
 *
 * @param text the time; empty where Java, the system or the file system does not tell
 */
public record Birth(String text) {
    /** Nobody knows. */
    public static final Birth UNKNOWN = new Birth("");

    /** No disk was made in the first year that systems count. */
    private static final long MEANT_MILLIS = Duration.ofDays(365).toMillis();

    /** Looks at a directory; one that nobody may look at has an unknown birth. */
    public static Birth of(Path directory) {
        try {
            return of(Files.readAttributes(directory, BasicFileAttributes.class));
        } catch (IOException e) {
            // It is gone, or its disk is.
            return UNKNOWN;
        }
    }

    /** Where nobody knows, Java tells the time of the last change, and some file systems the beginning of time. */
    static Birth of(BasicFileAttributes attributes) {
        FileTime made = attributes.creationTime();
        return made.equals(attributes.lastModifiedTime()) || made.toMillis() < MEANT_MILLIS
                ? UNKNOWN
                : new Birth(made.toString());
    }

    public boolean isKnown() {
        return !text.isEmpty();
    }

    /** Whether both are known and differ. */
    public boolean contradicts(Birth other) {
        return isKnown() && other.isKnown() && !text.equals(other.text);
    }
}
