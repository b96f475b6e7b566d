// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.camelb2.benchmarks.client.SmallFileNames;
import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Comparison;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;

/** Many files of 16 KiB up, and down to disk, by ten threads, with this many milliseconds until an answer begins. */
record SmallFiles(int latencyMillis) implements Case {

    private static final int SIZE = 16 << 10;
    private static final String THREADS = "10";
    private static final String BUCKET = "small-files";
    private static final List<Client> CLIENTS = List.of(Client.CAMEL, Client.SDK);

    @Override
    public String name() {
        return latencyMillis == 0 ? "small-files" : "small-files-latency";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int count = lab.scale().smallFiles();
        Report report = new Report("%s: %d files of 16 KiB up and down, 10 threads, %d ms of latency, -Xmx128m"
                .formatted(name(), count, latencyMillis));
        Path source = TestFiles.small(lab.work().resolve("source"), count, SIZE);
        try (Emulator emulator = lab.emulator(List.of("--latency-ms=" + latencyMillis));
                Buckets buckets = new Buckets(emulator.account())) {
            Lab.Turn up = new Up(source, count, buckets);
            Lab.Turn down = new Down(source, count);
            for (Client client : CLIENTS) {
                buckets.create(bucket(client));
            }
            lab.warmUp(CLIENTS, emulator.account(), up);
            lab.warmUp(CLIENTS, emulator.account(), down);

            List<Samples> idle = lab.idle(CLIENTS, emulator.account());
            report.add(idle);
            for (List<Samples> phase : List.of(
                    lab.inTurns("up", CLIENTS, lab.rounds(), emulator.account(), up),
                    lab.inTurns("down", CLIENTS, lab.rounds(), emulator.account(), down))) {
                Comparison comparison = new Comparison(phase.get(0), phase.get(1), idle.get(0), idle.get(1));
                report.add(phase);
                report.add(comparison.wall(1.0));
                report.add(comparison.cpu(0.9));
            }
        }
        return report;
    }

    private static String bucket(Client client) {
        return BUCKET + "-" + client.name();
    }

    /** Each round puts new versions over those of the round before. */
    private record Up(Path source, int count, Buckets buckets) implements Lab.Turn {

        @Override
        public List<String> task(Client client, int round) {
            return List.of("upload-many", bucket(client), source.toString(), Integer.toString(count), THREADS);
        }

        @Override
        public void after(Client client, int round) throws Exception {
            buckets.expectFiles(bucket(client), count);
        }
    }

    private record Down(Path source, int count) implements Lab.Turn {

        private Path target() {
            return source.resolveSibling("target");
        }

        @Override
        public List<String> task(Client client, int round) throws IOException {
            Files.createDirectories(target());
            return List.of("download-many", bucket(client), target().toString(), Integer.toString(count), THREADS);
        }

        @Override
        public void after(Client client, int round) throws Exception {
            for (String name : SmallFileNames.first(count)) {
                TestFiles.expectSame(source.resolve(name), target().resolve(name));
            }
            TestFiles.delete(target());
        }
    }
}
