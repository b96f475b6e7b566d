// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Verdict;

/** What a small file costs that comes after thousands of others, when both JVMs have compiled what it runs through. */
final class WarmFiles implements Case {
    private static final List<Client> CLIENTS = SmallFiles.CLIENTS;

    /** So many times as many files are in the longer runs. */
    private static final int MORE = 5;

    @Override
    public String name() {
        return "small-files-warm";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int few = lab.scale().smallFiles() / 2;
        int many = MORE * few;
        Report report = new Report(
                "%s: %,d and %,d files of 16 KiB up and down, 10 threads, -Xmx128m".formatted(name(), few, many));
        Path source = TestFiles.small(lab.work().resolve("source"), many, SmallFiles.SIZE);
        try (Emulator emulator = lab.emulator(List.of());
                Buckets buckets = new Buckets(emulator.account())) {
            for (Client client : CLIENTS) {
                buckets.create(SmallFiles.bucket(client));
            }
            lab.warmUp(CLIENTS, emulator.account(), new SmallFiles.Up(source, few, buckets));
            report.add(lab.idle(CLIENTS, emulator.account()));
            Growing growing = new Growing(lab, emulator, report, new int[] {few, many});
            growing.measure("up", CLIENTS, count -> new SmallFiles.Up(source, count, buckets));
            growing.measure("down", SmallFiles.DOWN, count -> new SmallFiles.Down(source, count));
        }
        return report;
    }

    private interface TurnOf {
        Lab.Turn files(int count);
    }

    /** The same work for fewer files and for more. */
    private record Growing(Lab lab, Emulator emulator, Report report, int[] counts) {

        void measure(String phase, List<Client> clients, TurnOf turn) throws Exception {
            List<List<Samples>> sizes = new ArrayList<>();
            // The larger number first: what the warm-up has not compiled of the emulator, its first uploads do, and
            // they
            // must not be those with the lesser cost.
            for (int i = counts.length - 1; i >= 0; i--) {
                sizes.add(
                        0,
                        lab.inTurns(
                                phase + " " + counts[i],
                                clients,
                                lab.rounds(),
                                emulator.account(),
                                turn.files(counts[i])));
            }
            sizes.forEach(report::add);
            Growth ours = of(sizes, 0);
            Growth theirs = of(sizes, 1);
            report.add(ours.wallInTermsOf(theirs, phase, 1.0));
            report.add(ours.cpuInTermsOf(theirs, phase, 1.0));
            if (clients.contains(Client.CAMEL_UNFORCED)) {
                Growth unforced = of(sizes, clients.indexOf(Client.CAMEL_UNFORCED));
                for (Verdict verdict : List.of(
                        unforced.wallInTermsOf(theirs, phase, SmallFiles.TO_BE_KNOWN),
                        unforced.cpuInTermsOf(theirs, phase, SmallFiles.TO_BE_KNOWN))) {
                    report.note(SmallFiles.UNFORCED + verdict.line());
                }
            }
        }

        private Growth of(List<List<Samples>> sizes, int client) {
            return new Growth(sizes.get(0).get(client), counts[0], sizes.get(1).get(client), counts[1]);
        }
    }
}
