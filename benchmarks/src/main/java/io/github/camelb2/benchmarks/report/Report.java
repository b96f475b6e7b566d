// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.github.camelb2.benchmarks.process.Measurement;

/** What one case found: the runs of each client in each phase, and how they compare with the aims. */
public final class Report {

    private static final String ROW = "  %-14s %-12s %8s %13s %8s %10s   %s%n";

    private final String title;
    private final List<Samples> samples = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** An empty report with this title. */
    public Report(String title) {
        this.title = title;
    }

    public void add(Collection<Samples> phase) {
        samples.addAll(phase);
    }

    public void add(Verdict verdict) {
        verdicts.add(verdict);
    }

    /** A sentence for the reader, for instance which client was left out and why. */
    public void note(String note) {
        notes.add(note);
    }

    public List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    /** The table. */
    public String text() {
        StringBuilder text = new StringBuilder("\n== ").append(title).append('\n');
        text.append(
                ROW.formatted("phase", "client", "wall s", "range", "CPU s", "peak MiB", "the client's own figures"));
        for (Samples row : samples) {
            text.append(row(row));
        }
        for (Verdict verdict : verdicts) {
            text.append("  ").append(verdict.line()).append('\n');
        }
        for (String note : notes) {
            text.append("  note: ").append(note).append('\n');
        }
        return text.toString();
    }

    private static String row(Samples row) {
        return ROW.formatted(
                row.phase(),
                row.client(),
                "%.2f".formatted(row.median(Measurement::wallSeconds)),
                Statistics.range(row.all(Measurement::wallSeconds)),
                "%.2f".formatted(row.median(Measurement::cpuSeconds)),
                "%.0f".formatted(row.median(Measurement::peakBytes) / (1 << 20)),
                figures(row));
    }

    private static String figures(Samples row) {
        TreeSet<String> names = new TreeSet<>();
        row.runs().stream().map(Measurement::figures).map(Map::keySet).forEach(names::addAll);
        List<String> figures = new ArrayList<>();
        for (String name : names) {
            figures.add(
                    "%s %.0f".formatted(name, row.median(run -> run.figures().getOrDefault(name, Double.NaN))));
        }
        return String.join(", ", figures);
    }
}
