// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Removals go out as fast as workers get at them, and a long queue never keeps all from being begun. */
class RemovalWindowTest {
    private static final Duration TIME = Duration.ofSeconds(20);

    private final RemovalWindow window = new RemovalWindow(1_000, TIME);

    private int size() {
        int size = 1;
        while (window.hasRoom(size)) {
            size++;
        }
        return size;
    }

    @Test
    void itGrowsWhileWorkersAreQuickAsFarAsItMay() {
        assertThat(size()).isEqualTo(16);
        for (int i = 0; i < 5_000; i++) {
            window.answered(Duration.ofSeconds(1));
        }
        assertThat(size()).isEqualTo(1_000);
    }

    @Test
    void itStaysWhereAnswersTakeMostOfTheTime() {
        for (int i = 0; i < 100; i++) {
            window.answered(Duration.ofSeconds(15));
        }
        assertThat(size()).isEqualTo(16);
    }

    @Test
    void oneQueueThatWasTooLongShrinksItOnce() {
        for (int seq = 1; seq <= 16; seq++) {
            window.late(seq, 16);
        }
        assertThat(size()).isEqualTo(8);
        window.late(17, 24);
        window.late(25, 30);
        window.late(31, 32);
        window.late(33, 34);
        assertThat(size()).isOne();
        assertThat(window.isSmallest()).isTrue();
    }

    /** Any number of removals, of which workers get at so many a second: all are answered, and few come too late. */
    @Test
    void aThousandRemovalsOfSlowWorkersComeToTheirEnd() {
        int left = 1_000;
        int late = 0;
        long seq = 0;
        int perTime = 5;
        for (int round = 0; left > 0 && round < 10_000; round++) {
            int given = Math.min(left, size());
            long first = seq + 1;
            seq += given;
            for (int i = 0; i < given; i++) {
                if (i < perTime) {
                    window.answered(TIME.multipliedBy(i + 1).dividedBy(perTime));
                    left--;
                } else {
                    window.late(first + i, seq);
                    late++;
                }
            }
        }
        assertThat(left).isZero();
        assertThat(late).isLessThan(2_000);
    }
}
