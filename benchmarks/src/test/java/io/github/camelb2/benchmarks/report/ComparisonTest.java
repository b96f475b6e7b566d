// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.util.Map;

import org.junit.jupiter.api.Test;

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
