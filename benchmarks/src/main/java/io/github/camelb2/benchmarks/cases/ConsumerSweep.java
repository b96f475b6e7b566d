// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/** The sweeps of a consumer over a bucket whose versions its database knows all, in a file of H2. */
final class ConsumerSweep implements Case {
    private static final double AIM_SECONDS = 30;

    /** The aim is for so many; fewer in proportion. */
    private static final double VERSIONS_OF_AIM = 1_000_000;

    private static final List<Client> OURS = List.of(Client.CAMEL_WITH_DATABASE);

    @Override
    public String name() {
        return "consumer-sweep";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int versions = lab.scale().manyEntries();
        Report report = new Report("%s: %,d versions, all known to a JDBC repository, -Xmx512m with its database"
                .formatted(name(), versions));
        try (Emulator emulator = lab.emulator(List.of("--synthetic=known:" + versions))) {
            report.add(lab.idle(OURS, emulator.account()));
            // Filling the table takes longer than both sweeps.
            List<Samples> swept = lab.inTurns("sweep", OURS, 1, emulator.account(), (client, round) -> {
                Path database = Files.createTempDirectory(lab.work(), "database");
                return List.of("sweep", "known", database.toString());
            });
            report.add(swept);
            Samples ours = swept.get(0);
            if (ours.runs().stream().anyMatch(run -> run.figures().containsKey("delivered"))) {
                throw new IllegalStateException("A version was delivered that was known");
            }
            double aim = AIM_SECONDS * versions / VERSIONS_OF_AIM;
            report.add(seconds("first sweep of a consumer, s", ours, "first-sweep-millis", aim));
            report.add(seconds("every further sweep, s", ours, "next-sweep-millis", aim));
        }
        return report;
    }

    private static Verdict seconds(String what, Samples ours, String figure, double aim) {
        return new Verdict(what, ours.median(run -> run.figure(figure)) / 1000, aim, Bound.AT_MOST, "");
    }
}
