// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.file.Path;
import java.util.List;

import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Statistics;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/** Files below the length from which B2 recommends parts, one after the other, where one connection carries 10 MB/s. */
final class MediumFiles implements Case {
    private static final int RATE = 10_000_000;
    private static final String ONE_AT_A_TIME = "1";
    private static final List<Client> CLIENTS = List.of(Client.CAMEL, Client.SDK);

    @Override
    public String name() {
        return "medium-files";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int size = lab.scale().mediumFile();
        int files = lab.scale().mediumFiles();
        Report report = new Report("%s: %d files of %.0f MB up, one after the other, 10 MB/s a connection, -Xmx128m"
                .formatted(name(), files, size / 1e6));
        Path source = TestFiles.small(lab.work().resolve("source"), files, size);
        try (Emulator emulator = lab.emulator(List.of("--discard-content", "--connection-rate=" + RATE));
                Buckets buckets = new Buckets(emulator.account())) {
            for (Client client : CLIENTS) {
                buckets.create(SmallFiles.bucket(client));
            }
            List<Samples> idle = lab.idle(CLIENTS, emulator.account());
            report.add(idle);
            // Half a minute for each client, nearly all of it waiting.
            List<Samples> up = lab.inTurns("up", CLIENTS, 1, emulator.account(), new Lab.Turn() {
                @Override
                public List<String> task(Client client, int round) {
                    return List.of(
                            "upload-many",
                            SmallFiles.bucket(client),
                            source.toString(),
                            Integer.toString(files),
                            ONE_AT_A_TIME);
                }

                @Override
                public void after(Client client, int round) throws Exception {
                    buckets.expectFiles(SmallFiles.bucket(client), files);
                }
            });
            report.add(up);
            double ours =
                    up.get(0).median(Measurement::wallSeconds) - idle.get(0).median(Measurement::wallSeconds);
            double oneConnection = (double) size * files / RATE;
            report.add(new Verdict(
                    "seconds over one connection / wall",
                    Statistics.ratio(oneConnection, ours),
                    2.5,
                    Bound.AT_LEAST,
                    "%.1f s and %.1f s".formatted(oneConnection, ours)));
            report.note("the first file of a client goes over one connection, which shows that this one is the limit");
        }
        return report;
    }
}
