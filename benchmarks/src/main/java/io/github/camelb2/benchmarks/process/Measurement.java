// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.process;

import java.util.Map;

/**
 * What one whole process cost, from its start to its end.
 *
 * @param wallSeconds seconds between start and end
 * @param cpuSeconds processor seconds, user and system together, of the process and of the children that it waited for
 * @param peakBytes the most memory that the process had resident at once
 * @param figures what the process itself printed as {@code figure NAME VALUE}
 */
public record Measurement(double wallSeconds, double cpuSeconds, long peakBytes, Map<String, Double> figures) {

    public Measurement {
        figures = Map.copyOf(figures);
    }

    /** The figure that the process printed under this name; a process that did not print it is an error. */
    public double figure(String name) {
        Double value = figures.get(name);
        if (value == null) {
            throw new IllegalStateException("The process printed no figure \"" + name + "\", only " + figures);
        }
        return value;
    }
}
