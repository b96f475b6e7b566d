// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text that can go to a terminal, whoever has chosen it. */
final class Printable {
    // Controls move the cursor and change colours; the others turn the direction of what follows, or break lines.
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069\\ufeff]"
                    + "|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");
    private static final int ONE_BYTE = 0x100;

    private Printable() {}

    /** The text on one line, with {@code \x1b} or <code>&#92;u202e</code> in place of what is no letter of a line. */
    static String of(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(Printable::escape);
    }

    private static String escape(MatchResult match) {
        char letter = match.group().charAt(0);
        return String.format(letter < ONE_BYTE ? "\\\\x%02x" : "\\\\u%04x", (int) letter);
    }
}
