// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A moment of the past, as options and headers say it: {@code 2026-01-31T08:00:00Z} (or with another offset), a time in
 * ms since 1970, or one before now, as {@code -3d} and {@code -1h30m}. Immutable.
 */
public final class Moment {
    /** What a user can write. */
    public static final String WHAT = "a time as 2026-01-31T08:00:00Z, or -3d for three days ago";

    /** Clocks differ, but not by this. */
    private static final Duration AHEAD = Duration.ofMinutes(15);

    private final String text;
    private final @Nullable Instant instant;
    private final Duration ago;

    private Moment(String text, @Nullable Instant instant, Duration ago) {
        this.text = text;
        this.instant = instant;
        this.ago = ago;
    }

    private static Moment of(Object value, Instant instant) {
        return new Moment(value.toString(), instant, Duration.ZERO);
    }

    /** The moment that a text, a number of ms or a time says; empty where it says none, or one that no ms can tell. */
    public static Optional<Moment> find(Object value) {
        return said(value)
                .filter(it ->
                        it.instant == null || ExactValue.millis(it.instant).isPresent());
    }

    private static Optional<Moment> said(Object value) {
        if (value instanceof Moment known) {
            return Optional.of(known);
        }
        if (value instanceof Date time) {
            return Optional.of(of(time, time.toInstant()));
        }
        if (value instanceof Instant time) {
            return Optional.of(of(time, time));
        }
        if (value instanceof OffsetDateTime time) {
            return Optional.of(of(time, time.toInstant()));
        }
        if (value instanceof ZonedDateTime time) {
            return Optional.of(of(time, time.toInstant()));
        }
        if (value instanceof Number || value instanceof CharSequence) {
            Optional<Long> millis = ExactValue.number(value).filter(it -> it >= 0);
            return millis.isPresent()
                    ? millis.map(it -> of(value, Instant.ofEpochMilli(it)))
                    : written(value.toString());
        }
        return Optional.empty();
    }

    private static Optional<Moment> written(String text) {
        // A number without a unit would be ms, which nobody means.
        boolean isAgo = text.startsWith("-") && !Character.isDigit(text.charAt(text.length() - 1));
        if (isAgo) {
            return ExactValue.duration(text.substring(1)).map(ago -> new Moment(text, null, ago));
        }
        try {
            return Optional.of(of(text, OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException e) {
            // It is no time: whoever asks says so.
            return Optional.empty();
        }
    }

    /**
     * The moment that an option says.
     *
     * @throws IllegalArgumentException if it says none
     */
    public static Moment ofOption(String option, String value) {
        return find(value)
                .orElseThrow(() ->
                        new IllegalArgumentException("Option " + option + "=" + value + " cannot be: write " + WHAT));
    }

    /**
     * When that is, where it is so late.
     *
     * @param what the option or header, for the message
     * @throws IllegalArgumentException if it is still to come: nobody knows what will be
     */
    public Instant at(String what, Instant now) {
        Instant when = instant == null ? now.minus(ago) : instant;
        if (when.isAfter(now.plus(AHEAD))) {
            throw new IllegalArgumentException(what + "=" + text
                    + " cannot be: it lies in the future, for the service it is " + now + "; write " + WHAT);
        }
        return when;
    }

    /** Whether it counts from now. */
    public boolean isBeforeNow() {
        return instant == null;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
