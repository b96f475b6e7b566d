// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8OrderTest {

    @Test
    void orderIsThatOfUnsignedBytes() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String a = text(random);
            String b = text(random);

            int expected =
                    Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

            assertThat(Integer.signum(Utf8Order.compare(a, b)))
                    .as("%s and %s", a, b)
                    .isEqualTo(Integer.signum(expected));
        }
    }

    /** Short texts of few characters, so that prefixes and equal texts come up. */
    private static String text(Random random) {
        int[] alphabet = {'a', 'b', '/', '0', 0xE9, 0xD7FF, 0xE000, 0xFF61, 0x10000, 0x1F600, 0x10FFFF};
        return random.ints(random.nextInt(4), 0, alphabet.length)
                .map(i -> alphabet[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @CsvSource({"a/, a0", "a, b", "é, ê", "\uD7FF, \uE000", "a\uDBFF\uDFFF, b"})
    void leastTextAfterAPrefixIsItsSuccessor(String prefix, String after) {
        assertThat(Utf8Order.afterPrefix(prefix)).isEqualTo(after);
    }

    @Test
    void nothingComesAfterTheGreatestPrefix() {
        assertThat(Utf8Order.afterPrefix("\uDBFF\uDFFF")).isNull();
        assertThat(Utf8Order.afterPrefix("")).isNull();
    }
}
