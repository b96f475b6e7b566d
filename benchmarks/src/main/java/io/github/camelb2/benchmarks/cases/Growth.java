// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Statistics;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/** What every further entry costs one client, which is the same whatever a start costs: the runs over fewer entries and over more. */
record Growth(Samples few, int fewEntries, Samples many, int manyEntries) {

    private static final double UNIT = 100_000;
    private static final double MILLIS = 1_000;

    /** Processor seconds for each 100,000 entries between the smaller and the larger amount. */
    static Verdict cpuPerUnit(Samples few, int fewEntries, Samples many, int manyEntries, double limit) {
        List<Double> costs = new Growth(few, fewEntries, many, manyEntries)
                .each(Measurement::cpuSeconds).stream().map(cost -> cost * UNIT).toList();
        String what = "%s: CPU s for each 100,000 from %,d to %,d".formatted(few.client(), fewEntries, manyEntries);
        return new Verdict(what, Statistics.median(costs), limit, Bound.AT_MOST, "runs " + Statistics.range(costs));
    }

    Verdict wallInTermsOf(Growth other, String phase, double limit) {
        return inTermsOf(other, phase, "wall", Measurement::wallSeconds, limit);
    }

    Verdict cpuInTermsOf(Growth other, String phase, double limit) {
        return inTermsOf(other, phase, "CPU", Measurement::cpuSeconds, limit);
    }

    private Verdict inTermsOf(
            Growth other, String phase, String what, ToDoubleFunction<Measurement> value, double limit) {
        double ours = Statistics.median(each(value));
        double theirs = Statistics.median(other.each(value));
        return new Verdict(
                "%s: %s of a further file / that of %s".formatted(phase, what, other.few.client()),
                Statistics.ratio(ours, theirs),
                limit,
                Bound.AT_MOST,
                "%.3f ms and %.3f ms".formatted(MILLIS * ours, MILLIS * theirs));
    }

    /** The cost of one entry, run by run. */
    private List<Double> each(ToDoubleFunction<Measurement> value) {
        List<Double> costs = new ArrayList<>();
        for (int i = 0; i < few.runs().size(); i++) {
            double less = value.applyAsDouble(few.runs().get(i));
            double more = value.applyAsDouble(many.runs().get(i));
            costs.add((more - less) / (manyEntries - fewEntries));
        }
        return costs;
    }
}
