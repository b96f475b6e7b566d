// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

import io.github.camelb2.benchmarks.Scale;
import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Comparison;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/**
 * One large file up, and down to disk, with four connections. All clients download the same file: ours, whose SHA-1 is stored with it, so
 * that we and rclone verify it and b2-sdk-java, which does not verify large files, has less to do.
 *
 * @param size      of the file
 * @param direction whether it is only sent, to a server that keeps nothing, or read again
 * @param ours      our client with its options
 * @param isAgainstAll whether rclone and b2sdk take part, or b2-sdk-java alone
 * @param aims      what the figures are held against
 */
record OneFile(
        String name,
        List<String> emulatorOptions,
        ToLongFunction<Scale> size,
        Direction direction,
        Client ours,
        boolean isAgainstAll,
        Aims aims)
        implements Case {

    private static final int CONNECTIONS = 4;
    private static final String BUCKET = "one-file";
    private static final double TO_BE_KNOWN = Double.POSITIVE_INFINITY;
    private static final String RCLONE = new Client.Rclone().name();

    /** What a connection of the slow line carries in a second. */
    private static final long RATE = 25_000_000;

    private static final int LATENCY_MILLIS = 20;

    enum Direction {
        UP,
        BOTH
    }

    /** What the figures of one phase are held against. */
    interface Aims {
        void judge(Report report, Phase phase, Scale scale);
    }

    /** Who did the same thing, ours first, and what their starts cost. */
    record Phase(List<Samples> runs, List<Samples> idle) {

        boolean isUp() {
            return runs.get(0).phase().equals("up");
        }

        Comparison with(int client) {
            return new Comparison(runs.get(0), runs.get(client), idle.get(0), idle.get(client));
        }

        List<Comparison> peers() {
            return IntStream.range(1, runs.size()).mapToObj(this::with).toList();
        }

        /** Ours beside the quickest of the others, whose starts are left out as in what is compared. */
        Comparison withBest() {
            return peers().stream()
                    .min(Comparator.comparingDouble(Comparison::theirWallSeconds))
                    .orElseThrow();
        }
    }

    private static String ofGibibytes(String name, int gibibytes) {
        return gibibytes == 1 ? name : "%s-%dg".formatted(name, gibibytes);
    }

    /** As it comes: with the digest of the whole, which rclone computes as well. */
    static OneFile atFullSpeed(int gibibytes) {
        return new OneFile(
                ofGibibytes("large-file", gibibytes),
                List.of(),
                scale -> gibibytes * scale.largeFile(),
                Direction.BOTH,
                Client.CAMEL,
                true,
                (report, phase, scale) -> {
                    if (phase.isUp()) {
                        phase.peers().forEach(peer -> judgeHashing(report, peer));
                    } else {
                        report.add(phase.withBest().wall(1.0));
                        report.add(phase.with(1).cpu(1.0));
                    }
                });
    }

    /** Of the peers that Debian 12 has, only rclone computes the SHA-1 of the whole as well: b2sdk 1.17.3 sends none. */
    private static void judgeHashing(Report report, Comparison peer) {
        double aim = peer.theirs().client().equals(RCLONE) ? 0.8 : TO_BE_KNOWN;
        report.add(peer.wall(aim));
        report.add(peer.cpu(aim));
    }

    /** Without the SHA-1 of the whole, so that it is read once. */
    static OneFile unhashed(int gibibytes) {
        return new OneFile(
                ofGibibytes("large-file-unhashed", gibibytes),
                List.of("--discard-content"),
                scale -> gibibytes * scale.largeFile(),
                Direction.UP,
                Client.CAMEL_UNHASHED,
                true,
                (report, phase, scale) -> {
                    report.add(phase.withBest().wall(1.0));
                    report.add(phase.with(1).cpu(1.0));
                });
    }

    static OneFile throughTls() {
        return new OneFile(
                "large-file-tls",
                List.of("--tls"),
                Scale::largeFile,
                Direction.BOTH,
                Client.CAMEL,
                false,
                (report, phase, scale) -> {
                    report.add(phase.with(1).wall(1.0));
                    report.add(phase.with(1).cpu(1.0));
                });
    }

    /** Over connections of 200 Mbit/s each, with 20 ms until an answer begins. */
    static OneFile overSlowConnections() {
        return new OneFile(
                "slow-connections",
                List.of("--connection-rate=" + RATE, "--latency-ms=" + LATENCY_MILLIS),
                Scale::ratedFile,
                Direction.BOTH,
                Client.CAMEL,
                true,
                (report, phase, scale) -> report.add(seconds(phase, scale)));
    }

    /** 256 MiB take 2.7 s over four such connections, and should take no more than 3.2 s: other sizes in proportion. */
    private static Verdict seconds(Phase phase, Scale scale) {
        double limit = 3.2 * scale.ratedFile() / (256 << 20);
        Samples runs = phase.runs().get(0);
        double seconds =
                runs.median(Measurement::wallSeconds) - phase.idle().get(0).median(Measurement::wallSeconds);
        return new Verdict(runs.phase() + ": wall s without an idle start", seconds, limit, Bound.AT_MOST, "")
                .withFloor((double) scale.ratedFile() / RATE / CONNECTIONS + LATENCY_MILLIS / 1000.0);
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        long bytes = size.applyAsLong(lab.scale());
        Report report = new Report("%s: one file of %d MiB%s, %d connections, -Xmx128m %s"
                .formatted(
                        name,
                        bytes >> 20,
                        direction == Direction.UP ? " up" : " up and down",
                        CONNECTIONS,
                        emulatorOptions));
        Path source = TestFiles.large(lab.work().resolve("source.bin"), bytes);
        List<Client> clients = isAgainstAll ? Peers.forLargeFiles(lab, report, ours) : List.of(ours, Client.SDK);
        try (Emulator emulator = lab.emulator(emulatorOptions);
                Buckets buckets = new Buckets(emulator.account())) {
            buckets.create(BUCKET);
            lab.warmUp(clients.subList(0, 1), emulator.account(), up(source, buckets));
            List<Samples> idle = lab.idle(clients, emulator.account());
            report.add(idle);
            judge(lab, report, lab.inTurns("up", clients, lab.rounds(), emulator.account(), up(source, buckets)), idle);
            if (direction == Direction.BOTH) {
                lab.inTurns("file to read", List.of(ours), 1, emulator.account(), upload(source));
                Lab.Turn down = new Down(source);
                lab.warmUp(List.of(ours), emulator.account(), down);
                judge(lab, report, lab.inTurns("down", clients, lab.rounds(), emulator.account(), down), idle);
            }
        }
        return report;
    }

    private void judge(Lab lab, Report report, List<Samples> runs, List<Samples> idle) {
        report.add(runs);
        aims.judge(report, new Phase(runs, idle), lab.scale());
    }

    private Lab.Turn upload(Path source) {
        return (client, round) -> {
            List<String> task = new ArrayList<>(
                    List.of("upload", BUCKET, source.toString(), "large.bin", Integer.toString(CONNECTIONS)));
            if (ours == Client.CAMEL_UNHASHED) {
                task.add(Client.UNHASHED);
            }
            return task;
        };
    }

    private Lab.Turn up(Path source, Buckets buckets) {
        Lab.Turn upload = upload(source);
        return new Lab.Turn() {
            @Override
            public List<String> task(Client client, int round) throws Exception {
                return upload.task(client, round);
            }

            @Override
            public void after(Client client, int round) throws Exception {
                buckets.expectFiles(BUCKET, 1);
                buckets.empty(BUCKET);
            }
        };
    }

    private record Down(Path source) implements Lab.Turn {

        private Path target() {
            return source.resolveSibling("large.bin");
        }

        @Override
        public List<String> task(Client client, int round) {
            return List.of("download", BUCKET, "large.bin", target().toString(), Integer.toString(CONNECTIONS));
        }

        @Override
        public void after(Client client, int round) throws Exception {
            TestFiles.expectSame(source, target());
            Files.delete(target());
        }
    }
}
