// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StartPointTest {
    private static final Instant FIRST_POLL = Instant.parse("2026-07-01T00:00:00Z");

    @Test
    void beginningTakesEverything() {
        assertThat(StartPoint.parse("beginning").isBeginning()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "now, 2026-07-01T00:00:00Z",
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00+02:00, 2026-01-31T10:00:00Z"
    })
    void otherStartsNameAnInstant(String text, Instant from) {
        StartPoint start = StartPoint.parse(text);

        assertThat(start.isBeginning()).isFalse();
        assertThat(start.from(FIRST_POLL)).isEqualTo(from);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Now", "yesterday", "2026-01-31", "2026-01-31T12:00:00"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> StartPoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option startFrom=" + text + " cannot be: write beginning, now, or an instant");
    }
}
