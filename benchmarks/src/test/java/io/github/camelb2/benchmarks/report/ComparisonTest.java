// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

import static org.assertj.core.api.Assertions.assertThat;

class ComparisonTest {

    private static final Samples OUR_IDLE = samples("idle", "ours", 1.0);
    private static final Samples THEIR_IDLE = samples("idle", "theirs", 0.5);

    @Test
    void aRatioIsTheMedianOfThePairsWithoutTheIdleStart() {
        // Without idle starts: 2/2, 3/4 and 18/20 seconds. The third pair met a busy machine.
        Samples ours = samples("up", "ours", 3.0, 4.0, 19.0);
        Samples theirs = samples("up", "theirs", 2.5, 4.5, 20.5);

        Verdict wall = new Comparison(ours, theirs, OUR_IDLE, THEIR_IDLE).wall(0.9);

        assertThat(wall.value()).isEqualTo(0.9);
        assertThat(wall.isMet()).isTrue();
        assertThat(wall.line()).isEqualTo("up: wall / wall of theirs: 0.90 (at most 0.90; pairs 0.75-1.00) ok");
    }

    @Test
    void aRunThatTookNoLongerThanAnIdleStartHasNoRatio() {
        Samples ours = samples("up", "ours", 3.0, 0.9, 3.0);
        Samples theirs = samples("up", "theirs", 2.5, 2.5, 2.5);

        Verdict quickStart = new Comparison(ours, theirs, OUR_IDLE, THEIR_IDLE).wall(0.9, 1.0);
        Verdict bothNegative = new Comparison(ours, theirs, samples("idle", "ours", 4), samples("idle", "theirs", 4))
                .cpu(Double.POSITIVE_INFINITY);

        assertThat(quickStart.line())
                .isEqualTo("up: wall / wall of theirs: not measured (at most 0.90; no longer than an idle start in"
                        + " 1 of 3 pairs)");
        assertThat(quickStart.isMet()).isFalse();
        assertThat(quickStart.isMissed()).isFalse();
        assertThat(bothNegative.line())
                .isEqualTo("up: CPU / CPU of theirs: not measured (no longer than an idle start in 3 of 3 pairs)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AT_MOST  | 0.5 | 'up: not measured: 0.50 is below its floor (at most 1.00; floor 0.80)'
            AT_MOST  | 0.8 | 'up: 0.80 (at most 1.00; floor 0.80) ok'
            AT_MOST  | -2  | 'up: not measured: -2.00 is not above zero (at most 1.00; floor 0.80)'
            AT_LEAST | 1.2 | 'up: 1.20 (at least 1.00; floor 1.20) ok'
            AT_LEAST | 1.3 | 'up: not measured: 1.30 is beyond its floor (at least 1.00; floor 1.20)'
            AT_LEAST | 0   | 'up: not measured: 0.00 is not above zero (at least 1.00; floor 1.20)'
            """)
    void aFigureThatCannotBeIsNone(Bound bound, double value, String line) {
        Verdict verdict = new Verdict("up", value, 1.0, bound, "").withFloor(bound == Bound.AT_MOST ? 0.8 : 1.2);

        assertThat(verdict.line()).isEqualTo(line);
        assertThat(verdict.isMet()).isEqualTo(line.endsWith(" ok"));
        assertThat(verdict.isMissed()).isFalse();
    }

    @Test
    void aMissedAimSaysByHowMuch() {
        Verdict ceiling = new Verdict("up: wall", 1.1, 1.0, Bound.AT_MOST, "");
        Verdict floor = new Verdict("rate", 0.45, 0.9, Bound.AT_LEAST, "");

        assertThat(ceiling.line()).isEqualTo("up: wall: 1.10 (at most 1.00) MISSED by 10 %");
        assertThat(floor.line()).isEqualTo("rate: 0.45 (at least 0.90) MISSED by 50 %");
    }

    private static Samples samples(String phase, String client, double... seconds) {
        Samples samples = new Samples(phase, client);
        for (double wall : seconds) {
            samples.add(new Measurement(wall, wall, 1 << 20, Map.of()));
        }
        return samples;
    }
}
