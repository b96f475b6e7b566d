// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8OrderTest {
    @ParameterizedTest
    @CsvSource({
        "a, b",
        "a, aa",
        "a.txt, a/b.txt",
        "a/b.txt, a0.txt",
        "Z, a",
        "z, é",
        "é, 自",
        "\uFFFD, \uD83D\uDE00",
        "\uE000, \uD800\uDC00",
        "\uD83D\uDE00, \uD83D\uDE01",
        "\uD83D\uDE00, \uD83E\uDD00",
        "\uD7FF, \uE000"
    })
    void firstSortsBeforeSecond(String first, String second) {
        assertThat(Utf8Order.INSTANCE.compare(first, second)).isNegative();
        assertThat(Utf8Order.INSTANCE.compare(second, first)).isPositive();
        assertThat(Utf8Order.INSTANCE.compare(first, new String(first))).isZero();
    }

    @Test
    void agreesWithTheBytesForRandomNames() {
        Random random = new Random(42);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            names.add(randomName(random));
        }
        List<String> byBytes = new ArrayList<>(names);
        byBytes.sort((a, b) ->
                Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));

        names.sort(Utf8Order.INSTANCE);

        assertThat(names).isEqualTo(byBytes);
    }

    private static String randomName(Random random) {
        int[] starts = {0x61, 0x7E, 0xE9, 0x7FF, 0x800, 0xD7F0, 0xE000, 0xFFF0, 0x10000, 0x1F600, 0x10FFF0};
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            name.appendCodePoint(starts[random.nextInt(starts.length)] + random.nextInt(3));
        }
        return name.toString();
    }
}
