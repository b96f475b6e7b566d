// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;

/** Syncs one directory of many empty files to a bucket that has them already. */
final class SyncWideDirectory implements Case {

    private static final String WORKERS = "10";
    private static final String BUCKET = "wide-directory";

    @Override
    public String name() {
        return "sync-wide-directory";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int count = lab.scale().syncFiles();
        Report report = new Report(
                "sync-wide-directory: one directory of %,d files that the bucket has already, ours with -Xmx128m"
                        .formatted(count));
        Path source = Files.createDirectory(lab.work().resolve("wide"));
        for (int i = 0; i < count; i++) {
            Files.createFile(source.resolve("a name of some length " + i));
        }
        List<Client> clients = Peers.installed(lab, report);
        try (Emulator emulator = lab.emulator(List.of());
                Buckets buckets = new Buckets(emulator.account())) {
            buckets.create(BUCKET);
            Lab.Turn sync = new Lab.Turn() {
                @Override
                public List<String> task(Client client, int round) {
                    return List.of("sync", source.toString(), "b2://" + BUCKET, WORKERS);
                }

                @Override
                public void after(Client client, int round) throws Exception {
                    // As many after the filling as after each further sync: nothing was stored, hidden or removed.
                    buckets.expectVersions(BUCKET, count);
                }
            };
            lab.inTurns("fill", clients.subList(0, 1), 1, emulator.account(), sync);
            lab.warmUp(clients.subList(0, 1), emulator.account(), sync);
            report.add(lab.idle(clients, emulator.account()));
            List<Samples> again =
                    lab.inTurns("nothing to do", clients, Math.min(lab.rounds(), 3), emulator.account(), sync);
            report.add(again);
        }
        return report;
    }
}
