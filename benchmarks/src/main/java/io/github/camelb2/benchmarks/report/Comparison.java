// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/**
 * Two clients that did the same thing in turns, run by run: each pair of runs saw the machine in the same state, so that the median of the
 * pairs' ratios says more than the ratio of two medians. What an idle start costs is subtracted from every run first; where nothing is left of
 * one, no pair says anything: the idle start is not known well enough for work so short.
 */
public record Comparison(Samples ours, Samples theirs, Samples oursIdle, Samples theirsIdle) {

    /** Our wall time in terms of theirs. */
    public Verdict wall(double limit) {
        return ratio("wall", Measurement::wallSeconds, limit);
    }

    /** Our processor time in terms of theirs. */
    public Verdict cpu(double limit) {
        return ratio("CPU", Measurement::cpuSeconds, limit);
    }

    /**
     * Our wall time in terms of theirs.
     *
     * @param floorSeconds what no client can do without, because the line takes it
     */
    public Verdict wall(double limit, double floorSeconds) {
        Verdict wall = wall(limit);
        return wall.isMeasured() ? wall.withFloor(floorSeconds / theirWallSeconds()) : wall;
    }

    /** The median of their wall times, without an idle start. */
    public double theirWallSeconds() {
        return theirs.median(Measurement::wallSeconds) - theirsIdle.median(Measurement::wallSeconds);
    }

    private Verdict ratio(String what, ToDoubleFunction<Measurement> value, double limit) {
        double ourIdle = oursIdle.median(value);
        double theirIdle = theirsIdle.median(value);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.runs().size(); i++) {
            double our = value.applyAsDouble(ours.runs().get(i)) - ourIdle;
            double their = value.applyAsDouble(theirs.runs().get(i)) - theirIdle;
            ratios.add(Statistics.ratio(our, their));
        }
        String name = "%s: %s / %s of %s".formatted(ours.phase(), what, what, theirs.client());
        long without = ratios.stream().filter(ratio -> ratio.isNaN()).count();
        if (without > 0) {
            String remark = "no longer than an idle start in %d of %d pairs".formatted(without, ratios.size());
            return new Verdict(name, Double.NaN, limit, Bound.AT_MOST, remark);
        }
        return new Verdict(name, Statistics.median(ratios), limit, Bound.AT_MOST, "pairs " + Statistics.range(ratios));
    }
}
