// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

/**
 * The order of names in listings: that of their UTF-8 bytes, unsigned. It differs from {@link String#compareTo} where a character outside the
 * basic plane meets one from U+E000 to U+FFFF.
 */
public final class Utf8Order {

    private Utf8Order() {}

    public static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** The least string that is greater than every string with this prefix; null if there is none. */
    public static @org.jspecify.annotations.Nullable String afterPrefix(String prefix) {
        int[] points = prefix.codePoints().toArray();
        for (int last = points.length - 1; last >= 0; last--) {
            if (points[last] < Character.MAX_CODE_POINT) {
                // Lone surrogates do not exist in UTF-8.
                points[last] = points[last] == 0xD7FF ? 0xE000 : points[last] + 1;
                return new String(points, 0, last + 1);
            }
        }
        return null;
    }

    // Surrogates stand for code points above U+FFFF: they come after the rest of the basic plane.
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
