// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.util.ArrayList;
import java.util.List;

import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Statistics;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/** What every further 100,000 entries cost, which is the same whatever a start costs. */
final class Growth {

    private static final double UNIT = 100_000;

    private Growth() {}

    /** Processor seconds for each 100,000 entries between the smaller and the larger amount. */
    static Verdict cpuPerUnit(Samples few, int fewEntries, Samples many, int manyEntries, double limit) {
        List<Double> costs = new ArrayList<>();
        for (int i = 0; i < few.runs().size(); i++) {
            Measurement less = few.runs().get(i);
            Measurement more = many.runs().get(i);
            costs.add((more.cpuSeconds() - less.cpuSeconds()) * UNIT / (manyEntries - fewEntries));
        }
        String what = "%s: CPU s for each 100,000 from %,d to %,d".formatted(few.client(), fewEntries, manyEntries);
        return new Verdict(what, Statistics.median(costs), limit, Bound.AT_MOST, "runs " + Statistics.range(costs));
    }
}
