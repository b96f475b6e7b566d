// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.observe.B2Observers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a sync shows to operators: meters, spans, log lines, and the dashboard that is made of the meters. */
class ObservedSyncTest extends SyncTestSupport {
    private static final Path DASHBOARD = Path.of("../src/main/grafana/camel-b2.json");
    private static final Pattern METER = Pattern.compile("\\bcamel_b2_\\w+");

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.getRegistry().bind("metricsRegistry", meters);
        made.getRegistry()
                .bind("tracer", Tracer.class, TELEMETRY.getOpenTelemetry().getTracer("test"));
        new OpenTelemetryTracer().init(made);
        return made;
    }

    private void givenFiles(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Files.writeString(source.resolve("f" + i), "content " + i);
        }
    }

    @Test
    void aRunHasItsFiguresAsMeters() throws Exception {
        givenFiles(3);

        sync(source.toString(), bucketUri(), "progress=false");

        assertThat(gauge("compared")).isEqualTo(3);
        assertThat(gauge("planned")).isEqualTo(3);
        assertThat(gauge("done")).isEqualTo(3);
        assertThat(gauge("failed")).isZero();
        assertThat(gauge("planned.bytes")).isEqualTo(27);
        assertThat(gauge("moved.bytes")).isEqualTo(27);
        assertThat(meters.get("camel.b2.sync.runs")
                        .tag("sync", "test")
                        .tag("outcome", "COMPLETED")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("camel.b2.sync.last.complete").timeGauge().value())
                .isBetween(NOW / 1000.0, NOW / 1000.0 + 3600);
    }

    @Test
    void anIncompleteRunIsNoCompleteOne() throws Exception {
        givenFiles(1);
        B2.emulator().faults().add("b2_upload_file: status 400 bad_request");

        syncIncompletely(source.toString(), bucketUri());

        assertThat(gauge("failed")).isEqualTo(1);
        assertThat(meters.get("camel.b2.sync.runs")
                        .tag("outcome", "INCOMPLETE")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("camel.b2.sync.last.complete").timeGauge().value())
                .isNaN();
    }

    private double gauge(String name) {
        return meters.get("camel.b2.sync." + name).tag("sync", "test").gauge().value();
    }

    @Test
    void theCallsOfARunAreBelowItsStepOnAllWorkers() throws Exception {
        givenFiles(6);

        sync(source.toString(), bucketUri(), "workers=3");

        SpanData step = TELEMETRY.getSpans().stream()
                .filter(span -> span.getName().equals("sync test"))
                .findFirst()
                .orElseThrow();
        List<SpanData> calls = TELEMETRY.getSpans().stream()
                .filter(span -> span.getName().startsWith("b2_"))
                .toList();
        assertThat(calls.stream().map(SpanData::getName)).contains("b2_list_file_versions");
        assertThat(calls.stream().filter(call -> call.getName().equals("b2_upload_file")))
                .hasSize(6);
        assertThat(calls).allMatch(call -> call.getParentSpanId().equals(step.getSpanId()));
        Map<AttributeKey<?>, Object> tags = step.getAttributes().asMap();
        assertThat(tags)
                .containsEntry(AttributeKey.stringKey("b2.sync.name"), "test")
                .containsEntry(AttributeKey.stringKey("b2.sync.destination.bucket"), bucket)
                .containsEntry(AttributeKey.stringKey("b2.bytes"), "54")
                .containsKey(AttributeKey.stringKey("b2.sync.run.id"));
    }

    @Test
    void theLogTellsBeginAndEndOnceAndNothingOfFiles() throws Exception {
        givenFiles(12);

        try (Lines lines = new Lines()) {
            sync(source.toString(), bucketUri(), "workers=3");

            List<LogEvent> ours = lines.ofThisProduct();
            assertThat(ours).hasSize(2);
            assertThat(ours.get(0).getMessage().getFormattedMessage())
                    .matches("Run \\S+ of sync test begins: .*" + bucket + ".*");
            assertThat(ours.get(1).getMessage().getFormattedMessage())
                    .contains("ended after", "12 compared", "calls {");
            String runId = ours.get(0).getContextData().getValue("camel.b2.runId");
            assertThat(runId).isNotBlank();
            assertThat(ours).allMatch(line -> runId.equals(line.getContextData().getValue("camel.b2.runId")));
        }
    }

    @Test
    void theLogTellsTroubleOnceWithoutATraceOfIts() throws Exception {
        givenFiles(3);
        B2.emulator().faults().add("b2_upload_file: status 400 bad_request");

        try (Lines lines = new Lines()) {
            syncIncompletely(source.toString(), bucketUri(), "workers=3");

            List<LogEvent> ours = lines.ofThisProduct();
            assertThat(ours).hasSize(2).allMatch(line -> line.getThrown() == null);
            assertThat(ours.get(1).getMessage().getFormattedMessage())
                    .contains("ended incomplete", "3 failed", "first failure: ");
        }
    }

    @Test
    void aHeaderOfTheOtherComponentIsToldOfOnceWithWhatToWriteInstead() throws Exception {
        givenFiles(1);
        try (Lines lines = new Lines()) {
            for (int run = 0; run < 3; run++) {
                template.request(uri(source, bucketUri()), exchange -> {
                    exchange.getMessage().setHeader(B2Constants.AS_OF, "2020-01-01T00:00:00Z");
                    exchange.getMessage().setHeader(B2Constants.FILE_NAME, "of a step before");
                });
            }
            template.request(uri(source, bucketUri()), exchange -> exchange.getMessage()
                    .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, bucket));

            assertThat(lines.ofThisProduct())
                    .filteredOn(line -> line.getLevel() == Level.WARN)
                    .extracting(line -> line.getMessage().getFormattedMessage())
                    .satisfiesExactly(
                            first -> assertThat(first).contains("CamelB2AsOf", "b2-sync:test", "CamelB2SyncAsOf"),
                            second ->
                                    assertThat(second).contains("CamelB2OverrideBucketName", "CamelB2SyncDestination"));
        }
    }

    /** What is logged from INFO on, with the context that it is logged in. */
    private static final class Lines extends AbstractAppender implements AutoCloseable {
        private final Queue<LogEvent> events = new ConcurrentLinkedQueue<>();
        private final LoggerContext context = (LoggerContext) LogManager.getContext(false);

        Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
            start();
            context.getConfiguration().getRootLogger().addAppender(this, Level.INFO, null);
            context.updateLoggers();
        }

        @Override
        public void append(LogEvent event) {
            events.add(event.toImmutable());
        }

        List<LogEvent> ofThisProduct() {
            return events.stream()
                    .filter(event -> event.getLoggerName().startsWith("io.github.camelb2."))
                    .filter(event -> !event.getLoggerName().contains(".emulator"))
                    .toList();
        }

        @Override
        public void close() {
            context.getConfiguration().getRootLogger().removeAppender("lines");
            context.updateLoggers();
        }
    }

    @Test
    void theDashboardShowsEachMeterAndNoOther() throws Exception {
        givenFiles(2);
        sync(source.toString(), bucketUri());
        sync(bucketUri(), destination);
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2:" + bucket + "?initialDelay=0").routeId("inbox").to("mock:inbox");
            }
        });
        await().untilAsserted(() ->
                assertThat(meters.scrape()).contains("camel_b2_consumer_lag_seconds_count", "state=\"succeeded\""));
        ClientListener calls = B2Observers.of(context()).calls();
        calls.onRetry("b2_upload_file", "503 service_unavailable", 1, java.time.Duration.ZERO);
        calls.onUploadResumed("large", 1);

        Set<String> scraped = meters.scrape()
                .lines()
                .filter(line -> line.startsWith("camel_b2_"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown = new TreeSet<>();
        for (String query : queries()) {
            Matcher names = METER.matcher(query);
            while (names.find()) {
                shown.add(names.group());
            }
        }

        assertThat(shown).as("what the dashboard asks for").isEqualTo(scraped);
        assertThat(meters.find("camel.b2.retries").counters())
                .extracting(Counter::count)
                .contains(1.0);
    }

    private static List<String> queries() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        return dashboard.findValuesAsText("expr");
    }

    /** As the provisioning of Grafana wants it: a file of one dashboard, whose panels have ids and places of their own. */
    @Test
    void theDashboardCanBeProvisioned() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());

        assertThat(dashboard.path("uid").asText()).hasSizeBetween(1, 40);
        assertThat(dashboard.path("title").asText()).isNotBlank();
        assertThat(dashboard.path("schemaVersion").asInt()).isPositive();
        assertThat(dashboard.has("id")).as("an id is of one Grafana").isFalse();
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).as(panel.toString()).isTrue();
            assertThat(panel.path("gridPos").path("w").asInt()).isBetween(1, 24);
            assertThat(panel.path("type").asText()).isIn("row", "timeseries", "stat");
            for (JsonNode target : panel.path("targets")) {
                assertThat(target.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
                assertThat(target.path("expr").asText()).contains("camelContext=~\"$camelContext\"");
            }
        }
        assertThat(dashboard.path("templating").path("list").findValuesAsText("name"))
                .contains("datasource", "camelContext");
    }
}
