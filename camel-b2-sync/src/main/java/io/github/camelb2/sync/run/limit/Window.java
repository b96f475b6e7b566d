// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The hours of the day in which runs may work; over midnight where it ends earlier than it begins.
 *
 * @param from the first moment in it
 * @param to   the first moment behind it; never that of {@code from}
 * @param zone where the clock hangs
 */
public record Window(LocalTime from, LocalTime to, ZoneId zone) {
    /** In so many days every time of the day comes, also where one is left out. */
    private static final int DAYS = 4;

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
        return first(to, now, at -> !isOpen(at));
    }

    /** When it opens next. */
    public Instant opens(Instant now) {
        return first(from, now, this::isOpen);
    }

    /** An hour may come twice, or not at all, on a day on which the clock is changed, which may open or close it, too. */
    private Instant first(LocalTime time, Instant now, Predicate<Instant> isIt) {
        LocalDate today = now.atZone(zone).toLocalDate();
        Stream<Instant> byTime =
                Stream.iterate(today, day -> day.plusDays(1)).limit(DAYS).flatMap(day -> instants(day.atTime(time)));
        Stream<Instant> byChange =
                Stream.ofNullable(zone.getRules().nextTransition(now)).map(ZoneOffsetTransition::getInstant);
        return Stream.concat(byTime, byChange)
                .filter(at -> at.isAfter(now) && isIt.test(at))
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException(this + " never comes in " + zone));
    }

    /** When a clock on the wall shows a time: once, twice, or never, which is when it jumps over it. */
    private Stream<Instant> instants(LocalDateTime shown) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(shown);
        return offsets.isEmpty()
                ? Stream.of(zone.getRules().getTransition(shown).getInstant())
                : offsets.stream().map(shown::toInstant);
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
