// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.util.List;

import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/** Sixty messages through {@code toD} with {@code cacheSize=-1}: sixty endpoints, and yet one login and one listing of buckets. */
final class DynamicUris implements Case {
    private static final int MESSAGES = 60;
    private static final List<Client> OURS = List.of(Client.CAMEL);

    @Override
    public String name() {
        return "dynamic-uris";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        Report report = new Report(
                "%s: %d messages through toD, cacheSize=-1, 20 ms of latency, -Xmx128m".formatted(name(), MESSAGES));
        try (Emulator emulator = lab.emulator(List.of("--latency-ms=20"));
                Buckets buckets = new Buckets(emulator.account())) {
            buckets.create("dynamic");
            report.add(lab.idle(OURS, emulator.account()));
            List<Samples> sent = lab.inTurns("send", OURS, lab.rounds(), emulator.account(), new Lab.Turn() {
                @Override
                public List<String> task(Client client, int round) {
                    return List.of("dynamic", "dynamic", Integer.toString(MESSAGES));
                }

                @Override
                public void after(Client client, int round) throws Exception {
                    buckets.expectMoreVersions("dynamic", MESSAGES);
                }
            });
            report.add(sent);
            Samples ours = sent.get(0);
            report.add(atMost("logins and listings of buckets", ours, "class-c", 2));
            report.add(atMost("uploads and requests for their URLs", ours, "class-a", MESSAGES + 1));
            report.add(atMost("connections", ours, "connections", 2));
        }
        return report;
    }

    private static Verdict atMost(String what, Samples ours, String figure, int limit) {
        return new Verdict(what, ours.median(run -> run.figure(figure)), limit, Bound.AT_MOST, "");
    }
}
