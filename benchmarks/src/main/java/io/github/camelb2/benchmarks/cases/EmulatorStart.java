// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.backblaze.b2.client.B2StorageClient;
import com.backblaze.b2.client.contentSources.B2ByteArrayContentSource;
import com.backblaze.b2.client.structures.B2BucketTypes;
import com.backblaze.b2.client.structures.B2UploadFileRequest;

import io.github.camelb2.benchmarks.client.SdkProgram;
import io.github.camelb2.benchmarks.process.Account;
import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;
import io.github.camelb2.benchmarks.report.Verdict;
import io.github.camelb2.benchmarks.report.Verdict.Bound;

/**
 * The emulator itself: how long until it is ready, and in how much memory, with nothing and with many versions, after it was stopped and after it
 * was killed.
 */
final class EmulatorStart implements Case {

    private static final String BUCKET = "many-versions";
    private static final int THREADS = 8;
    private static final double MEBIBYTE = 1 << 20;

    @Override
    public String name() {
        return "emulator-start";
    }

    @Override
    public Report measure(Lab lab) throws Exception {
        int versions = lab.scale().fewNames();
        Report report = new Report("emulator-start: empty, and with %,d versions".formatted(versions));
        List<String> launcher = Emulator.launcher();
        Samples plain = starts(lab, "idle", "camel-b2 jar", List.of());
        report.add(List.of(plain));
        report.add(atMost("jar: ready", plain.median(Measurement::wallSeconds), 0.8, "s"));
        if (launcher.isEmpty()) {
            report.note("there is no script beside the runner: mvn package makes it");
        } else {
            Samples script = starts(lab, "idle", "camel-b2 script", launcher);
            report.add(List.of(script));
            report.add(atMost("script: ready", script.median(Measurement::wallSeconds), 0.8, "s"));
            report.add(atMost("script: resident", script.median(Measurement::peakBytes) / MEBIBYTE, 60, "MiB"));
        }
        Path work = Files.createDirectories(lab.work().resolve("versions"));
        fill(work, versions);
        Samples stopped = again(lab, work, "after a stop", false);
        Samples killed = again(lab, work, "after a kill", true);
        report.add(List.of(stopped, killed));
        report.add(atMost("restart", stopped.median(Measurement::wallSeconds), 2, "s"));
        return report;
    }

    private static Verdict atMost(String what, double value, double limit, String unit) {
        return new Verdict(what, value, limit, Bound.AT_MOST, unit);
    }

    private static Samples starts(Lab lab, String phase, String client, List<String> starter) throws Exception {
        Samples samples = new Samples(phase, client);
        for (int round = 0; round < lab.rounds(); round++) {
            Path work = Files.createTempDirectory(lab.work(), "start");
            try (Emulator emulator = Emulator.start(work, List.of(), starter)) {
                samples.add(emulator.untilReady());
            }
        }
        return samples;
    }

    private static Samples again(Lab lab, Path work, String phase, boolean kill) throws Exception {
        Samples samples = new Samples(phase, "camel-b2 jar");
        for (int round = 0; round < lab.rounds(); round++) {
            try (Emulator emulator = Emulator.start(work, List.of())) {
                samples.add(emulator.untilReady());
                if (kill) {
                    emulator.kill();
                }
            }
        }
        return samples;
    }

    private static void fill(Path work, int versions) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Emulator emulator = Emulator.start(work, List.of())) {
            Account account = emulator.account();
            String bucketId;
            try (B2StorageClient client = SdkProgram.client(account)) {
                bucketId =
                        client.createBucket(BUCKET, B2BucketTypes.ALL_PRIVATE).getBucketId();
            }
            List<Future<?>> parts = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                parts.add(threads.submit(() -> {
                    upload(account, bucketId, first, versions);
                    return null;
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void upload(Account account, String bucketId, int first, int versions) throws Exception {
        try (B2StorageClient client = SdkProgram.client(account)) {
            for (int i = first; i < versions; i += THREADS) {
                byte[] bytes = ("version " + i).getBytes(StandardCharsets.UTF_8);
                client.uploadSmallFile(B2UploadFileRequest.builder(
                                bucketId,
                                "directory %04d/file %08d.txt".formatted(i / 1_000, i),
                                "text/plain",
                                B2ByteArrayContentSource.build(bytes))
                        .build());
            }
        }
    }
}
