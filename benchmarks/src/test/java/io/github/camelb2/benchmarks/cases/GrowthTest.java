// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

class GrowthTest {

    @Test
    void twoClientsThatMoreFilesCostLessHaveNoRatio() {
        Growth ours = growth("ours", 5, 3);
        Growth theirs = growth("theirs", 5, 4);

        Verdict wall = ours.wallInTermsOf(theirs, "up", 1.0);

        assertThat(wall.line())
                .isEqualTo("up: wall of a further file / that of theirs: not measured (at most 1.00;"
                        + " -20.000 ms and -10.000 ms)");
        assertThat(wall.isMet()).isFalse();
    }

    private static Growth growth(String client, double few, double many) {
        return new Growth(run(client, few), 100, run(client, many), 200);
    }

    private static Samples run(String client, double seconds) {
        Samples samples = new Samples("up", client);
        samples.add(new Measurement(seconds, seconds, 1 << 20, Map.of()));
        return samples;
    }
}
