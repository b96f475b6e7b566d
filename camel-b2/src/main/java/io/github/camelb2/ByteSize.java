// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the sizes that options are given in: {@code 5MB}, {@code 100MiB} or a plain number of bytes.
 *
 * <p>Decimal and binary units are told apart, because B2's own limits are decimal. Anything else is refused.
 */
public final class ByteSize {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s?([A-Za-z]*)");

    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "B", 1L,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "TB", 1_000_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "TiB", 1L << 40);

    private ByteSize() {}

    /**
     * The number of bytes that {@code text} says.
     *
     * @param option the option it is the value of, for the message
     * @throws IllegalArgumentException if it is not a size; the message names the option, the value and what to write
     */
    public static long parse(String option, String text) {
        Matcher matcher = SIZE.matcher(text.trim());
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Option %s=%s is not a size: %s", option, text, advice(matcher)));
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Option %s=%s is too large: write at most 9 EB", option, text), e);
        }
    }

    private static String advice(Matcher matcher) {
        String number = matcher.matches() ? matcher.group(1) : "100";
        return "write a number of bytes, or a number with KB, MB, GB, KiB, MiB or GiB, for example " + number + "MB or "
                + number + "MiB";
    }
}
