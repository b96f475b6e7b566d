// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.BandwidthOption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Limits of bandwidth, on a clock that the test moves. */
class BandwidthTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");

    private long now;
    private final Bandwidth bandwidth = new Bandwidth(() -> START.plusNanos(now));

    /** One connection that always has something to send, and wakes up late by up to so many ns. */
    private final class Transfer {
        private final Random random = new Random(7);
        private final long latest;
        private long wakesAt;
        private long bytes;
        private int next;
        private long longestWait;

        private Transfer(long latest) {
            this.latest = latest;
        }

        /** Sends what it waited for, and asks for its next turn. */
        private void go() {
            bytes += next;
            next = bandwidth.turn(256 << 10);
            long turn = bandwidth.reserve(next, now);
            longestWait = Math.max(longestWait, turn - now);
            wakesAt = Math.max(now, turn) + (latest == 0 ? 1 : random.nextLong(latest));
        }
    }

    private void run(List<Transfer> transfers, long until) {
        PriorityQueue<Transfer> byTime = new PriorityQueue<>(Comparator.comparingLong(it -> it.wakesAt));
        byTime.addAll(transfers);
        while (byTime.element().wakesAt < until) {
            Transfer first = byTime.remove();
            now = first.wakesAt;
            first.go();
            byTime.add(first);
        }
        now = until;
    }

    private List<Transfer> transfers(int count, long latest) {
        List<Transfer> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Transfer(latest));
        }
        return all;
    }

    private static long sum(List<Transfer> transfers) {
        return transfers.stream().mapToLong(it -> it.bytes).sum();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2000000, 0",
        "4, 2000000, 0",
        "16, 2000000, 0",
        "1, 2000000, 5000000",
        "16, 2000000, 20000000",
        "1, 50000, 5000000",
        "16, 50000, 5000000",
        "4, 100000000, 0",
        "16, 1000, 1000000"
    })
    void tenSecondsBringWhatTheLimitSaysAndEachTheSame(int count, long rate, long latest) {
        bandwidth.limit(BandwidthTimetable.constant(rate));
        List<Transfer> transfers = transfers(count, latest);

        run(transfers, 10 * SECOND);

        assertThat((double) sum(transfers)).isCloseTo(10.0 * rate, within(0.5 * rate));
        double share = (double) sum(transfers) / count;
        assertThat(transfers)
                .allSatisfy(it -> assertThat((double) it.bytes).isCloseTo(share, within(Math.max(0.1 * share, 600))));
    }

    @Test
    void whatIsSmallWaitsForOneTurnOfEachOtherAtMost() {
        bandwidth.limit(BandwidthTimetable.constant(1_000_000));
        List<Transfer> large = transfers(16, 0);
        run(large, 5 * SECOND);

        long turn = bandwidth.reserve(300, now);

        assertThat(turn - now).isLessThanOrEqualTo(17 * (SECOND / 50));
    }

    @Test
    void whatWasNotUsedIsNotSavedUp() {
        bandwidth.limit(BandwidthTimetable.constant(1_000_000));
        bandwidth.reserve(1, now);
        now = 3600 * SECOND;
        List<Transfer> late = transfers(1, 0);
        late.get(0).wakesAt = now;

        run(late, now + SECOND);

        assertThat(sum(late)).isBetween(950_000L, 1_150_000L);
    }

    @Test
    void theTimetableTurnsWhileTransfersAreUnderWay() {
        // It is 12:00:00 in UTC.
        bandwidth.limit(BandwidthOption.parse("UTC 08:00,1MB 12:00:05,3MB 23:00,off"));
        List<Transfer> transfers = transfers(4, 0);

        run(transfers, 5 * SECOND);
        long before = sum(transfers);
        run(transfers, 10 * SECOND);

        assertThat((double) before).isCloseTo(5e6, within(0.25e6));
        assertThat((double) sum(transfers) - before).isCloseTo(15e6, within(0.75e6));
    }

    @Test
    void withoutALimitNobodyWaits() throws Exception {
        assertThat(bandwidth.turn(256 << 10)).isEqualTo(256 << 10);
        bandwidth.take(Integer.MAX_VALUE);
        bandwidth.limit(BandwidthOption.parse("UTC 00:00,off 13:00,1kB".replace("kB", "KB")));

        assertThat(bandwidth.turn(256 << 10)).isEqualTo(256 << 10);
        assertThat(bandwidth.reserve(Integer.MAX_VALUE, 5)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        // Clocks go forward from 02:00 to 03:00 on 29 March, and back from 03:00 to 02:00 on 25 October.
        "2026-03-29T00:59:59Z, 1000", "2026-03-29T01:00:00Z, 2000", "2026-03-29T02:00:00Z, 2000",
        "2026-10-25T00:29:59Z, 1000", "2026-10-25T00:30:00Z, 2000", "2026-10-25T01:00:00Z, 1000",
        "2026-10-25T01:30:00Z, 2000", "2026-10-25T22:00:00Z, 3000", "2026-10-26T00:00:00Z, 3000",
        "2026-10-26T00:00:01Z, 1000"
    })
    void theClockOnTheWallDecidesAlsoWhereItIsPutForwardOrBack(Instant time, long rate) {
        BandwidthTimetable table = BandwidthOption.parse("Europe/Berlin 22:59,3KB 02:30,2KB 01:00:01,1KB");

        assertThat(table.at(time)).isEqualTo(rate);
    }

    @Test
    void whatIsNoLimitIsRefusedByName() {
        for (String text : List.of(
                "fast",
                "0",
                "-1",
                "999",
                "2 MB",
                "2MB,08:00",
                "08:00;2MB",
                "25:00,2MB",
                "08:00,2MB 08:00,3MB",
                "Mars/Base 08:00,2MB",
                "08:00,2MB 18:00",
                "8:00,2MB",
                "Europe/Berlin",
                "2MB 08:00,1MB")) {
            assertThatThrownBy(() -> BandwidthOption.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Option maxBytesPerSecond=" + text + " cannot be: ")
                    .hasMessageContaining("08:00,2MB 18:00,20MB 23:00,off");
        }
        assertThat(BandwidthOption.parse("off").at(START)).isEqualTo(BandwidthTimetable.OFF);
        assertThat(BandwidthOption.parse(null).at(START)).isEqualTo(BandwidthTimetable.OFF);
        assertThat(BandwidthOption.parse(" 2MB ").at(START)).isEqualTo(2_000_000);
    }
}
