// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which names are looked at more closely: a share of them, others with each run, without remembering any.
 *
 * @param share above 0, to 1 for all
 */
public record Sample(double share) {
    /** Every name. */
    public static final Sample ALL = new Sample(1);

    /** Of a percentage, behind its point; {@link #PERCENT} takes no more. */
    private static final int DIGITS = 4;

    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)%");

    /** Reads {@code 5%} or {@code 0.5%}; empty if it is no share above 0 and to 100. */
    public static Optional<Sample> parse(String text) {
        Matcher matcher = PERCENT.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double share = Double.parseDouble(matcher.group(1)) / 100;
        return share > 0 && share <= 1 ? Optional.of(new Sample(share)) : Optional.empty();
    }

    /** Whether a name is one of those that a run looks at. */
    boolean has(String path, String runId) {
        return share >= 1 || (mixed(path.hashCode() * 31L + runId.hashCode()) >>> 11) * 0x1.0p-53 < share;
    }

    /** The finalizer of SplitMix64: hash codes of similar names lie close together. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(share * 100)
                        .setScale(DIGITS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + "%";
    }
}
