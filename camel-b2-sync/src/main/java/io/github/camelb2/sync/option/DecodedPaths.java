// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Camel decodes what a URI says: {@code /data/a+b} and {@code /data/a%20b} arrive as {@code /data/a b}, and nobody can see
 * which was written. Where a directory is there that is called as the other, the wrong one must not be synced.
 */
public final class DecodedPaths {
    private DecodedPaths() {}

    /** @throws IllegalArgumentException if the value may be another directory than the one that is meant */
    public static void check(String option, @Nullable String value, String uri) {
        boolean isOfUri = uri.contains(option + "=");
        if (!isOfUri || value == null || value.indexOf(' ') < 0 || value.startsWith("b2:") || isRaw(option, uri)) {
            return;
        }
        for (String written : List.of(value.replace(" ", "+"), value.replace(" ", "%20"))) {
            if (isDirectory(written)) {
                throw new IllegalArgumentException("Option " + option + "=" + value + " may be meant as " + written
                        + ", which is there: in a URI + and %20 are a space. Write " + option + "=RAW(" + written
                        + ") for that one, or " + option + "=RAW(" + value + ")");
            }
        }
    }

    private static boolean isRaw(String option, String uri) {
        return uri.contains(option + "=RAW(") || uri.contains(option + "=RAW{");
    }

    private static boolean isDirectory(String path) {
        try {
            return Files.isDirectory(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
