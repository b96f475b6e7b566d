// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.emulator.state.B2Error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9,    10, 0, 10",
        "bytes=2-4,    10, 2, 3",
        "bytes=2-,     10, 2, 8",
        "bytes=-3,     10, 7, 3",
        "bytes=-30,    10, 0, 10",
        "bytes=0-99,   10, 0, 10",
        "bytes=9-9,    10, 9, 1"
    })
    void rangeLiesInsideTheFile(String text, long length, long from, long count) {
        assertThat(ByteRange.of(text, length)).isEqualTo(new ByteRange(from, count));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=10-,    10, 416",
        "bytes=10-20,  10, 416",
        "bytes=-0,     10, 416",
        "bytes=0-,     0,  416",
        "bytes=0-0,    0,  416",
        "bytes=4-2,    10, 400",
        "bytes=-,      10, 400",
        "'bytes=0-1,3-4', 10, 400",
        "items=0-1,    10, 400"
    })
    void rangeIsRefused(String text, long length, int status) {
        assertThat(catchThrowableOfType(B2Error.class, () -> ByteRange.of(text, length))
                        .status())
                .isEqualTo(status);
    }
}
