// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DigitsTest {
    @ParameterizedTest
    @CsvSource({
        "0123456789abcdefABCDEF0123456789abcdef01, true",
        "0123456789abcdefABCDEF0123456789abcdef0, false",
        "0123456789abcdefABCDEF0123456789abcdef012, false",
        "0123456789abcdefgBCDEF0123456789abcdef01, false",
        "٠123456789abcdefABCDEF0123456789abcdef01, false",
        "none, false",
        ", false"
    })
    void aSha1HasFortyHexDigits(String text, boolean isOne) {
        assertThat(Digits.areSha1(text)).isEqualTo(isOne);
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "-1, true",
        "123456789012345678, true",
        "-123456789012345678, true",
        "1234567890123456789, false",
        "'', false",
        "-, false",
        "+1, false",
        "1.5, false",
        "١, false",
        ", false"
    })
    void aWholeNumberHasUpToEighteenDigits(String text, boolean isOne) {
        assertThat(Digits.areWholeNumber(text)).isEqualTo(isOne);
    }
}
