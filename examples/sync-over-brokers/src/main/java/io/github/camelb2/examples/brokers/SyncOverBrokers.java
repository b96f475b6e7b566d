// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.brokers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.sync.B2SyncBrokerRoutes;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.report.WorkerFigures;

/** Starts brokers, an emulator, a coordinator and three worker JVMs, kills one worker in the middle, and compares the buckets. */
public final class SyncOverBrokers {
    private static final int FILES = 600;
    private static final int MACHINES = 3;
    private static final String SOURCE = "photos-here";
    private static final String DESTINATION = "photos-there";

    private SyncOverBrokers() {}

    /**
     * Runs it once.
     *
     * @param arguments {@code jms} or {@code kafka}: what the answers of the workers go over
     */
    public static void main(String[] arguments) throws Exception {
        Outcome outcome = run(arguments.length == 0 ? "jms" : arguments[0]);
        System.out.println(outcome.report());
        for (WorkerFigures worker : outcome.report().workers()) {
            System.out.println("  " + worker.worker() + ": " + worker.plans() + " path plans");
        }
        System.out.println(outcome.isEqual() ? "Both buckets are equal." : "The buckets differ!");
        System.exit(outcome.isEqual() && outcome.report().isComplete() ? 0 : 1);
    }

    /**
     * What it came to.
     *
     * @param isEqual whether both buckets show the same names with the same content
     */
    record Outcome(SyncReport report, boolean isEqual) {}

    static Outcome run(String results) throws Exception {
        try (B2Emulator b2 = B2Emulator.start();
                Brokers brokers = Brokers.start(results);
                Machines machines = new Machines(new ArrayList<>());
                DefaultCamelContext context = new DefaultCamelContext()) {
            fill(b2);
            Map<String, String> environment = environment(b2, brokers);
            for (int i = 0; i < MACHINES; i++) {
                machines.running().add(startMachine(environment));
            }
            Worker.connect(context, environment);
            CompletableFuture<SyncReport> report = coordinate(context, environment);
            awaitHalf(b2, report);
            System.out.println("Killing a worker.");
            machines.running().get(0).destroyForcibly();
            return new Outcome(report.get(3, TimeUnit.MINUTES), tree(b2, SOURCE).equals(tree(b2, DESTINATION)));
        }
    }

    /** The JVMs of the workers, which end before the brokers do. */
    private record Machines(List<Process> running) implements AutoCloseable {
        @Override
        public void close() {
            running.forEach(Process::destroyForcibly);
        }
    }

    /** The destination has some files, old ones of some, and some that have vanished. */
    private static void fill(B2Emulator b2) {
        b2.state().createBucket(SOURCE);
        b2.state().createBucket(DESTINATION);
        for (int i = 0; i < FILES; i++) {
            put(b2, SOURCE, "file-" + i, "content " + i, 2_000);
            if (i % 10 == 0) {
                put(b2, DESTINATION, "file-" + i, "old " + i, 1_000);
            }
            if (i % 20 == 1) {
                put(b2, DESTINATION, "gone-" + i, "gone " + i, 1_000);
            }
        }
        // As far away as a real one.
        b2.faults().add("b2_copy_file #1+: delay 40ms");
    }

    private static void put(B2Emulator b2, String bucket, String name, String content, long millis) {
        b2.state()
                .put(
                        bucket,
                        name,
                        content.getBytes(StandardCharsets.UTF_8),
                        Map.of("src_last_modified_millis", String.valueOf(millis)));
    }

    private static Map<String, String> environment(B2Emulator b2, Brokers brokers) {
        return Map.of(
                "B2_REALM", b2.url(),
                "B2_APPLICATION_KEY_ID", b2.applicationKeyId(),
                "B2_APPLICATION_KEY", b2.applicationKey(),
                "BROKER", brokers.url(),
                "RESULTS", brokers.results(),
                "SOURCE", "b2://" + SOURCE,
                "DESTINATION", "b2://" + DESTINATION,
                "PLAN_KEY", "not-a-secret-in-an-example");
    }

    private static Process startMachine(Map<String, String> environment) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        ProcessBuilder process = new ProcessBuilder(
                java,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName());
        process.environment().putAll(environment);
        return process.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static CompletableFuture<SyncReport> coordinate(
            DefaultCamelContext context, Map<String, String> environment) throws Exception {
        context.addRoutes(new B2SyncBrokerRoutes());
        context.start();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("name", "photos");
        parameters.put("source", Worker.need(environment, "SOURCE"));
        parameters.put("destination", Worker.need(environment, "DESTINATION"));
        parameters.put("keepMode", "delete");
        parameters.put("work", "jms:queue:b2sync.work");
        parameters.put("results", Worker.need(environment, "RESULTS"));
        parameters.put("deadLetters", "jms:queue:b2sync.dead");
        parameters.put("planKey", Worker.need(environment, "PLAN_KEY"));
        parameters.put("leaseTime", "5s");
        parameters.put("from", "direct:sync");
        TemplatedRouteBuilder.builder(context, "b2-sync-coordinator")
                .parameters(parameters)
                .add();
        return context.createProducerTemplate().asyncRequestBody("direct:sync", null, SyncReport.class);
    }

    /** Until half of the files were copied. */
    private static void awaitHalf(B2Emulator b2, CompletableFuture<?> report) {
        while (b2.count("b2_copy_file") < FILES / 2 && !report.isDone()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static Map<String, String> tree(B2Emulator b2, String bucket) {
        Map<String, String> contents = new TreeMap<>();
        for (String name : b2.state().names(bucket)) {
            contents.put(name, new String(b2.state().bytes(bucket, name), StandardCharsets.UTF_8));
        }
        return contents;
    }
}
