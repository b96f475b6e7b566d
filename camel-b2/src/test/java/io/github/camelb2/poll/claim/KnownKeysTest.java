// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KnownKeysTest {
    private final KnownKeys known = new KnownKeys(20_000);

    @Test
    void knowsWhatItWasToldAndNothingElse() {
        for (int i = 0; i < 20_000; i += 2) {
            known.add("key" + i);
            known.add("key" + i);
        }

        for (int i = 0; i < 20_000; i++) {
            assertThat(known.contains("key" + i)).isEqualTo(i % 2 == 0);
        }
        assertThat(known.size()).isEqualTo(10_000);
    }

    @Test
    void learnsNoMoreWhenItIsFull() {
        for (int i = 0; i < 30_000; i++) {
            known.add("key" + i);
        }

        assertThat(known.size()).isEqualTo(20_000);
        assertThat(known.contains("key19999")).isTrue();
        assertThat(known.contains("key20000")).isFalse();
    }

    @Test
    void eachKeyIsInTurnOnceInARound() {
        for (int i = 0; i < 10_000; i++) {
            known.add("key" + i);
        }

        Set<String> inTurn = new HashSet<>();
        int times = 0;
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 10_000; i++) {
                if (!known.isTrusted("key" + i, round, 1_000)) {
                    inTurn.add("key" + i);
                    times++;
                }
            }
        }

        assertThat(times).isEqualTo(10_000);
        assertThat(inTurn).hasSize(10_000);
    }

    @Test
    void nothingIsTrustedWhileItIsOfOnePart() {
        known.add("key");

        assertThat(known.isTrusted("key", 0, 1_000)).isFalse();
        assertThat(known.isTrusted("key", 1, 1_000)).isFalse();
    }
}
