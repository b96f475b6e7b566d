// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Path;
import java.util.List;

import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Comparison;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/** Small files that a route downloads and reads where they are: one request for each, over 50 ms, by ten threads. */
final class RouteDownloads implements Case {
    private static final int LATENCY_MILLIS = 50;

    /** A question for the file, and then the file: what each took as long as there were two requests. */
    private static final int REQUESTS_ONCE = 2;

    @Override
    public String name() {
        return "route-downloads";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int files = lab.scale().smallFiles() / 5;
        Report report = new Report("%s: %,d files of 16 KiB, read in the route, 10 threads, %d ms of latency, -Xmx128m"
                .formatted(name(), files, LATENCY_MILLIS));
        Path source = TestFiles.small(lab.work().resolve("source"), files, SmallFiles.SIZE);
        try (Emulator emulator = lab.emulator(List.of("--latency-ms=" + LATENCY_MILLIS));
                Buckets buckets = new Buckets(emulator.account())) {
            Client any = Client.SDK;
            buckets.create(SmallFiles.bucket(any));
            lab.inTurns("fill", List.of(any), 1, emulator.account(), new SmallFiles.Up(source, files, buckets));
            Lab.Turn turn = (client, round) -> List.of(
                    "read-many", SmallFiles.bucket(any), Integer.toString(files), Integer.toString(SmallFiles.THREADS));
            lab.warmUp(List.of(any), emulator.account(), turn);
            List<Samples> idle = lab.idle(SmallFiles.CLIENTS, emulator.account());
            report.add(idle);
            List<Samples> read = lab.inTurns("read", SmallFiles.CLIENTS, lab.rounds(), emulator.account(), turn);
            report.add(read);
            read.forEach(client -> client.expect("bytes", (double) files * SmallFiles.SIZE));
            double roundTrips = SmallFiles.turns(files) * LATENCY_MILLIS / 1000.0;
            double ours =
                    read.get(0).median(Measurement::wallSeconds) - idle.get(0).median(Measurement::wallSeconds);
            report.add(new Verdict(
                            "wall / two round trips for each file",
                            ours / (REQUESTS_ONCE * roundTrips),
                            0.6,
                            Bound.AT_MOST,
                            "%.2f s".formatted(ours))
                    .withFloor(1.0 / REQUESTS_ONCE));
            report.add(new Comparison(read.get(0), read.get(1), idle.get(0), idle.get(1)).wall(1.05, roundTrips));
        }
        return report;
    }
}
