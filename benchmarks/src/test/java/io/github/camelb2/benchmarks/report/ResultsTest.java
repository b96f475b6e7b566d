// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.benchmarks.report.Verdict.Bound;

import static org.assertj.core.api.Assertions.assertThat;

class ResultsTest {
    @TempDir
    Path directory;

    @Test
    void casesOfOneDayComeTogetherAndTheNewestFigureCounts() throws Exception {
        Results results = new Results(directory.resolve("results"), LocalDate.of(2026, 11, 29), "a machine");

        results.add("listing", report("slope", 0.6, 0.3, Bound.AT_MOST));
        results.add("sync", report(new Verdict("rate <of> peer", 8, 4, Bound.AT_LEAST, "", 16)));
        Path day = directory.resolve("results");
        Files.writeString(day.resolve("2026-11-29.md"), "\n## Why\n\nBecause.\n", StandardOpenOption.APPEND);
        results.add("listing", report("slope", 0.15, 0.3, Bound.AT_MOST));

        assertThat(day.resolve("2026-11-29.tsv"))
                .hasContent("listing, slope\t0.5\t0.0\nsync, rate <of> peer\t0.5\t0.25");
        assertThat(day.resolve("2026-11-29.md"))
                .content()
                .startsWith("# Measured on 2026-11-29\n\na machine\n")
                .contains(
                        "2026-11-29.svg",
                        "\n## Why\n\nBecause.\n",
                        "slope: 0.15 (at most 0.30) ok",
                        "rate <of> peer: 8.00 (at least 4.00; floor 16.00) ok")
                .doesNotContain("MISSED");
        assertThat(day.resolve("2026-11-29.svg"))
                .content()
                .startsWith("<svg ")
                .contains("rate &lt;of&gt; peer", ">aim</text>", "<title>floor</title>")
                .doesNotContain("#c33");
    }

    @Test
    void theChartHasRoomForTheLongestNameOfARow() throws Exception {
        Results results = new Results(directory, LocalDate.of(2026, 11, 29), "a machine");
        String longest = "of the files that a case has ".repeat(6);

        results.add("listing", report("slope", 0.6, 0.3, Bound.AT_MOST));
        results.add("sync", report(longest, 0.6, 0.3, Bound.AT_MOST));

        // The names end at x, and a character of this size is 6 to 7 pixels wide.
        assertThat(directory.resolve("2026-11-29.svg"))
                .content()
                .containsPattern("<text x=\"1[2-9]\\d\\d\" y=\"\\d+\" text-anchor=\"end\">sync, " + longest)
                .containsPattern("<text x=\"1[2-9]\\d\\d\" y=\"\\d+\" text-anchor=\"end\">listing, slope");
    }

    @Test
    void aFigureThatIsKnownOnlyIsInTheTableAndNotInTheChart() throws Exception {
        Results results = new Results(directory, LocalDate.of(2026, 11, 29), "a machine");

        results.add("sync", report("rate", 8, Double.POSITIVE_INFINITY, Bound.AT_MOST));

        assertThat(directory.resolve("2026-11-29.tsv")).isEmptyFile();
        assertThat(directory.resolve("2026-11-29.md")).content().contains("rate: 8.00");
    }

    @Test
    void aFigureThatWasNotMeasuredTakesTheOldOneOutOfTheChart() throws Exception {
        Results results = new Results(directory, LocalDate.of(2026, 11, 29), "a machine");

        results.add("sync", report("rate", 0.5, 1, Bound.AT_MOST));
        results.add("sync", report("rate", -0.5, 1, Bound.AT_MOST));

        assertThat(directory.resolve("2026-11-29.tsv")).isEmptyFile();
        assertThat(directory.resolve("2026-11-29.svg")).content().doesNotContain("rate");
        assertThat(directory.resolve("2026-11-29.md")).content().contains("rate: not measured");
    }

    @Test
    void aMachineThatIsNotQuietIsSaidToBeSo() {
        Quietness quiet = new Quietness();
        quiet.add(20, 10.4, 8, 2, 0);
        Quietness busy = new Quietness();
        busy.add(20, 19, 8, 4, 0.5);

        assertThat(quiet.notes()).hasSize(1);
        assertThat(quiet.notes().get(0)).contains("2 %", "quiet");
        assertThat(busy.notes().get(0)).contains("NOT QUIET");
        assertThat(busy.notes().get(1)).contains("0.50 x the clients'");
    }

    private static Report report(String what, double value, double limit, Bound bound) {
        return report(new Verdict(what, value, limit, bound, ""));
    }

    private static Report report(Verdict verdict) {
        Report report = new Report("a case");
        report.add(verdict);
        return report;
    }
}
