// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

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
    void whatIsLongerThanNumbersOfMillisecondsGoIsNoDuration() {
        assertThat(ExactValue.duration(Long.MAX_VALUE)).contains(Duration.ofMillis(Long.MAX_VALUE));
        assertThat(ExactValue.duration("PT9223372036854775.807S")).contains(Duration.ofMillis(Long.MAX_VALUE));
        for (Object none : new Object[] {
            "PT9223372036854775.808S",
            "P106751991168D",
            Duration.ofMillis(Long.MAX_VALUE).plusMillis(1)
        }) {
            assertThat(ExactValue.duration(none)).as("the duration " + none).isEmpty();
        }
    }

    @Test
    void momentsThatNumbersOfMillisecondsDoNotReachAreNone() {
        Instant now = Instant.parse("2026-01-31T08:00:00Z");
        for (Object none : new Object[] {
            "-P106751991168D",
            "-PT2562047788015215H",
            "-999999999-01-01T00:00:00Z",
            Instant.MIN,
            Instant.MAX,
            OffsetDateTime.MIN,
            OffsetDateTime.MAX
        }) {
            assertThat(Moment.find(none)).as("the moment " + none).isEmpty();
        }
        for (Object some :
                new Object[] {"-999999999d", "-PT9223372036854775.807S", Instant.ofEpochMilli(Long.MIN_VALUE)}) {
            assertThat(Moment.find(some).orElseThrow().at("asOf", now).toEpochMilli())
                    .isNegative();
        }
    }

    @Test
    void aTimeInAHeaderThatNoNumberCanTellIsRefusedByItsName() {
        String bucket = B2.createBucket();
        for (Object time : new Object[] {Instant.MAX, Duration.ofSeconds(Long.MAX_VALUE)}) {
            assertThat(fail("b2:" + bucket + "?fileName=a", "x", Map.of(B2Constants.RETAIN_UNTIL, time)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("header CamelB2RetainUntil = ");
        }
        assertThat(b2().state().names(bucket)).isEmpty();
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
                "minAge=P106751991168D",
                "retryTimeout=PT2562047788015215H",
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
