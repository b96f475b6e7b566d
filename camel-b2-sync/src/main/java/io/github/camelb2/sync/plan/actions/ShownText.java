// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.actions;

import java.util.Locale;
import java.util.Set;

/**
 * Text with names that anybody may have chosen, for logs and messages: it stays one line, moves no cursor and turns no text
 * around.
 */
public final class ShownText {
    private static final Set<Integer> HIDDEN = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR);

    private ShownText() {}

    /** The same with its number, as {@link #numbered} writes it, for each character that nobody sees. */
    public static String of(String text) {
        if (text.codePoints().noneMatch(ShownText::isHidden)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> shown.append(isHidden(point) ? numbered(point) : Character.toString(point)));
        return shown.toString();
    }

    /** Whether it is none of the characters that are seen, or turns or breaks the text around it. */
    public static boolean isHidden(int point) {
        return HIDDEN.contains(Character.getType(point));
    }

    /** A character by its number: a backslash, a u, and the number in braces, to the base of 16. */
    public static String numbered(int point) {
        return String.format(Locale.ROOT, "\\u{%x}", point);
    }
}
