// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.brokers;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.sync.B2SyncBrokerRoutes;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.report.WorkerFigures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Small files from bucket to bucket with one, two and four worker JVMs, B2 50 ms away: prints files a second, from the tenth
 * part of them on, when every JVM is warm. With {@code -Pfull,soak}.
 */
@Tag("full")
@EnabledIfSystemProperty(named = "soak", matches = "true")
class SyncRatesTest {
    private static final int FILES = Integer.getInteger("rates.files", 20_000);
    private static final int WARM = FILES / 10;
    private static final int PLANS_AT_ONCE = Integer.getInteger("rates.workers", 10);
    private static final Duration FAR = Duration.ofMillis(50);
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private record Mark(long nanos, long files) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theRateGrowsWithTheWorkers(int machines) throws Exception {
        List<Process> running = new ArrayList<>();
        try (B2Emulator b2 = B2Emulator.builder().latency(FAR).start();
                Brokers brokers = Brokers.start("jms");
                DefaultCamelContext context = new DefaultCamelContext()) {
            b2.state().createBucket("photos-there");
            b2.state().createBucket("photos-here");
            for (int i = 0; i < FILES; i++) {
                b2.state().put("photos-here", "file-" + i, new byte[100], Map.of());
            }
            Map<String, String> environment = environment(b2, brokers);
            for (int i = 0; i < machines; i++) {
                running.add(start(environment));
            }
            Worker.connect(context, environment);
            CompletableFuture<SyncReport> report = coordinate(context, environment);
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(2, TimeUnit.MINUTES)
                    .until(() -> b2.count("b2_copy_file") >= WARM);
            Mark warm = new Mark(System.nanoTime(), b2.count("b2_copy_file"));
            MACHINE.getCpuLoad();

            SyncReport made = report.get(30, TimeUnit.MINUTES);

            double seconds = (System.nanoTime() - warm.nanos()) / 1e9;
            assertThat(made.isComplete()).as(made.toString()).isTrue();
            assertThat(made.done(ActionKind.COPY).actions()).isEqualTo(FILES);
            System.out.printf(
                    "%d worker JVMs with %d plans at once each, %,d files: %.0f files a second, %.0f %% of this machine's"
                            + " processors; plans of each worker: %s%n",
                    machines,
                    PLANS_AT_ONCE,
                    FILES,
                    (FILES - warm.files()) / seconds,
                    100 * MACHINE.getCpuLoad(),
                    made.workers().stream().map(WorkerFigures::plans).toList());
        } finally {
            running.forEach(Process::destroyForcibly);
        }
    }

    private static Map<String, String> environment(B2Emulator b2, Brokers brokers) {
        return Map.of(
                "B2_REALM", b2.url(),
                "B2_APPLICATION_KEY_ID", b2.applicationKeyId(),
                "B2_APPLICATION_KEY", b2.applicationKey(),
                "BROKER", brokers.url(),
                "RESULTS", brokers.results(),
                "SOURCE", "b2://photos-here",
                "DESTINATION", "b2://photos-there",
                "PLAN_KEY", "not-a-secret-in-a-test",
                "WORKERS", String.valueOf(PLANS_AT_ONCE));
    }

    private static Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder process = new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx128m",
                "-XX:+UseSerialGC",
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
        parameters.put("work", "jms:queue:b2sync.work");
        parameters.put("results", Worker.need(environment, "RESULTS"));
        parameters.put("planKey", Worker.need(environment, "PLAN_KEY"));
        parameters.put("from", "direct:sync");
        TemplatedRouteBuilder.builder(context, "b2-sync-coordinator")
                .parameters(parameters)
                .add();
        return context.createProducerTemplate().asyncRequestBody("direct:sync", null, SyncReport.class);
    }
}
