// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.apache.camel.impl.health.ProducersHealthCheckRepository;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;

import io.github.camelb2.sync.observe.SyncConsole;
import io.github.camelb2.sync.observe.SyncHealthCheck;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Withheld removals are seen by whoever watches: in the report, its file, JMX and health, with the time since when. */
class SyncHealthTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";

    @Test
    void removalsThatARunWithholdsAreTimedFromTheFirstOfTheRunsInARow() throws Exception {
        Path file = temp.resolve("report");
        String uri = givenWithheld() + "&reportFile=" + file;
        long before = System.currentTimeMillis();

        long first = since(template.request(uri, exchange -> {}).getException());
        assertThat(first).isBetween(before, System.currentTimeMillis());
        await().until(() -> System.currentTimeMillis() > first);
        assertThat(since(template.request(uri, exchange -> {}).getException())).isEqualTo(first);
        assertThat(Files.readString(file)).contains("\"since\":\"" + Instant.ofEpochMilli(first) + "\"");

        // What another JVM did before is known by the report that is replaced.
        context.getComponent("b2-sync", B2SyncComponent.class).withheld().ended("watched", java.util.List.of());
        assertThat(since(template.request(uri, exchange -> {}).getException())).isEqualTo(first);

        B2.emulator().faults().clear();
        assertThat(template.requestBody(uri, null, SyncReport.class).isComplete())
                .isTrue();
        givenInBucket("gone", "gone", 100);
        given("z", 5);
        givenFailure();
        assertThat(since(template.request(uri, exchange -> {}).getException())).isGreaterThan(first);
    }

    @Test
    void producerThatWithholdsRemovalsIsNotReadyAndSaysSinceWhen() throws Exception {
        WritableHealthCheckRepository producers = producers();
        B2SyncEndpoint endpoint = context.getEndpoint(givenWithheld(), B2SyncEndpoint.class);
        endpoint.getComponent().setHealthCheckProducerEnabled(true);
        B2SyncProducer producer = (B2SyncProducer) endpoint.createProducer();
        producer.start();
        HealthCheck check = producers.stream()
                .filter(one -> one.getId().startsWith("producer:b2-sync"))
                .findFirst()
                .orElseThrow();
        assertThat(check.isLiveness()).isFalse();
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);

        template.request(endpoint, exchange -> {});

        HealthCheck.Result result = check.call();
        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getDetails())
                .containsEntry("b2.withheldRemovals", 1L)
                .containsEntry("b2.withheldBy", "FAILED_TRANSFER")
                .containsEntry("b2.withheldBecauseOf", "z")
                .containsEntry("b2.withheldSince", endpoint.getWithheldSince());
        assertThat(result.getMessage().orElseThrow()).contains("1 removals of sync watched are withheld since 20");
        assertThat(endpoint.getWithheldRemovals()).isEqualTo(1);
        assertThat(endpoint.getWithheldReason()).contains("not every file was stored");
        B2.emulator().faults().clear();
        template.request(endpoint, exchange -> {});
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(endpoint.getWithheldSince()).isEmpty();
        producer.stop();
        assertThat(producers.stream()).doesNotContain(check);
    }

    @Test
    void consumerThatWithholdsRemovalsIsNotReady() throws Exception {
        String uri = givenWithheld() + "&delay=600000&incompleteRun=report";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("polled").to("mock:reports");
            }
        });
        MockEndpoint reports = context.getEndpoint("mock:reports", MockEndpoint.class);
        reports.expectedMinimumMessageCount(1);
        reports.assertIsSatisfied();

        B2SyncConsumer consumer = (B2SyncConsumer) context.getRoute("polled").getConsumer();
        HealthCheck check = (HealthCheck) consumer.getHealthCheck();
        HealthCheck.Result result = check.call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS));
        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getDetails())
                .containsKeys("b2.withheldSince", "b2.withheldRemovals", HealthCheck.ENDPOINT_URI);
    }

    private WritableHealthCheckRepository producers() {
        HealthCheckRegistry registry = new DefaultHealthCheckRegistry(context);
        context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, registry);
        ProducersHealthCheckRepository producers = new ProducersHealthCheckRepository();
        producers.setEnabled(true);
        registry.register(producers);
        return producers;
    }

    /** The URI of a sync that cannot store z, and so keeps what z may have been. */
    private String givenWithheld() throws Exception {
        givenInBucket("gone", "gone", 100);
        given("a", 10);
        given("z", 10);
        givenFailure();
        return "b2-sync:watched?" + DELETE + "&source=" + source + "&destination=" + bucketUri();
    }

    private static void givenFailure() {
        B2.emulator().faults().add("b2_upload_file file z: status 403 access_denied");
    }

    private static long since(Exception incomplete) {
        assertThat(incomplete).isInstanceOf(io.github.camelb2.sync.report.SyncIncompleteException.class);
        SyncReport report = ((io.github.camelb2.sync.report.SyncIncompleteException) incomplete).report();
        assertThat(report.withheld()).isNotEmpty();
        return report.withheld().get(0).sinceMillis();
    }

    @Test
    void producerWhoseLastCompleteRunIsTooLongAgoIsNotReady() throws Exception {
        WritableHealthCheckRepository producers = producers();
        given("a", 10);
        B2SyncEndpoint endpoint =
                context.getEndpoint(uri(source, bucketUri(), "healthMaxAge=26h"), B2SyncEndpoint.class);
        endpoint.getComponent().setHealthCheckProducerEnabled(true);
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        SyncHealthCheck check = new SyncHealthCheck(endpoint, null, now::get);
        assertThat(producers).isNotNull();
        assertThat(check.call().getDetails()).containsEntry("b2.lastComplete", "never");
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);

        now.updateAndGet(time -> time.plusSeconds(27 * 3600));
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(check.call().getMessage().orElse("")).contains("healthMaxAge=PT26H");

        template.request(endpoint, exchange -> exchange.getMessage().setHeader(B2SyncConstants.DRY_RUN, true));
        assertThat(check.call().getDetails()).containsEntry("b2.lastComplete", "never");
        now.set(Instant.now());
        template.request(endpoint, exchange -> {});
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(check.call().getDetails()).doesNotContainEntry("b2.lastComplete", "never");
    }

    @Test
    void consoleShowsRunsUnderWayAndTheLastOnes() throws Exception {
        given("a", 10);
        template.request(uri(source, bucketUri()), exchange -> {});
        SyncConsole console = new SyncConsole();
        console.setCamelContext(context);
        console.start();
        Exchange planned = template.request(uri(source, bucketUri(), "mode=plan"), exchange -> {});

        String text = (String) console.call(DevConsole.MediaType.TEXT);
        JsonObject json = (JsonObject) console.call(DevConsole.MediaType.JSON);

        assertThat(planned.getException()).isNull();
        assertThat(text)
                .contains("Runs under way:", "phase SCANNING", "Last runs:", "summary sync test: 1 compared, 1 upload");
        JsonObject last = (JsonObject) ((JsonArray) json.get("last")).get(0);
        assertThat(last)
                .containsEntry("name", "test")
                .containsEntry("complete", true)
                .containsEntry("trouble", "")
                .containsEntry("withheld", 0L);
        assertThat((String) last.get("bill")).contains(" C, 0 bytes out, at most 0.0001 USD");
        assertThat(text).doesNotContain(B2.emulator().applicationKey());
        console.stop();
    }
}
