// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

import io.github.camelb2.benchmarks.Scale;
import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Comparison;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/**
 * One large file up, and down to disk, with four connections. Both clients download the same file: ours, whose SHA-1 is stored with it, so
 * that we verify it and b2-sdk-java, which does not verify large files, has less to do.
 */
final class OneFile implements Case {

    private static final String CONNECTIONS = "4";
    private static final String BUCKET = "one-file";
    private static final List<Client> CLIENTS = List.of(Client.CAMEL, Client.SDK);

    /** What the figures are held against. */
    private interface Aims {
        void judge(Report report, Scale scale, Comparison up, Comparison down);
    }

    private final String name;
    private final List<String> emulatorOptions;
    private final ToLongFunction<Scale> size;
    private final Aims aims;

    private OneFile(String name, List<String> emulatorOptions, ToLongFunction<Scale> size, Aims aims) {
        this.name = name;
        this.emulatorOptions = emulatorOptions;
        this.size = size;
        this.aims = aims;
    }

    /** As fast as checksum and disk allow. */
    static OneFile atFullSpeed() {
        return new OneFile("large-file", List.of(), Scale::largeFile, (report, scale, up, down) -> {
            report.add(up.wall(0.9));
            report.add(up.cpu(1.1));
            report.add(down.wall(0.9));
            report.add(down.cpu(1.3));
        });
    }

    /** Over connections of 200 Mbit/s each, with 20 ms until an answer begins. */
    static OneFile overSlowConnections() {
        return new OneFile(
                "slow-connections",
                List.of("--connection-rate=25000000", "--latency-ms=20"),
                Scale::ratedFile,
                (report, scale, up, down) -> {
                    report.add(seconds(up, scale));
                    report.add(seconds(down, scale));
                });
    }

    /** 256 MiB take 2.7 s over four such connections, and should take no more than 3.4 s: other sizes in proportion. */
    private static Verdict seconds(Comparison comparison, Scale scale) {
        double limit = 3.4 * scale.ratedFile() / (256 << 20);
        Samples ours = comparison.ours();
        double seconds =
                ours.median(Measurement::wallSeconds) - comparison.oursIdle().median(Measurement::wallSeconds);
        return new Verdict(ours.phase() + ": wall s without an idle start", seconds, limit, Bound.AT_MOST, "");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        long bytes = size.applyAsLong(lab.scale());
        Report report = new Report("%s: one file of %d MiB up and down, 4 connections, -Xmx128m %s"
                .formatted(name, bytes >> 20, emulatorOptions));
        Path source = TestFiles.large(lab.work().resolve("source.bin"), bytes);
        try (Emulator emulator = lab.emulator(emulatorOptions);
                Buckets buckets = new Buckets(emulator.account())) {
            buckets.create(BUCKET);
            lab.warmUp(CLIENTS, emulator.account(), new Up(source, buckets));

            List<Samples> idle = lab.idle(CLIENTS, emulator.account());
            List<Samples> up = lab.inTurns("up", CLIENTS, lab.rounds(), emulator.account(), new Up(source, buckets));
            lab.inTurns("file to read", List.of(Client.CAMEL), 1, emulator.account(), new Up(source, buckets) {
                @Override
                public void after(Client client, int round) {}
            });
            List<Samples> down = lab.inTurns("down", CLIENTS, lab.rounds(), emulator.account(), new Down(source));
            report.add(idle);
            report.add(up);
            report.add(down);
            aims.judge(report, lab.scale(), comparison(up, idle), comparison(down, idle));
        }
        return report;
    }

    private static Comparison comparison(List<Samples> phase, List<Samples> idle) {
        return new Comparison(phase.get(0), phase.get(1), idle.get(0), idle.get(1));
    }

    private static class Up implements Lab.Turn {

        private final Path source;
        private final Buckets buckets;

        Up(Path source, Buckets buckets) {
            this.source = source;
            this.buckets = buckets;
        }

        @Override
        public List<String> task(Client client, int round) {
            return List.of("upload", BUCKET, source.toString(), "large.bin", CONNECTIONS);
        }

        @Override
        public void after(Client client, int round) throws Exception {
            buckets.expectFiles(BUCKET, 1);
            buckets.empty(BUCKET);
        }
    }

    private record Down(Path source) implements Lab.Turn {

        private Path target() {
            return source.resolveSibling("large.bin");
        }

        @Override
        public List<String> task(Client client, int round) {
            return List.of("download", BUCKET, "large.bin", target().toString(), CONNECTIONS);
        }

        @Override
        public void after(Client client, int round) throws Exception {
            TestFiles.expectSame(source, target());
            Files.delete(target());
        }
    }
}
