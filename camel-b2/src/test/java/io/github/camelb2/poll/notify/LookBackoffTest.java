// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A look is one billed listing: what a name costs whose route fails each time, with ten notifications of it a second. */
class LookBackoffTest {
    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

    private Instant now = START;

    private int looksWithin(Duration time, LookBackoff backoff) {
        int looks = 0;
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plusMillis(100)) {
            if (backoff.mayLook("poison")) {
                looks++;
                backoff.ended("poison", false);
            }
        }
        return looks;
    }

    @ParameterizedTest(
            name = "with a poll every {0} {1} looks in the first minute, {2} in the first hour, {3} in the next day")
    @CsvSource({"PT1H, 6, 12, 24", "PT1M, 6, 66, 1440", "PT0.5S, 60, 3600, 86400"})
    void looksGetRarerUntilThereAreAsManyAsPolls(Duration poll, int minute, int hour, int day) {
        LookBackoff backoff = new LookBackoff(poll, 10, () -> now);

        int inMinute = looksWithin(Duration.ofMinutes(1), backoff);
        int inHour = inMinute + looksWithin(Duration.ofMinutes(59), backoff);

        assertThat(inMinute).isEqualTo(minute);
        assertThat(inHour).isLessThanOrEqualTo(hour);
        assertThat(looksWithin(Duration.ofDays(1), backoff)).isLessThanOrEqualTo(day);
    }

    @Test
    void otherNamesAreLookedAtAtOnceAndSoIsThisOneAfterASuccess() {
        LookBackoff backoff = new LookBackoff(Duration.ofHours(1), 10, () -> now);
        looksWithin(Duration.ofMinutes(10), backoff);

        assertThat(backoff.mayLook("other")).isTrue();
        backoff.ended("poison", true);
        assertThat(backoff.mayLook("poison")).isTrue();
    }

    @Test
    void ofTooManyNamesTheOldestAreForgotten() {
        LookBackoff backoff = new LookBackoff(Duration.ofHours(1), 10, () -> now);

        for (int i = 0; i < 11; i++) {
            backoff.ended("name" + i, false);
        }

        assertThat(backoff.mayLook("name0")).isTrue();
        assertThat(backoff.mayLook("name1")).isFalse();
    }
}
