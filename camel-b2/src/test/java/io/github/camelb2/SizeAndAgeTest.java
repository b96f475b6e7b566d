// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SizeAndAgeTest {
    private static final long NOW = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        ",        ,     0, true",
        ",        ,     9223372036854775807, true",
        "1kB,     ,     1, refused",
        "1KB,     ,   999, false",
        "1KB,     ,  1000, true",
        ",     1KB,  1000, true",
        ",     1KB,  1001, false",
        "0,      0,     0, true",
        "5,      5,     5, true",
        "6,      5,     5, refused",
        "-1,      ,     5, refused"
    })
    void sizesAreChosenWithTheirLimits(String least, String most, long size, String wanted) {
        if (wanted.equals("refused")) {
            assertThatThrownBy(() -> SizeAndAge.of(least, most, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Option minSize=")
                    .hasMessageContaining("write");
            return;
        }
        assertThat(SizeAndAge.of(least, most, 0, 0).acceptsSize(size)).isEqualTo(Boolean.valueOf(wanted));
    }

    @ParameterizedTest
    @CsvSource({
        "0,   0,  0, true",
        "10,  0,  999990, true",
        "10,  0,  999991, false",
        "0,  10,  999990, true",
        "0,  10,  999989, false",
        "1,   0,  1000005, false",
        "0,  10,  1000005, true"
    })
    void timesAreChosenWithTheirLimits(long least, long most, long time, boolean wanted) {
        SizeAndAge chosen = SizeAndAge.of(null, null, least, most);

        assertThat(chosen.acceptsTime(time, NOW)).isEqualTo(wanted);
    }

    @Test
    void agesThatLeaveNothingAreRefused() {
        assertThatThrownBy(() -> SizeAndAge.of(null, null, 11, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option minAge=11 cannot be")
                .hasMessageContaining("maxAge=10");
        assertThatThrownBy(() -> SizeAndAge.of(null, null, -1, 0)).hasMessageContaining("Option minAge=-1");
    }
}
