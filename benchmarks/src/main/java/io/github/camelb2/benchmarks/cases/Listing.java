// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.util.List;

import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;

/** Lists all names of two buckets. */
final class Listing implements Case {

    private static final List<Client> CLIENTS = List.of(Client.CAMEL, Client.SDK);

    @Override
    public String name() {
        return "listing";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int few = lab.scale().fewNames();
        int many = lab.scale().manyNames();
        Report report = new Report("listing: %,d and %,d names, -Xmx128m".formatted(few, many));
        try (Emulator emulator =
                lab.emulator(List.of("--synthetic=few-names:" + few, "--synthetic=many-names:" + many))) {
            lab.warmUp(CLIENTS, emulator.account(), (client, round) -> List.of("list", "few-names"));
            report.add(lab.idle(CLIENTS, emulator.account()));
            List<Samples> small = list(lab, emulator, "few names", "few-names", lab.rounds());
            List<Samples> large = list(lab, emulator, "many names", "many-names", lab.rounds());
            report.add(small);
            report.add(large);
            for (int i = 0; i < CLIENTS.size(); i++) {
                small.get(i).expect("names", few);
                large.get(i).expect("names", many);
            }
            report.add(Growth.cpuPerUnit(small.get(0), few, large.get(0), many, 0.3));
            report.add(Growth.cpuPerUnit(small.get(1), few, large.get(1), many, Double.POSITIVE_INFINITY));
        }
        return report;
    }

    private static List<Samples> list(Lab lab, Emulator emulator, String phase, String bucket, int rounds)
            throws Exception {
        return lab.inTurns(phase, CLIENTS, rounds, emulator.account(), (client, round) -> List.of("list", bucket));
    }
}
