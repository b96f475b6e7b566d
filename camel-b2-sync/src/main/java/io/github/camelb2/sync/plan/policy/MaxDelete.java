// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many names a run may take away from the destination, and from how many it may take superseded versions: each is
 * counted apart. What goes beyond is withheld as a whole.
 *
 * @param kind   how {@code number} is meant
 * @param number names, or hundredths of the names at the destination; without meaning for the other kinds
 */
public record MaxDelete(Kind kind, long number) {
    /** What a safe limit leaves to small destinations. */
    private static final long SAFE_NAMES = 100;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})(%?)");

    /** The larger of 100 and half of the names at the destination. */
    public static final MaxDelete SAFE = new MaxDelete(Kind.SAFE, 0);

    /** Nothing is withheld. */
    public static final MaxDelete UNLIMITED = new MaxDelete(Kind.UNLIMITED, 0);

    /** How a limit is meant. */
    public enum Kind {
        /** The larger of 100 and half of the names at the destination. */
        SAFE,
        /** No limit. */
        UNLIMITED,
        /** So many names. */
        NAMES,
        /** So many hundredths of the names at the destination. */
        PERCENT
    }

    /** Refuses what is no number of names. */
    public MaxDelete {
        if (number < 0 || (kind == Kind.PERCENT && number > 100)) {
            throw new IllegalArgumentException("maxDelete=" + number + (kind == Kind.PERCENT ? "%" : "")
                    + " cannot be: give a number from 0, a percentage from 0% to 100%, or unlimited");
        }
    }

    /** So many names. */
    public static MaxDelete of(long names) {
        return new MaxDelete(Kind.NAMES, names);
    }

    /** Reads a number, a percentage or {@code unlimited}; empty if it is none of them. */
    public static Optional<MaxDelete> parse(String text) {
        if (text.equals("unlimited")) {
            return Optional.of(UNLIMITED);
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        boolean isShare = matcher.group(2).equals("%");
        return isShare && number > 100
                ? Optional.empty()
                : Optional.of(new MaxDelete(isShare ? Kind.PERCENT : Kind.NAMES, number));
    }

    /** The limit for a destination of so many names. */
    public long limit(long names) {
        return switch (kind) {
            case SAFE -> Math.max(SAFE_NAMES, names / 2);
            case UNLIMITED -> Long.MAX_VALUE;
            case NAMES -> number;
            case PERCENT -> (long) (names * (number / 100d));
        };
    }

    /** As the user would write it. */
    @Override
    public String toString() {
        return switch (kind) {
            case SAFE -> "the safe default: the larger of " + SAFE_NAMES + " and half of the names";
            case UNLIMITED -> "unlimited";
            case NAMES -> String.valueOf(number);
            case PERCENT -> number + "%";
        };
    }
}
