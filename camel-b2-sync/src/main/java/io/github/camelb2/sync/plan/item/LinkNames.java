// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

/**
 * The names under which symbolic links lie in a bucket where they are stored as links: those of rclone's {@code --links}. The
 * name alone says that it is one, and the content what it leads to.
 */
public final class LinkNames {
    /** What is put behind the name of a link. */
    public static final String SUFFIX = ".rclonelink";

    /** What no target of a link is longer than on any system. */
    public static final int LONGEST_TARGET = 4_095;

    private LinkNames() {}

    /** Whether a name in a bucket is that of a link. */
    public static boolean isName(String path) {
        return path.endsWith(SUFFIX);
    }

    /** The place of a link on a disk, of its name in a bucket. */
    public static String place(String path) {
        return path.substring(0, path.length() - SUFFIX.length());
    }
}
