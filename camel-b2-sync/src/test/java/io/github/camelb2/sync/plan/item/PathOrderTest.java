// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PathOrderTest {

    @Property
    void orderIsThatOfUnsignedUtf8Bytes(@ForAll("names") String left, @ForAll("names") String right) {
        int byBytes =
                Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

        assertThat(Integer.signum(PathOrder.compare(left, right))).isEqualTo(Integer.signum(byBytes));
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<String> names() {
        return net.jqwik.api.Arbitraries.of("a", "/", "-", "0", "é", "ü", "\uE000", "\uFFFD", "😀", "𐀀", "z")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @ParameterizedTest
    @CsvSource({"a-x, a/x", "a b/bar, a/foo", "a/foo, a0", "ü, \uFFFD", "\uFFFD, 😀", "a, a/b"})
    void firstComesBeforeSecond(String first, String second) {
        assertThat(PathOrder.compare(first, second)).isNegative();
        assertThat(PathOrder.compare(second, first)).isPositive();
    }
}
