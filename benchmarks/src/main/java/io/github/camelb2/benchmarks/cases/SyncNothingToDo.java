// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Path;
import java.util.List;

import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;

/** Syncs a tree to a bucket that has it already: what is left is to list both sides and to compare. */
final class SyncNothingToDo implements Case {

    private static final String WORKERS = "10";

    /** Processor seconds for each 100,000 files. */
    private static final double AIM = 0.7;

    @Override
    public String name() {
        return "sync-nothing-to-do";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int few = lab.scale().fewEntries();
        int many = lab.scale().manyEntries();
        // Minutes each, and a figure of processor time over a million entries does not scatter much.
        int rounds = Math.min(lab.rounds(), 2);
        Report report = new Report(
                "sync-nothing-to-do: %,d and %,d files on both sides, ours with -Xmx128m".formatted(few, many));
        List<Client> clients = Peers.installed(lab, report);
        Path fewFiles = TestFiles.likeSynthetic(lab.work().resolve("few-names"), few);
        Path manyFiles = TestFiles.likeSynthetic(lab.work().resolve("many-names"), many);
        try (Emulator emulator =
                        lab.emulator(List.of("--synthetic=few-names:" + few, "--synthetic=many-names:" + many));
                Buckets buckets = new Buckets(emulator.account())) {
            lab.warmUp(clients.subList(0, 1), emulator.account(), sync(fewFiles));
            report.add(lab.idle(clients, emulator.account()));
            List<Samples> small = lab.inTurns("few", clients, rounds, emulator.account(), sync(fewFiles));
            List<Samples> large = lab.inTurns("many", clients, rounds, emulator.account(), sync(manyFiles));
            report.add(small);
            report.add(large);
            for (int i = 0; i < clients.size(); i++) {
                report.add(Growth.cpuPerUnit(
                        small.get(i), few, large.get(i), many, i == 0 ? AIM : Double.POSITIVE_INFINITY));
                if (clients.get(i) instanceof Client.Rclone) {
                    Growth ours = new Growth(small.get(0), few, large.get(0), many);
                    report.add(
                            ours.cpuInTermsOf(new Growth(small.get(i), few, large.get(i), many), "nothing to do", 1.0));
                }
            }
            small.get(0).expect("actions", 0);
            large.get(0).expect("actions", 0);
            // Such a bucket refuses uploads, so that a client that begins one fails; what it hides or deletes shows
            // here.
            buckets.expectVersions("few-names", few);
            buckets.expectVersions("many-names", many);
        }
        return report;
    }

    private static Lab.Turn sync(Path source) {
        return (client, round) -> List.of("sync", source.toString(), "b2://" + source.getFileName(), WORKERS);
    }
}
