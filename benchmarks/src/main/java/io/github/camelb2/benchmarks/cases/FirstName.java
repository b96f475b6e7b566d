// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.util.List;

import io.github.camelb2.benchmarks.client.CamelProgram;
import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/** When a route has the first name of a listing in hand, on a long line, once it has logged in and has listed before. */
final class FirstName implements Case {
    private static final int LATENCY_MILLIS = 100;

    /** One round trip is what a listing needs, and the work of both sides may take half as long. */
    private static final double LIMIT = 1.5;

    private static final List<Client> OURS = List.of(Client.CAMEL);

    @Override
    public String name() {
        return "listing-first-name";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int names = lab.scale().fewNames();
        Report report = new Report(
                "%s: a bucket of %,d names listed in pages of %d, after %d such listings, %d ms of latency, -Xmx128m"
                        .formatted(
                                name(),
                                names,
                                CamelProgram.NAMES_IN_PAGE,
                                CamelProgram.LISTINGS_BEFORE,
                                LATENCY_MILLIS));
        try (Emulator emulator =
                lab.emulator(List.of("--latency-ms=" + LATENCY_MILLIS, "--synthetic=many-names:" + names))) {
            report.add(lab.idle(OURS, emulator.account()));
            List<Samples> first = lab.inTurns(
                    "first name",
                    OURS,
                    lab.rounds(),
                    emulator.account(),
                    (client, round) -> List.of("first-name", "many-names"));
            report.add(first);
            double roundTrips = first.get(0).median(run -> run.figure("first-name-millis")) / LATENCY_MILLIS;
            report.add(new Verdict(
                            "first name, in round trips", roundTrips, LIMIT, Bound.AT_MOST, "half of one for the work")
                    .withFloor(1));
        }
        return report;
    }
}
