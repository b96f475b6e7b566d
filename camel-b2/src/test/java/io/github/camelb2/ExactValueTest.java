// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExactValueTest extends B2TestSupport {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "1500, PT1.5S",
        "7d, P7D",
        "1d12h, PT36H",
        "1h30m, PT90M",
        "10s, PT10S",
        "5ms, PT0.005S",
        "1m5ms, PT1M0.005S",
        "PT1H, PT1H",
        "P1D, PT24H"
    })
    void durationsAreReadAsCamelWritesThem(String text, Duration expected) {
        assertThat(ExactValue.duration(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1w",
                "1D",
                "1mo",
                "1y",
                "1m30",
                "5x",
                "abc",
                "-5m",
                "-1",
                "1.5h",
                "5 m",
                " 5m",
                "٥m",
                "PT-1H",
                "m",
                "99999999999999999999"
            })
    void whatIsNoDurationIsTakenForNone(String text) {
        assertThat(ExactValue.duration(text)).isEmpty();
    }

    @Test
    void numbersAreExactOrNone() {
        assertThat(ExactValue.number("-5")).contains(-5L);
        assertThat(ExactValue.number(5.0)).contains(5L);
        assertThat(ExactValue.number(new BigInteger("7"))).contains(7L);
        for (Object none : new Object[] {
            5.7,
            Double.NaN,
            Float.POSITIVE_INFINITY,
            new BigDecimal("5.5"),
            new BigInteger("99999999999999999999"),
            "5.7",
            "1e3",
            "1_000",
            " 5",
            "5,000",
            "9999999999999999999",
            "",
            true
        }) {
            assertThat(ExactValue.number(none)).as("the number " + none).isEmpty();
        }
    }

    @Test
    void onlyTrueAndFalseAreTrueAndFalse() {
        assertThat(ExactValue.bool("TRUE")).contains(true);
        assertThat(ExactValue.bool(false)).contains(false);
        for (Object none : new Object[] {"yes", "on", " true", "1", 1, 0, "", "no"}) {
            assertThat(ExactValue.bool(none)).as("the truth of " + none).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minAge=1w",
                "minAge=1D",
                "maxAge=1mo",
                "retryTimeout=abc",
                "requestTimeout=-5m",
                "delay=5x",
                "maxConcurrency=5.5",
                "maxConcurrency=4294967300",
                "maxMessagesPerPoll=many"
            })
    void anOptionThatCamelWouldTakeForAnotherIsRefused(String option) {
        String name = option.substring(0, option.indexOf('='));
        String value = option.substring(option.indexOf('=') + 1);

        assertThatThrownBy(() -> context().getEndpoint("b2:bucket?" + option))
                .rootCause()
                .hasMessageContaining("Option " + name + "=" + value + " cannot be: write a");
    }
}
