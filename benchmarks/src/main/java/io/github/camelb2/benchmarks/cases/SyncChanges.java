// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelb2.benchmarks.process.ChildProcess;
import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;

/** Syncs to a bucket in which something is to be replaced, removed or copied within B2, with ten workers. */
record SyncChanges(Kind kind) implements Case {
    private static final int SIZE = 4 << 10;
    private static final String WORKERS = "10";

    /** What is to be done to each of the files. */
    enum Kind {
        /** All have changed: a new version each, and the old one is deleted. */
        CHANGED("sync-changed", "each changed, keepMode=delete"),
        /** All but one are gone from the source, and are deleted. */
        REMOVED("sync-removals", "all but one gone from the source, keepMode=delete"),
        /** They are in another bucket. */
        COPIED("sync-across", "from one bucket to another");

        private final String caseName;
        private final String what;

        Kind(String caseName, String what) {
            this.caseName = caseName;
            this.what = what;
        }
    }

    @Override
    public String name() {
        return kind.caseName;
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int count = lab.scale().syncFiles();
        Report report = new Report("%s: sync of %,d files of 4 KiB, %s, 10 workers, ours with -Xmx128m"
                .formatted(name(), count, kind.what));
        Path files = TestFiles.small(lab.work().resolve("files"), count, SIZE);
        List<Client> clients = Peers.installed(lab, report);
        try (Emulator emulator = lab.emulator(List.of());
                Buckets buckets = new Buckets(emulator.account())) {
            Turn turn = new Turn(kind, lab.work(), files, count, emulator, buckets);
            turn.prepare();
            report.add(lab.idle(clients, emulator.account()));
            List<Samples> done =
                    lab.inTurns(kind.caseName, clients, Math.min(lab.rounds(), 3), emulator.account(), turn);
            report.add(done);
            report.note("camel-b2 did %.0f actions a second after the first 500"
                    .formatted(done.get(0).median(run -> run.figure("rate"))));
        }
        return report;
    }

    private record Turn(Kind kind, Path work, Path files, int count, Emulator emulator, Buckets buckets)
            implements Lab.Turn {
        private static final String SOURCE = "changes-source";

        /** What all turns begin with. */
        void prepare() throws Exception {
            if (kind == Kind.COPIED) {
                buckets.create(SOURCE);
                fill(SOURCE);
            } else {
                change();
            }
        }

        /** The source as it is later: files of other sizes, or one alone. */
        private void change() throws IOException {
            if (kind == Kind.CHANGED) {
                TestFiles.small(later(), count, SIZE + 1);
                return;
            }
            Files.createDirectory(later());
            try (Stream<Path> all = Files.list(files)) {
                Path one = all.min(Path::compareTo).orElseThrow();
                // The same file: a copy's time may lack the nanoseconds that decide which millisecond it is.
                Files.createLink(later().resolve(one.getFileName()), one);
            }
        }

        private Path later() {
            return work.resolve("later");
        }

        private void fill(String bucket) throws Exception {
            new ChildProcess(work)
                    .run(
                            Client.CAMEL.command(List.of("sync", files.toString(), "b2://" + bucket, WORKERS)),
                            Client.CAMEL.environment(emulator.account()));
        }

        private static String bucket(Client client, int round) {
            return "changes-" + client.name() + "-" + round;
        }

        @Override
        public List<String> task(Client client, int round) throws Exception {
            String bucket = bucket(client, round);
            buckets.create(bucket);
            if (kind == Kind.COPIED) {
                return List.of("sync", "b2://" + SOURCE, "b2://" + bucket, WORKERS);
            }
            fill(bucket);
            return List.of("sync", later().toString(), "b2://" + bucket, WORKERS, Client.DELETE);
        }

        @Override
        public void after(Client client, int round) throws Exception {
            buckets.expectFiles(bucket(client, round), kind == Kind.REMOVED ? 1 : count);
            // As many as before where each was replaced: their lengths tell.
            buckets.expectLengths(bucket(client, round), kind == Kind.CHANGED ? SIZE + 1 : SIZE);
        }
    }
}
