// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of a day in a directory: {@code DAY.md} with every table as it was printed, {@code DAY.tsv} with the newest
 * value of each figure, and {@code DAY.svg}, which draws those. Cases of one day may be measured one by one.
 */
public final class Results {
    private final Path directory;
    private final String day;
    private final String machine;

    /** @param machine what was measured on, in a line */
    public Results(Path directory, LocalDate day, String machine) {
        this.directory = directory;
        this.day = day.toString();
        this.machine = machine;
    }

    /** Adds what a case found. */
    public void add(String name, Report report) throws IOException {
        Files.createDirectories(directory);
        Path page = directory.resolve(day + ".md");
        if (Files.notExists(page)) {
            Files.writeString(
                    page,
                    "# Measured on %s%n%n%s%n%n![each figure in terms of its aim](%s.svg)%n"
                            .formatted(day, machine, day));
        }
        Files.writeString(page, "%n## %s%n%n```%s```%n".formatted(name, report.text()), StandardOpenOption.APPEND);
        Map<String, String> figures = figures();
        for (Verdict verdict : report.verdicts()) {
            if (!Double.isInfinite(verdict.limit())) {
                figures.put(name + ", " + verdict.what(), Double.toString(verdict.ofAim()));
            }
        }
        List<String> lines = new ArrayList<>();
        figures.forEach((what, value) -> lines.add(what + "\t" + value));
        Files.write(directory.resolve(day + ".tsv"), lines);
        List<RatioChart.Bar> bars = new ArrayList<>();
        figures.forEach((what, value) -> bars.add(new RatioChart.Bar(what, Double.parseDouble(value))));
        Files.writeString(directory.resolve(day + ".svg"), RatioChart.svg(bars));
    }

    private Map<String, String> figures() throws IOException {
        Map<String, String> figures = new LinkedHashMap<>();
        Path file = directory.resolve(day + ".tsv");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] columns = line.split("\t");
                figures.put(columns[0], columns[1]);
            }
        }
        return figures;
    }
}
