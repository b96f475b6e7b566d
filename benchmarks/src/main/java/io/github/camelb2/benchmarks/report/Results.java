// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of a day in a directory: {@code DAY.md} with every table as it was printed, {@code DAY.tsv} with the newest
 * value of each figure that has an aim and was measured, and {@code DAY.svg}, which draws those. Cases of one day may be measured one by one, and again.
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

    /** Adds what a case found, in the place of what it found before on that day. */
    public void add(String name, Report report) throws IOException {
        Files.createDirectories(directory);
        Path page = directory.resolve(day + ".md");
        String before = Files.exists(page)
                ? Files.readString(page)
                : "# Measured on %s%n%n%s%n%n![each figure in terms of its aim; blue: what nothing can pass](%s.svg)%n"
                        .formatted(day, machine, day);
        Files.writeString(page, withSection(before, name, "```%s```%n".formatted(report.text())));
        Map<String, Figure> fresh = new LinkedHashMap<>();
        for (Verdict verdict : report.verdicts()) {
            if (verdict.isMeasured() && !Double.isInfinite(verdict.limit())) {
                fresh.put(name + ", " + verdict.what(), new Figure(verdict.ofAim(), verdict.floorOfAim()));
            }
        }
        Map<String, Figure> figures = figures();
        figures.keySet().removeIf(what -> what.startsWith(name + ", ") && !fresh.containsKey(what));
        figures.putAll(fresh);
        List<String> lines = new ArrayList<>();
        List<RatioChart.Bar> bars = new ArrayList<>();
        figures.forEach((what, figure) -> {
            lines.add(what + "\t" + figure.ofAim() + "\t" + figure.floorOfAim());
            bars.add(new RatioChart.Bar(what, figure.ofAim(), figure.floorOfAim()));
        });
        Files.write(directory.resolve(day + ".tsv"), lines);
        Files.writeString(directory.resolve(day + ".svg"), RatioChart.svg(bars));
    }

    /** Sections of other names stay as they are: what somebody has written there about figures that were missed, too. */
    private static String withSection(String page, String name, String body) {
        String head = "%n## %s%n%n".formatted(name);
        int start = page.indexOf(head);
        if (start < 0) {
            return page + head + body;
        }
        int next = page.indexOf("%n## ".formatted(), start + head.length());
        return page.substring(0, start) + head + body + (next < 0 ? "" : page.substring(next));
    }

    private record Figure(double ofAim, double floorOfAim) {}

    private Map<String, Figure> figures() throws IOException {
        Map<String, Figure> figures = new LinkedHashMap<>();
        Path file = directory.resolve(day + ".tsv");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] columns = line.split("\t");
                figures.put(columns[0], new Figure(Double.parseDouble(columns[1]), Double.parseDouble(columns[2])));
            }
        }
        return figures;
    }
}
