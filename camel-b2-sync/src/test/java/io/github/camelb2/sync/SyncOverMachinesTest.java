// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Component;
import io.github.camelb2.sync.observe.SyncConsole;
import io.github.camelb2.sync.observe.SyncHealthCheck;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.report.WorkerFigures;

import static org.assertj.core.api.Assertions.assertThat;

/** What people see of a run that three workers in contexts of their own carry out: one run. */
class SyncOverMachinesTest extends SyncTestSupport {
    private static final int FILES = 30;
    private static final String KEY = "&planKey=0123456789abcdef&leaseTime=6000";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final List<DefaultCamelContext> machines = new ArrayList<>();
    private final CountDownLatch firstAction = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicReference<SyncReport> heardOf = new AtomicReference<>();
    private String to;

    SyncOverMachinesTest() {
        testConfiguration().withJMX(true);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.getComponent("seda", SedaComponent.class).setDefaultPollTimeout(20);
        made.getRegistry().bind("listener", new SyncProgressListener() {
            @Override
            public void onProgress(String name, SyncProgress progress) {}

            @Override
            public void onEnd(SyncReport report, SyncProgress figures) {
                heardOf.set(report);
            }
        });
        return made;
    }

    @BeforeEach
    void givenFilesAndMachines() throws Exception {
        to = bucket + "-copy";
        B2.emulator().state().createBucket(to);
        IntStream.range(0, FILES).forEach(i -> givenInBucket("f" + i, "12345", 100));
        for (String name : List.of("one", "two", "three")) {
            machines.add(machine(name));
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:work?concurrentConsumers=3")
                        .loadBalance()
                        .roundRobin()
                        .to("direct:1", "direct:2", "direct:3");
                for (int i = 1; i <= 3; i++) {
                    CamelContext machine = machines.get(i - 1);
                    from("direct:" + i).process(exchange -> give(machine, "direct:work", exchange));
                }
                from("direct:sync")
                        .to(
                                "b2-sync:photos?keepMode=delete&healthMaxAge=60000&progressListener=#listener&reportTo=direct:gate"
                                        + places() + "&actionEndpoint=seda:work&resultEndpoint=seda:results");
                from("direct:gate").process(exchange -> {
                    firstAction.countDown();
                    assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
                });
            }
        });
    }

    private String places() {
        return "&source=" + bucketUri() + "&destination=b2://" + to + KEY;
    }

    private static void give(CamelContext other, String endpoint, Exchange exchange) {
        Exchange given = other.createProducerTemplate().send(endpoint, ExchangePattern.InOnly, it -> it.getMessage()
                .setBody(exchange.getMessage().getBody(String.class)));
        assertThat(given.getException()).isNull();
    }

    private DefaultCamelContext machine(String name) throws Exception {
        DefaultCamelContext machine = new DefaultCamelContext();
        machine.getCamelContextExtension().setName(name);
        machine.disableJMX();
        account(machine.getComponent("b2", B2Component.class).getConfiguration());
        machine.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:work")
                        .to("b2-sync:photos?mode=work&keepMode=delete&resultEndpoint=direct:back" + places());
                from("direct:back").process(exchange -> give(context, "seda:results", exchange));
            }
        });
        machine.start();
        return machine;
    }

    @AfterEach
    void stopMachines() {
        goOn.countDown();
        machines.forEach(DefaultCamelContext::stop);
    }

    @Test
    void jmxConsoleListenerAndHealthShowTheRunAsOne() throws Exception {
        B2.emulator().state().put(to, "gone", new byte[1], Map.of());
        CompletableFuture<Exchange> run = template.asyncSend("direct:sync", exchange -> {});
        assertThat(firstAction.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(attribute("Phase")).isIn("SCANNING", "TRANSFERRING");
        assertThat((Integer) attribute("Workers")).isBetween(1, 3);
        assertThat(attribute("PerWorker").toString()).containsPattern("/(one|two|three): 1 plans, 0 failed, 5 bytes");
        JsonObject shown = (JsonObject) console("runs").get(0);
        assertThat(shown).containsEntry("name", "photos");
        assertThat(shown.get("perWorker").toString()).contains(": 1 plans, 0 failed, 5 bytes");
        goOn.countDown();
        SyncReport report = run.get(60, TimeUnit.SECONDS).getMessage().getBody(SyncReport.class);

        assertThat(report.isComplete()).isTrue();
        assertThat(report.done(ActionKind.COPY).actions()).isEqualTo(FILES);
        assertThat(report.done(ActionKind.COPY).bytes()).isEqualTo(5 * FILES);
        assertThat(report.done(ActionKind.DELETE).actions()).isOne();
        assertThat(report.workers())
                .extracting(WorkerFigures::worker)
                .satisfiesExactlyInAnyOrder(
                        name -> assertThat(name).endsWith("/one"),
                        name -> assertThat(name).endsWith("/two"),
                        name -> assertThat(name).endsWith("/three"));
        assertThat(report.workers().stream().mapToLong(WorkerFigures::plans).sum())
                .isEqualTo(FILES + 1);
        assertThat(heardOf.get()).isEqualTo(report);
        assertThat(attribute("Phase")).isEqualTo("ENDED");
        assertThat(attribute("DoneActions")).isEqualTo(FILES + 1L);
        assertThat(attribute("MovedBytes")).isEqualTo(5L * FILES);
        assertThat(attribute("PerWorker")).isEqualTo("");
        assertThat(console("runs")).isEmpty();
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(console("last").get(0).toString()).contains("by 3 workers").contains("complete=true");
    }

    @Test
    void removalsThatAWorkerMadeTheRunWithholdAreSeenInHealth() throws Exception {
        goOn.countDown();
        B2.emulator().state().put(to, "gone", new byte[1], Map.of());
        B2.emulator().faults().add("b2_copy_file #1+: status 400 bad_request");

        assertThat(template.send("direct:sync", exchange -> {}).getException())
                .hasMessageContaining("1 removals withheld");

        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getDetails()).containsEntry("b2.withheldBy", "FAILED_TRANSFER");
        assertThat(attribute("WithheldRemovals")).isEqualTo(1L);
    }

    private HealthCheck.Result health() {
        B2SyncEndpoint coordinator = context.getEndpoints().stream()
                .filter(B2SyncEndpoint.class::isInstance)
                .map(B2SyncEndpoint.class::cast)
                .findFirst()
                .orElseThrow();
        return new SyncHealthCheck(coordinator, null).call();
    }

    private JsonArray console(String part) {
        SyncConsole console = new SyncConsole();
        console.setCamelContext(context);
        return (JsonArray) ((JsonObject) console.call(DevConsole.MediaType.JSON)).get(part);
    }

    private Object attribute(String name) throws Exception {
        ObjectName bean = server
                .queryNames(
                        new ObjectName("org.apache.camel:context=" + context.getManagementName()
                                + ",type=endpoints,name=\"b2-sync*\""),
                        null)
                .stream()
                .findFirst()
                .orElseThrow();
        return server.getAttribute(bean, name);
    }
}
