// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.util.List;

/** Medians, because one slow run on a shared machine must not decide a figure, and ratios. */
public final class Statistics {

    private Statistics() {}

    /** The middle value, or the mean of the two in the middle; of no values, NaN. */
    public static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /**
     * One cost in terms of another, or NaN where either is not above zero: both are differences of two runs, and one that is negative says
     * that the runs were too short to tell.
     */
    public static double ratio(double ours, double theirs) {
        return ours > 0 && theirs > 0 ? ours / theirs : Double.NaN;
    }

    /** The least and the greatest value as text, {@code "0.8-1.2"}. */
    public static String range(List<Double> values) {
        double least = values.stream().min(Double::compare).orElse(Double.NaN);
        double greatest = values.stream().max(Double::compare).orElse(Double.NaN);
        return "%.2f-%.2f".formatted(least, greatest);
    }
}
