// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.util.Comparator;

/**
 * The order of B2's listings: by the unsigned bytes of the UTF-8 form.
 *
 * <p>It differs from {@link String#compareTo}, which compares UTF-16 units: there, characters outside the basic plane
 * (surrogate pairs) sort before U+E000 to U+FFFF, in UTF-8 after them. Nothing is allocated.
 */
public final class Utf8Order implements Comparator<String> {
    /** The order. */
    public static final Utf8Order INSTANCE = new Utf8Order();

    private Utf8Order() {}

    @Override
    public int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return rank(x) - rank(y);
            }
        }
        return a.length() - b.length();
    }

    /**
     * The first unit that differs decides. Surrogates (D800 to DFFF) begin or continue a four-byte sequence, which sorts
     * behind all three-byte ones, so they move above U+E000 to U+FFFF; within a pair the low unit keeps its order.
     */
    private static int rank(char unit) {
        if (unit < 0xD800) {
            return unit;
        }
        return Character.isSurrogate(unit) ? unit + 0x2000 : unit - 0x800;
    }
}
