// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.benchmarks.Scale;
import io.github.camelb2.benchmarks.client.SmallFileNames;
import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Comparison;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;

/**
 * Many files of 16 KiB up, and down to disk, by ten threads.
 *
 * @param latencyMillis how long until an answer begins
 * @param wallAim our wall time in terms of b2-sdk-java's, from the first file on
 * @param cpuAim the same of processor time; infinite where it is only to be known
 */
record SmallFiles(
        String name, ToIntFunction<Scale> count, int latencyMillis, boolean isTls, double wallAim, double cpuAim)
        implements Case {

    static final int SIZE = 16 << 10;
    static final int THREADS = 10;
    static final List<Client> CLIENTS = List.of(Client.CAMEL, Client.SDK);

    /** Both force what they download to the disk; what that costs shows beside ours that does not. */
    static final List<Client> DOWN = List.of(Client.CAMEL, Client.SDK, Client.CAMEL_UNFORCED);

    private static final String BUCKET = "small-files";
    static final double TO_BE_KNOWN = Double.POSITIVE_INFINITY;

    /** Begins the notes on ours that does not. */
    static final String UNFORCED = "without the disk, which b2-sdk-java waits for once a file: ";

    /** As quick as two processors allow. */
    static SmallFiles many() {
        return new SmallFiles("small-files", Scale::smallFiles, 0, false, 1.0, 0.9);
    }

    /** From the first file on, when nothing is warm. */
    static SmallFiles fromTheFirst() {
        return new SmallFiles("small-files-latency", scale -> scale.smallFiles() / 5, 20, false, 1.05, TO_BE_KNOWN);
    }

    /** From another continent. */
    static SmallFiles fromAfar() {
        return new SmallFiles("small-files-far", scale -> scale.smallFiles() / 10, 100, false, 1.05, TO_BE_KNOWN);
    }

    /** As most people's files travel. */
    static SmallFiles throughTls() {
        return new SmallFiles("small-files-tls", Scale::smallFiles, 0, true, 1.0, 1.0);
    }

    private List<String> emulatorOptions() {
        return isTls ? List.of("--tls") : List.of("--latency-ms=" + latencyMillis);
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int files = count.applyAsInt(lab.scale());
        Report report = new Report("%s: %d files of 16 KiB up and down, 10 threads, -Xmx128m %s"
                .formatted(name, files, emulatorOptions()));
        Path source = TestFiles.small(lab.work().resolve("source"), files, SIZE);
        try (Emulator emulator = lab.emulator(emulatorOptions());
                Buckets buckets = new Buckets(emulator.account())) {
            for (Client client : CLIENTS) {
                buckets.create(bucket(client));
            }
            Lab.Turn up = new Up(source, files, buckets);
            Lab.Turn down = new Down(source, files);
            lab.warmUp(CLIENTS, emulator.account(), up);
            lab.warmUp(CLIENTS, emulator.account(), down);

            List<Samples> idle = lab.idle(CLIENTS, emulator.account());
            report.add(idle);
            double floor = turns(files) * latencyMillis / 1000.0;
            for (List<Samples> phase : List.of(
                    lab.inTurns("up", CLIENTS, lab.rounds(), emulator.account(), up),
                    lab.inTurns("down", DOWN, lab.rounds(), emulator.account(), down))) {
                Comparison comparison = new Comparison(phase.get(0), phase.get(1), idle.get(0), idle.get(1));
                report.add(phase);
                report.add(comparison.wall(wallAim, floor));
                report.add(comparison.cpu(cpuAim));
                if (phase.size() == DOWN.size()) {
                    Comparison unforced = new Comparison(phase.get(2), phase.get(1), idle.get(0), idle.get(1));
                    report.note(UNFORCED + unforced.wall(TO_BE_KNOWN).line());
                }
            }
        }
        return report;
    }

    /** How many files each thread has one after the other. */
    static int turns(int files) {
        return (files + THREADS - 1) / THREADS;
    }

    static String bucket(Client client) {
        return BUCKET + "-" + (client == Client.CAMEL_UNFORCED ? Client.CAMEL : client).name();
    }

    /** Each round puts new versions over those of the round before. */
    record Up(Path source, int count, Buckets buckets) implements Lab.Turn {

        @Override
        public List<String> task(Client client, int round) {
            return List.of(
                    "upload-many",
                    bucket(client),
                    source.toString(),
                    Integer.toString(count),
                    Integer.toString(THREADS));
        }

        @Override
        public void after(Client client, int round) throws Exception {
            buckets.expectMoreVersions(bucket(client), count);
        }
    }

    /**
     * Each round has a directory of its own, which stays until the case is over: ext4 without a journal looks, for a minute, at each inode whose file was
     * deleted whenever it makes one, and what one client left would cost the next one more than its downloads.
     */
    static final class Down implements Lab.Turn {
        private final Path source;
        private final int count;
        private @Nullable Path target;

        Down(Path source, int count) {
            this.source = source;
            this.count = count;
        }

        @Override
        public List<String> task(Client client, int round) throws IOException {
            Path directory = Files.createTempDirectory(
                    source.toAbsolutePath().getParent(), "target-%s-%d-".formatted(client.name(), round));
            target = directory;
            return List.of(
                    "download-many",
                    bucket(client),
                    directory.toString(),
                    Integer.toString(count),
                    Integer.toString(THREADS));
        }

        @Override
        public void after(Client client, int round) throws Exception {
            Path directory = Objects.requireNonNull(target);
            for (String name : SmallFileNames.first(count)) {
                TestFiles.expectSame(source.resolve(name), directory.resolve(name));
            }
        }
    }
}
