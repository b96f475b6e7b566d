// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

/**
 * Names as rclone shows those of a disk: for a control character stands its picture, for one that is in the name itself the
 * same behind {@code ‛}, so that no name has a line of its own making.
 *
 * @see <a href="https://rclone.org/overview/#restricted-filenames">Restricted filenames</a>
 */
final class RcloneNames {
    private static final char QUOTE = '\u201b';
    /** Where the pictures of the control characters begin. */
    private static final char PICTURES = '\u2400';

    private static final char DELETE = '\u007f';
    private static final char PICTURE_OF_DELETE = '\u2421';
    /** What rclone writes for a slash, which it quotes by itself. */
    private static final char WIDE_SLASH = '\uff0f';

    private RcloneNames() {}

    static String shown(String path) {
        if (path.chars().noneMatch(RcloneNames::changes)) {
            return path;
        }
        StringBuilder shown = new StringBuilder(path.length() + 4);
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < ' ') {
                shown.append((char) (PICTURES + c));
            } else if (c == DELETE) {
                shown.append(PICTURE_OF_DELETE);
            } else if (isPicture(c)) {
                shown.append(QUOTE).append(c);
            } else if (c == QUOTE) {
                i += quote(path, i, shown);
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    private static boolean changes(int c) {
        return c < ' ' || c == DELETE || c == QUOTE || isPicture(c);
    }

    /** That of the null character is never in a name, so it stays. */
    private static boolean isPicture(int c) {
        return (c > PICTURES && c < PICTURES + ' ') || c == PICTURE_OF_DELETE;
    }

    /** Two of them are one that is quoted already; answers how many more characters it took. */
    private static int quote(String path, int at, StringBuilder shown) {
        char next = at + 1 < path.length() ? path.charAt(at + 1) : ' ';
        if (next == WIDE_SLASH) {
            shown.append(QUOTE);
            return 0;
        }
        shown.append(QUOTE).append(QUOTE);
        return next == QUOTE ? 1 : 0;
    }
}
