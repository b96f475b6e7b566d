// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads what options and headers say, or says that it cannot: Camel takes {@code 1w} and {@code 1D} for no time at all,
 * {@code 5.7} for 5, and a number that is too large for another one.
 */
public final class ExactValue {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,19}");
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern PARTS = Pattern.compile(
            "(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,12})s)?(?:([0-9]{1,15})ms)?");

    private ExactValue() {}

    /** {@code true} or {@code false} in any case; empty for anything else. */
    public static Optional<Boolean> bool(Object value) {
        if (value instanceof Boolean known) {
            return Optional.of(known);
        }
        String text = value.toString();
        boolean isTrue = "true".equalsIgnoreCase(text);
        return isTrue || "false".equalsIgnoreCase(text) ? Optional.of(isTrue) : Optional.empty();
    }

    /** A whole number; empty for anything else, and where it is too large. */
    public static Optional<Long> number(Object value) {
        try {
            if (value instanceof Number known) {
                return Optional.of(exact(known));
            }
            String text = value.toString();
            return NUMBER.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
        } catch (ArithmeticException | NumberFormatException e) {
            // It has a fraction, is none, or is too large.
            return Optional.empty();
        }
    }

    private static long exact(Number number) {
        boolean isWhole = number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof AtomicLong
                || number instanceof AtomicInteger;
        if (isWhole) {
            return number.longValue();
        }
        return number instanceof BigInteger large
                ? large.longValueExact()
                : new BigDecimal(number.toString()).longValueExact();
    }

    /**
     * Ms, {@code 7d}, {@code 1h30m} and their like, {@code PT1H}; empty for anything else, for less than nothing, and for
     * more ms than a long holds.
     */
    public static Optional<Duration> duration(Object value) {
        return written(value).filter(it -> !it.isNegative() && millis(it).isPresent());
    }

    /** The ms of a time since 1970; empty where a long does not hold them. */
    public static Optional<Long> millis(Instant time) {
        return millis(time::toEpochMilli);
    }

    /** The same of a duration. */
    public static Optional<Long> millis(Duration time) {
        return millis(time::toMillis);
    }

    private static Optional<Long> millis(LongSupplier time) {
        try {
            return Optional.of(time.getAsLong());
        } catch (ArithmeticException e) {
            // Whoever asks says so.
            return Optional.empty();
        }
    }

    private static Optional<Duration> written(Object value) {
        if (value instanceof Duration known) {
            return Optional.of(known);
        }
        if (value instanceof Number) {
            return number(value).filter(millis -> millis >= 0).map(Duration::ofMillis);
        }
        String text = value.toString();
        if (MILLIS.matcher(text).matches()) {
            return Optional.of(Duration.ofMillis(Long.parseLong(text)));
        }
        Matcher parts = PARTS.matcher(text);
        return !text.isEmpty() && parts.matches() ? Optional.of(sum(parts)) : iso(text);
    }

    private static Duration sum(Matcher parts) {
        return Duration.ofDays(part(parts.group(1)))
                .plusHours(part(parts.group(2)))
                .plusMinutes(part(parts.group(3)))
                .plusSeconds(part(parts.group(4)))
                .plusMillis(part(parts.group(5)));
    }

    private static long part(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static Optional<Duration> iso(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            // It is no duration: whoever asks says so.
            return Optional.empty();
        }
    }
}
