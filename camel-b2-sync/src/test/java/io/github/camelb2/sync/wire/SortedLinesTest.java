// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SortedLinesTest {
    /** On the heap, in some runs, and in more than are open at a time. */
    @ParameterizedTest
    @ValueSource(longs = {1 << 20, 20_000, 1_000})
    void allLinesComeBackInOrder(long memory) {
        Random random = new Random(memory);
        List<String> expected = new ArrayList<>();
        try (SortedLines lines = new SortedLines(memory)) {
            for (int i = 0; i < 2_000; i++) {
                String line = Long.toString(random.nextLong(), 36) + "\tcaf\u00e9 " + i;
                expected.add(line);
                lines.add(line);
            }
            Collections.sort(expected);

            List<String> found = new ArrayList<>();
            Iterator<String> sorted = lines.sorted();
            sorted.forEachRemaining(found::add);

            assertThat(found).isEqualTo(expected);
        }
    }
}
