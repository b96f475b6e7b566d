// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The hours of the day in which runs may work; over midnight where it ends earlier than it begins.
 *
 * @param from the first moment in it
 * @param to   the first moment behind it; never that of {@code from}
 * @param zone where the clock hangs
 */
public record Window(LocalTime from, LocalTime to, ZoneId zone) {
    /** Refuses one that is as long as the day, or nothing. */
    public Window {
        if (from.equals(to)) {
            throw new IllegalArgumentException("it ends when it begins");
        }
    }

    /** Whether runs may work. */
    public boolean isOpen(Instant now) {
        LocalTime time = now.atZone(zone).toLocalTime();
        boolean hasBegun = !time.isBefore(from);
        boolean hasNotEnded = time.isBefore(to);
        return from.isBefore(to) ? hasBegun && hasNotEnded : hasBegun || hasNotEnded;
    }

    /** When it closes next. */
    public Instant closes(Instant now) {
        return next(to, now);
    }

    /** When it opens next. */
    public Instant opens(Instant now) {
        return next(from, now);
    }

    private Instant next(LocalTime time, Instant now) {
        ZonedDateTime here = now.atZone(zone);
        ZonedDateTime next = here.toLocalDate().atTime(time).atZone(zone);
        return next.toInstant().isAfter(now)
                ? next.toInstant()
                : here.toLocalDate().plusDays(1).atTime(time).atZone(zone).toInstant();
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
