// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.client.transfer.plan.WorkerCount;

import static org.assertj.core.api.Assertions.assertThat;

/** On a line whose delay and width are known, by a clock that the line moves. */
class WorkerTunerTest {
    private static final long SMALL = 4 << 10;

    @Test
    void onALongLineTheirNumberGrowsToWhatTheClientHasConnectionsFor() {
        Line line = new Line(WorkerCount.AUTO, 100, 10_000);

        line.move(4_000, SMALL);

        assertThat(line.tuner.target()).isEqualTo(64);
        assertThat(line.most).isEqualTo(64);
    }

    @Test
    void twentyThousandFilesAreMovedFourTimesAsFastAsWithTen() {
        Line ten = new Line(WorkerCount.of(10), 100, 10_000);
        ten.move(20_000, SMALL);
        Line auto = new Line(WorkerCount.AUTO, 100, 10_000);
        auto.move(20_000, SMALL);

        assertThat(auto.millis()).isLessThan(ten.millis() / 4);
    }

    /** Ten workers fill a line of so many files a second already. */
    @ParameterizedTest
    @CsvSource({"100, 50", "20, 300", "5, 1500"})
    void whereMoreWorkersMoveNoMoreThereStayAboutAsManyAsAtFirst(long delay, long perSecond) {
        Line line = new Line(WorkerCount.AUTO, delay, perSecond);

        line.move(20_000, SMALL);

        assertThat(line.most).isLessThanOrEqualTo(15);
        assertThat(line.average()).isLessThan(11);
    }

    @Test
    void theyStopGrowingWhereTheLineIsFull() {
        Line line = new Line(WorkerCount.AUTO, 100, 250);

        line.move(20_000, SMALL);

        assertThat(line.average()).isBetween(20.0, 40.0);
    }

    @Test
    void whatTheServiceRefusesMakesThemFewer() {
        Line line = new Line(WorkerCount.AUTO, 100, 10_000);
        line.move(4_000, SMALL);

        line.refusedOneIn = 5;
        line.move(2_000, SMALL);

        assertThat(line.tuner.target()).isBetween(2, 20);
    }

    /** No plan ends then, and no window. */
    @Test
    void whereEverythingIsRefusedTheyBecomeFewerAllTheSame() {
        Line line = new Line(WorkerCount.AUTO, 100, 10_000);
        line.move(4_000, SMALL);

        line.refuseAllFor(20_000);

        assertThat(line.tuner.target()).isEqualTo(2);
    }

    @Test
    void afterAnOutageTheyGrowToWhatTheyWere() {
        Line line = new Line(WorkerCount.AUTO, 100, 10_000);
        line.move(4_000, SMALL);
        line.refuseAllFor(20_000);

        line.move(20_000, SMALL);

        assertThat(line.tuner.target()).isGreaterThan(60);
    }

    /** All that were under way at that moment hear of it, which is one refusal by the service and not many. */
    @Test
    void oneMomentOfRefusalsTakesAQuarterAway() {
        Line line = new Line(WorkerCount.AUTO, 100, 10_000);
        line.move(4_000, SMALL);

        for (int i = 0; i < 64; i++) {
            line.tuner.refused();
        }
        line.move(400, SMALL);

        assertThat(line.tuner.target()).isEqualTo(48);
    }

    @Test
    void neverAreThereFewerThanTwo() {
        Line line = new Line(WorkerCount.AUTO, 100, 10_000);
        line.refusedOneIn = 2;

        line.move(4_000, SMALL);

        assertThat(line.tuner.target()).isEqualTo(2);
    }

    @Test
    void theyAreMoreAgainSomeTimeAfterARefusal() {
        Line line = new Line(WorkerCount.AUTO, 100, 10_000);
        line.refusedOneIn = 5;
        line.move(1_000, SMALL);
        int few = line.tuner.target();

        line.refusedOneIn = Integer.MAX_VALUE;
        line.move(20_000, SMALL);

        assertThat(few).isLessThan(10);
        assertThat(line.tuner.target()).isGreaterThan(60);
    }

    /** B2 spreads its load so, and the next upload goes elsewhere. */
    @Test
    void aRefusalInAHundredChangesNothing() {
        Line line = new Line(WorkerCount.AUTO, 100, 10_000);
        line.refusedOneIn = 100;

        line.move(6_000, SMALL);

        assertThat(line.tuner.target()).isEqualTo(64);
    }

    @Test
    void aLineThatBecomesLongerIsFilledAgain() {
        Line line = new Line(WorkerCount.AUTO, 10, 900);
        line.move(4_000, SMALL);
        assertThat(line.tuner.target()).isLessThanOrEqualTo(15);

        line.delay = 200;
        line.move(20_000, SMALL);

        assertThat(line.tuner.target()).isEqualTo(64);
    }

    @Test
    void whoSetsANumberHasThatNumber() {
        Line line = new Line(WorkerCount.of(7), 100, 10_000);
        line.refusedOneIn = 2;

        line.move(4_000, SMALL);

        assertThat(line.most).isEqualTo(7);
        assertThat(line.least).isEqualTo(7);
    }

    /** Each file takes the delay, and waits until the files before it are through. */
    private static final class Line implements InstantSource {
        final WorkerTuner tuner;
        private final Random random = new Random(7);
        private final double micros;
        long delay;
        int refusedOneIn = Integer.MAX_VALUE;
        int most;
        int least = Integer.MAX_VALUE;
        private long files;
        private long workers;
        private double now;
        private double free;
        private final PriorityQueue<Double> ends = new PriorityQueue<>();

        Line(WorkerCount count, long delay, long perSecond) {
            this.delay = delay;
            this.micros = 1e6 / perSecond;
            this.tuner = new WorkerTuner(count, this);
        }

        void move(int count, long bytes) {
            for (int i = 0; i < count; i++) {
                while (ends.size() < tuner.target()) {
                    free = Math.max(free, now) + micros;
                    ends.add(Math.max(free, now + 1000 * delay * (0.9 + 0.2 * random.nextDouble())));
                }
                now = ends.remove();
                if (refusedOneIn != Integer.MAX_VALUE && random.nextInt(refusedOneIn) == 0) {
                    tuner.refused();
                }
                tuner.done(bytes);
                most = Math.max(most, tuner.target());
                least = Math.min(least, tuner.target());
                workers += tuner.target();
                files++;
            }
        }

        /** Each worker asks once a second. */
        void refuseAllFor(long millis) {
            double end = now + 1000.0 * millis;
            while (now < end) {
                now += 1e6 / tuner.target();
                tuner.refused();
            }
        }

        double average() {
            return (double) workers / files;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public long millis() {
            return (long) (now / 1000);
        }
    }
}
