// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.github.camelb2.benchmarks.process.Measurement;

/** The runs of one client in one phase of a case, in the order in which they were made. Not thread-safe. */
public final class Samples {

    private final String phase;
    private final String client;
    private final List<Measurement> runs = new ArrayList<>();

    /** No runs yet. */
    public Samples(String phase, String client) {
        this.phase = phase;
        this.client = client;
    }

    public String phase() {
        return phase;
    }

    public String client() {
        return client;
    }

    public void add(Measurement run) {
        runs.add(run);
    }

    public List<Measurement> runs() {
        return List.copyOf(runs);
    }

    /** It is an error if a run did not print this figure, or printed another value: a client that does less is not fast. */
    public void expect(String figure, double value) {
        for (Measurement run : runs) {
            if (run.figure(figure) != value) {
                throw new IllegalStateException("%s, %s: %s should be %.0f, but is %.0f"
                        .formatted(client, phase, figure, value, run.figure(figure)));
            }
        }
    }

    /** One value of every run. */
    public List<Double> all(ToDoubleFunction<Measurement> value) {
        return runs.stream().map(value::applyAsDouble).toList();
    }

    /** The median of one value over the runs. */
    public double median(ToDoubleFunction<Measurement> value) {
        return Statistics.median(all(value));
    }
}
