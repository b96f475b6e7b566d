// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

import java.util.Comparator;

/**
 * The order in which B2 lists names: unsigned bytes of their UTF-8 form.
 *
 * <p>{@link String#compareTo} differs from it where a name beyond U+FFFF meets one between U+E000 and U+FFFF.
 */
public final class PathOrder {
    /** The order as a comparator. */
    public static final Comparator<String> COMPARATOR = PathOrder::compare;

    private PathOrder() {}

    /** Compares two names as B2 does; negative, zero or positive as in {@link Comparator#compare}. */
    public static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return rank(a) - rank(b);
            }
        }
        return left.length() - right.length();
    }

    /** UTF-16 stores what UTF-8 sorts last (above U+FFFF) in the surrogates, below U+E000: swap the two blocks. */
    private static int rank(char c) {
        if (c < Character.MIN_SURROGATE) {
            return c;
        }
        return c <= Character.MAX_SURROGATE ? c + 0x2000 : c - 0x800;
    }
}
