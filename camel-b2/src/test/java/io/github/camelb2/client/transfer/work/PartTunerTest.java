// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** On a line whose connections each take one part a second, by a clock that the line moves. */
class PartTunerTest {
    private static final long PART = 12 << 20;
    private static final int PARTS = 20;

    /** So many connections fill the line. */
    private int width = Integer.MAX_VALUE;

    private long micros;
    private long moved;
    private long refused;
    private final InstantSource clock = () -> Instant.ofEpochMilli(micros / 1000);
    private final PartTuner tuner = new PartTuner(() -> moved, () -> refused, clock);

    private void file() {
        tuner.begin();
        for (int i = 0; i < PARTS; i++) {
            part();
        }
        tuner.end();
    }

    private void part() {
        micros += 1_000_000 / Math.min(width, tuner.target());
        moved += PART;
        tuner.done();
    }

    private void files(int count) {
        for (int i = 0; i < count; i++) {
            file();
            // Nobody transfers anything.
            micros += 60_000_000L * (1 + i % 7);
        }
    }

    @Test
    void fileBeginsWithTen() {
        assertThat(tuner.target()).isEqualTo(10);
    }

    /** A window takes several files, and what lies between them must not look like a slow line. */
    @Test
    void theyBecomeMoreWhileThatMovesMoreAlthoughFilesAreMinutesApart() {
        files(200);

        assertThat(tuner.target()).isEqualTo(64);
    }

    @Test
    void theyStayWhereMoreBringNothing() {
        width = 10;
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            files(1);
            seen.add(tuner.target());
        }

        assertThat(seen).allMatch(target -> target <= 15);
        assertThat(seen).filteredOn(target -> target == 10).hasSizeGreaterThan(160);
    }

    @Test
    void theyBecomeFewerWhileTheServiceIsBusy() {
        tuner.begin();
        for (int i = 0; i < 400; i++) {
            refused++;
            part();
        }
        tuner.end();

        assertThat(tuner.target()).isEqualTo(2);
    }

    /** Before a part is ever done, those who look whether they are too many are told. */
    @Test
    void theyBecomeFewerWhereNoPartIsEverDone() {
        tuner.begin();
        for (int i = 0; i < 400; i++) {
            refused++;
            micros += 50_000;
            tuner.target();
        }

        assertThat(tuner.target()).isEqualTo(2);
    }

    @Test
    void whatHappenedBetweenTwoFilesCountsForNone() {
        files(200);
        for (int i = 0; i < 100; i++) {
            refused += 1_000;
            moved += 1L << 40;
            file();
        }

        assertThat(tuner.target()).isEqualTo(64);
    }

    /** Helpers run one inside the other here, so that the innermost works until there are too many of them. */
    @Test
    void helpersLeaveWhenThereShouldBeFewer() throws InterruptedException {
        Executor inner = task -> {
            Thread helper = new Thread(task);
            helper.start();
            try {
                helper.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        List<Thread> workers = new ArrayList<>();

        new PartCrew(inner, tuner).run(taken -> {
            if (workers.size() == 400) {
                return false;
            }
            workers.add(Thread.currentThread());
            taken.run();
            refused++;
            micros += 100_000;
            moved += PART;
            return true;
        });

        assertThat(workers.stream().distinct())
                .as("all that were hired, and the caller")
                .hasSize(10);
        assertThat(tuner.target()).isEqualTo(2);
        assertThat(workers.get(399)).as("the one helper that stays").isSameAs(workers.get(1));
        assertThat(workers.get(0)).as("the caller").isSameAs(Thread.currentThread());
    }
}
