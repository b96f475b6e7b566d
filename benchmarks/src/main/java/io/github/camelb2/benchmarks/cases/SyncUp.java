// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Path;
import java.util.List;

import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/**
 * Syncs a directory of files of 4 KiB to an empty bucket, with this many milliseconds until an answer begins.
 *
 * @param workers ten, or as many as each client takes where nothing is said
 */
record SyncUp(int latencyMillis, String workers) implements Case {

    private static final int SIZE = 4 << 10;
    private static final int TEN = 10;
    private static final double FASTER = 4;

    /** Files after which the emulator has compiled most of what an upload runs through. */
    private static final int WARM_UP = 2_000;

    static SyncUp withTen(int latencyMillis) {
        return new SyncUp(latencyMillis, Integer.toString(TEN));
    }

    /** On a long line, as people do it who set nothing. */
    static SyncUp asItComes() {
        return new SyncUp(100, Client.DEFAULT);
    }

    private boolean isAsItComes() {
        return workers.equals(Client.DEFAULT);
    }

    @Override
    public String name() {
        if (isAsItComes()) {
            return "sync-up-far";
        }
        return latencyMillis == 0 ? "sync-up" : "sync-up-latency";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int count = lab.scale().syncFiles();
        // Each sync waits for its latency over and over: more than three rounds would tell little for their minutes.
        int rounds = Math.min(lab.rounds(), latencyMillis == 0 ? 3 : isAsItComes() ? 1 : 2);
        Report report = new Report(
                "%s: sync of %,d files of 4 KiB to an empty bucket, workers: %s, %d ms of latency, ours with -Xmx128m"
                        .formatted(name(), count, workers, latencyMillis));
        Path source = TestFiles.small(lab.work().resolve("source"), count, SIZE);
        List<Client> clients = Peers.installed(lab, report);
        try (Emulator emulator = lab.emulator(List.of("--latency-ms=" + latencyMillis));
                Buckets buckets = new Buckets(emulator.account())) {
            int few = Math.min(count, WARM_UP);
            Path fewFiles = TestFiles.small(lab.work().resolve("warm-up"), few, SIZE);
            lab.warmUp(clients.subList(0, 1), emulator.account(), new Up("warm-up", fewFiles, few, buckets, workers));
            report.add(lab.idle(clients, emulator.account()));
            List<Samples> up = lab.inTurns(
                    "sync up", clients, rounds, emulator.account(), new Up(name(), source, count, buckets, workers));
            report.add(up);
            if (isAsItComes()) {
                judgeFar(report, up);
            } else {
                judge(report, up.get(0));
            }
        }
        return report;
    }

    private void judge(Report report, Samples ours) {
        double rate = ours.median(run -> run.figure("rate"));
        if (latencyMillis == 0) {
            report.note("camel-b2 moved %.0f files a second after the first 500".formatted(rate));
            return;
        }
        double allowed = TEN * 1000.0 / latencyMillis;
        report.add(new Verdict(
                "requests a second after the first 500, of the %.0f that latency allows".formatted(allowed),
                rate / allowed,
                0.9,
                Bound.AT_LEAST,
                "%.0f/s".formatted(rate)));
    }

    private static void judgeFar(Report report, List<Samples> up) {
        double ours = up.get(0).median(Measurement::wallSeconds);
        for (Samples peer : up.subList(1, up.size())) {
            double theirs = peer.median(Measurement::wallSeconds);
            report.add(new Verdict(
                    "files a second, each with its defaults, in terms of " + peer.client(),
                    theirs / ours,
                    FASTER,
                    Bound.AT_LEAST,
                    "%.0f s and %.0f s".formatted(ours, theirs)));
        }
    }

    private record Up(String name, Path source, int count, Buckets buckets, String workers) implements Lab.Turn {

        private String bucket(Client client, int round) {
            return name + "-" + client.name() + "-" + round;
        }

        @Override
        public List<String> task(Client client, int round) throws Exception {
            buckets.create(bucket(client, round));
            return List.of("sync", source.toString(), "b2://" + bucket(client, round), workers);
        }

        @Override
        public void after(Client client, int round) throws Exception {
            buckets.expectFiles(bucket(client, round), count);
        }
    }
}
