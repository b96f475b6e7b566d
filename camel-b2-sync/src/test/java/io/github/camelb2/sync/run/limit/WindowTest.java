// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    private static Window window(String from, String to) {
        return new Window(LocalTime.parse(from), LocalTime.parse(to), BERLIN);
    }

    @ParameterizedTest
    @CsvSource({
        "22:00, 06:00, 2026-11-29T21:59:59, false",
        "22:00, 06:00, 2026-11-29T22:00:00, true",
        "22:00, 06:00, 2026-11-30T00:00:00, true",
        "22:00, 06:00, 2026-11-30T05:59:59, true",
        "22:00, 06:00, 2026-11-30T06:00:00, false",
        "08:00, 18:00, 2026-11-30T07:59:59, false",
        "08:00, 18:00, 2026-11-30T08:00:00, true",
        "08:00, 18:00, 2026-11-30T18:00:00, false",
        "20:00, 00:00, 2026-11-30T23:59:59, true",
        "20:00, 00:00, 2026-11-30T00:00:00, false",
    })
    void itIsOpenFromItsBeginningToItsEnd(String from, String to, String now, boolean isOpen) {
        assertThat(window(from, to).isOpen(at(now))).isEqualTo(isOpen);
    }

    @ParameterizedTest
    @CsvSource({
        "22:00, 06:00, 2026-11-29T23:00:00, 2026-11-30T06:00:00",
        "22:00, 06:00, 2026-11-30T01:00:00, 2026-11-30T06:00:00",
        "08:00, 18:00, 2026-11-30T09:00:00, 2026-11-30T18:00:00",
        // The clock goes forward and back at 02:00 and 03:00.
        "22:00, 06:00, 2026-03-28T23:00:00, 2026-03-29T06:00:00",
        "22:00, 02:30, 2026-03-28T23:00:00, 2026-03-29T03:00:00",
        "22:00, 06:00, 2026-10-24T23:00:00, 2026-10-25T06:00:00",
    })
    void itClosesWhenTheClockOnTheWallSaysSo(String from, String to, String now, String closes) {
        assertThat(window(from, to).closes(at(now))).isEqualTo(at(closes));
    }

    /** From the second 02:15 of a night whose clock goes back at 03:00. */
    @Test
    void itClosesAtTheHourThatComesTwiceTheSecondTimeToo() {
        Instant second = Instant.parse("2026-10-25T01:15:00Z");

        assertThat(window("22:00", "02:30").isOpen(second)).isTrue();
        assertThat(window("22:00", "02:30").closes(second)).isEqualTo("2026-10-25T01:30:00Z");
        assertThat(window("02:20", "06:00").opens(second)).isEqualTo("2026-10-25T01:20:00Z");
    }

    /** Minute by minute through the nights in which the clock changes: nothing is open that has closed. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-28T20:00:00Z", "Europe/Berlin, 2026-10-24T20:00:00Z",
        "America/Havana, 2026-10-31T20:00:00Z", "Australia/Lord_Howe, 2026-04-04T08:00:00Z",
        "Pacific/Apia, 2011-12-29T20:00:00Z"
    })
    void itIsOpenUntilItClosesOnDaysOnWhichTheClockIsChanged(String zone, Instant from) {
        for (String hours : new String[] {"22:00-02:30", "01:30-02:30", "02:15-02:45", "23:30-00:00", "00:00-06:00"}) {
            String[] ends = hours.split("-");
            Window window = new Window(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]), ZoneId.of(zone));
            for (int minute = 0; minute < 24 * 60; minute++) {
                Instant now = from.plus(Duration.ofMinutes(minute));
                Instant next = now.plus(Duration.ofMinutes(1));
                if (window.isOpen(now)) {
                    assertThat(window.closes(now).isAfter(next))
                            .as("%s in %s closes after %s", hours, zone, next)
                            .isEqualTo(window.isOpen(next));
                } else if (window.isOpen(next)) {
                    assertThat(window.opens(now)).as("%s in %s", hours, zone).isEqualTo(next);
                }
            }
        }
    }

    @Test
    void theFirstOfTwoLimitsEndsARun() {
        TimeLimits limits = new TimeLimits(
                Optional.of(Duration.ofHours(3)), Optional.of(window("22:00", "06:00")), TimeLimits.Cutoff.SOFT);

        assertThat(limits.endOf(at("2026-11-29T22:00:00")).orElseThrow().reason())
                .contains("maxDuration");
        assertThat(limits.endOf(at("2026-11-30T04:00:00")).orElseThrow().reason())
                .contains("window");
        assertThat(limits.closed(at("2026-11-29T20:00:00")).orElseThrow())
                .isEqualTo("it is outside of window=22:00-06:00, which opens at 2026-11-29T22:00+01:00[Europe/Berlin]");
    }

    @Test
    void oneWithoutATimeIsRefused() {
        assertThatThrownBy(() -> window("06:00", "06:00")).hasMessage("it ends when it begins");
    }
}
