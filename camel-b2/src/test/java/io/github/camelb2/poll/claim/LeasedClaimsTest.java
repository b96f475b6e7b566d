// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LeasedClaimsTest {
    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
    private static final Duration WINDOW = LeasedClaims.WINDOW;

    private final ConcurrentHashMap<String, Object> keys = new ConcurrentHashMap<>();
    private final IdempotentRepository shared = MemoryIdempotentRepository.memoryIdempotentRepository(keys);
    private volatile Instant now = START;
    private final LeasedClaims one = new LeasedClaims(shared, () -> now);
    private final LeasedClaims other = new LeasedClaims(shared, () -> now);

    @Test
    void oneProcessGetsTheClaim() {
        assertThat(one.add("a")).isTrue();
        assertThat(other.add("a")).isFalse();
        assertThat(one.add("a")).isFalse();
    }

    @Test
    void claimThatWasGivenBackIsFreeAndLeavesNothingBehind() {
        one.add("a");

        assertThat(one.remove("a")).isTrue();

        assertThat(keys).isEmpty();
        assertThat(other.add("a")).isTrue();
    }

    @Test
    void renewedClaimHoldsForEver() {
        one.add("a");

        for (int i = 0; i < 30; i++) {
            now = now.plus(LeasedClaims.RENEWAL);
            one.renew();
            assertThat(other.add("a")).isFalse();
        }
        assertThat(keys).hasSizeLessThanOrEqualTo(2);
        one.remove("a");
        assertThat(keys).isEmpty();
    }

    @Test
    void claimOfADeadProcessEndsAfterTwoWindows() {
        one.add("a");

        now = START.plus(WINDOW);
        assertThat(other.add("a")).isFalse();
        now = START.plus(WINDOW.multipliedBy(2));
        assertThat(other.add("a")).isTrue();
    }

    @Test
    void processThatWokeUpTooLateDoesNotTakeAwayTheClaimOfItsHeir() {
        one.add("a");
        now = START.plus(WINDOW.multipliedBy(2));
        other.add("a");

        one.renew();
        one.remove("a");

        assertThat(new LeasedClaims(shared, () -> now).add("a")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-240", "240"})
    void clocksMayDifferByLessThanAWindow(long seconds) {
        one.add("a");

        LeasedClaims skewed = new LeasedClaims(shared, () -> now.plusSeconds(seconds));

        assertThat(skewed.add("a")).isFalse();
    }

    @Test
    void ofManyWhoClaimAtTheSameMomentAtMostOneWins() throws Exception {
        List<LeasedClaims> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long skew = i * 100L;
            processes.add(new LeasedClaims(shared, () -> now.plusSeconds(skew)));
        }
        int rounds = 2000;
        Queue<String> wins = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(processes.size());
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> running = new ArrayList<>();
            for (LeasedClaims process : processes) {
                running.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < rounds; i++) {
                        if (process.add("key" + i)) {
                            wins.add("key" + i);
                        }
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> it : running) {
                it.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(wins).doesNotHaveDuplicates().isNotEmpty();
    }
}
