// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

/**
 * The names of the empty files that stand for empty directories in a bucket, where they are stored: those that B2's web
 * pages give them.
 */
public final class MarkerNames {
    /** What a marker is called in its directory. */
    public static final String NAME = ".bzEmpty";

    private static final String SUFFIX = "/" + NAME;

    private MarkerNames() {}

    /** Whether a name is that of a marker; that of the root stands for nothing, because no run makes a root. */
    public static boolean isName(String path) {
        return isOfRoot(path) || path.endsWith(SUFFIX);
    }

    /** Whether a name is that of the marker of the very directory that is synced. */
    public static boolean isOfRoot(String path) {
        return path.equals(NAME);
    }

    /** The marker of a directory. */
    public static String of(String directory) {
        return directory + SUFFIX;
    }

    /** The directory of a marker; empty for the root. */
    public static String directory(String path) {
        return isOfRoot(path) ? "" : path.substring(0, path.length() - SUFFIX.length());
    }
}
