// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Path;
import java.util.List;

import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/** Syncs a directory of files of 4 KiB to an empty bucket with ten workers, with this many milliseconds until an answer begins. */
record SyncUp(int latencyMillis) implements Case {

    private static final int SIZE = 4 << 10;
    private static final int WORKERS = 10;

    @Override
    public String name() {
        return latencyMillis == 0 ? "sync-up" : "sync-up-latency";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int count = lab.scale().syncFiles();
        // Each sync waits for its latency over and over: more than three rounds would tell little for their minutes.
        int rounds = Math.min(lab.rounds(), latencyMillis == 0 ? 3 : 2);
        Report report = new Report(
                "%s: sync of %,d files of 4 KiB to an empty bucket, 10 workers, %d ms of latency, ours with -Xmx128m"
                        .formatted(name(), count, latencyMillis));
        Path source = TestFiles.small(lab.work().resolve("source"), count, SIZE);
        List<Client> clients = SyncClients.installed(lab, report);
        try (Emulator emulator = lab.emulator(List.of("--latency-ms=" + latencyMillis));
                Buckets buckets = new Buckets(emulator.account())) {
            report.add(lab.idle(clients, emulator.account()));
            List<Samples> up =
                    lab.inTurns("sync up", clients, rounds, emulator.account(), new Up(source, count, buckets));
            report.add(up);
            judge(report, up.get(0));
        }
        return report;
    }

    private void judge(Report report, Samples ours) {
        double rate = ours.median(run -> run.figure("rate"));
        if (latencyMillis == 0) {
            report.note("camel-b2 moved %.0f files a second after the first 500".formatted(rate));
            return;
        }
        double allowed = WORKERS * 1000.0 / latencyMillis;
        report.add(new Verdict(
                "requests a second after the first 500, of the %.0f that latency allows".formatted(allowed),
                rate / allowed,
                0.9,
                Bound.AT_LEAST,
                "%.0f/s".formatted(rate)));
    }

    private record Up(Path source, int count, Buckets buckets) implements Lab.Turn {

        private static String bucket(Client client, int round) {
            return "sync-up-" + client.name() + "-" + round;
        }

        @Override
        public List<String> task(Client client, int round) throws Exception {
            buckets.create(bucket(client, round));
            return List.of("sync", source.toString(), "b2://" + bucket(client, round), Integer.toString(WORKERS));
        }

        @Override
        public void after(Client client, int round) throws Exception {
            buckets.expectFiles(bucket(client, round), count);
        }
    }
}
