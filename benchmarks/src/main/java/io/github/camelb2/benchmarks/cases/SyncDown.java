// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Comparison;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;

/** Syncs a bucket of files of 4 KiB to an empty directory with ten workers. */
final class SyncDown implements Case {

    private static final int SIZE = 4 << 10;
    private static final String WORKERS = "10";
    private static final String BUCKET = "b2://sync-down";

    @Override
    public String name() {
        return "sync-down";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int count = lab.scale().syncFiles();
        int rounds = Math.min(lab.rounds(), 3);
        Report report = new Report(
                "sync-down: sync of a bucket of %,d files of 4 KiB to an empty directory, 10 workers, ours with -Xmx128m"
                        .formatted(count));
        Path source = TestFiles.small(lab.work().resolve("source"), count, SIZE);
        List<Client> installed = Peers.installed(lab, report);
        List<Client> clients = new ArrayList<>(installed);
        clients.add(1, Client.CAMEL_UNFORCED);
        try (Emulator emulator = lab.emulator(List.of());
                Buckets buckets = new Buckets(emulator.account())) {
            buckets.create("sync-down");
            lab.inTurns(
                    "fill",
                    clients.subList(0, 1),
                    1,
                    emulator.account(),
                    (client, round) -> List.of("sync", source.toString(), BUCKET, WORKERS));
            lab.warmUp(clients.subList(0, 1), emulator.account(), new Down(lab.work(), count));
            List<Samples> idle = lab.idle(installed, emulator.account());
            report.add(idle);
            List<Samples> down =
                    lab.inTurns("sync down", clients, rounds, emulator.account(), new Down(lab.work(), count));
            report.add(down);
            for (int i = 2; i < clients.size(); i++) {
                Comparison unforced = new Comparison(down.get(1), down.get(i), idle.get(0), idle.get(i - 1));
                report.add(unforced.wall(clients.get(i) instanceof Client.Rclone ? 1.0 : Double.POSITIVE_INFINITY));
            }
            report.note("camel-b2 moved %.0f files a second after the first 500, %.0f with fsync=never"
                    .formatted(
                            down.get(0).median(run -> run.figure("rate")),
                            down.get(1).median(run -> run.figure("rate"))));
        }
        return report;
    }

    /** Each round has a directory of its own, which stays until the case is over, for the reason that {@link SmallFiles.Down} has. */
    private static final class Down implements Lab.Turn {
        private final Path work;
        private final int count;
        private @Nullable Path target;

        Down(Path work, int count) {
            this.work = work;
            this.count = count;
        }

        @Override
        public List<String> task(Client client, int round) throws Exception {
            Path directory = Files.createTempDirectory(work, "down-%s-%d-".formatted(client.name(), round));
            target = directory;
            return List.of("sync", BUCKET, directory.toString(), WORKERS);
        }

        @Override
        public void after(Client client, int round) throws Exception {
            try (Stream<Path> files = Files.list(Objects.requireNonNull(target))) {
                long found = files.count();
                if (found != count) {
                    throw new IllegalStateException(client.name() + " brought " + found + " of " + count + " files");
                }
            }
        }
    }
}
