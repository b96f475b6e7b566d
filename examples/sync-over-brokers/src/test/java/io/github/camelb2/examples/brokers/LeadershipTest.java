// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.brokers;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.component.kubernetes.KubernetesConfiguration;
import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.sync.B2SyncBrokerRoutes;
import io.github.camelb2.sync.report.SyncIncompleteException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Camel elects the coordinator: when it goes in the middle of a run, the next one brings the sync to its end. */
@Tag("full")
class LeadershipTest {
    private static final int FILES = 80;

    @TempDir
    Path temp;

    /** The coordinators whose runs were complete. */
    private final List<String> complete = new CopyOnWriteArrayList<>();

    /** Makes the cluster service of a coordinator of that name. */
    private interface Cluster {
        CamelClusterService of(String name) throws Exception;
    }

    @Test
    void withLocksOfFilesTheNextCoordinatorTakesOver() throws Exception {
        takesOver(name -> {
            FileLockClusterService service = new FileLockClusterService();
            service.setId(name);
            service.setRoot(temp.toString());
            service.setAcquireLockDelay(200, TimeUnit.MILLISECONDS);
            service.setAcquireLockInterval(200, TimeUnit.MILLISECONDS);
            return service;
        });
    }

    @Test
    void withKubernetesLeasesTheNextCoordinatorTakesOver() throws Exception {
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(Serialization.jsonMapper()),
                new MockWebServer(),
                new HashMap<>(),
                new KubernetesCrudDispatcher(),
                false);
        server.init(InetAddress.getByName("127.0.0.1"), 0);
        try (KubernetesClient client = server.createClient()) {
            takesOver(
                    name -> {
                        pod(client, name);
                        KubernetesConfiguration configuration = new KubernetesConfiguration();
                        configuration.setMasterUrl(client.getMasterUrl().toString());
                        KubernetesClusterService service = new KubernetesClusterService(configuration);
                        service.setKubernetesNamespace("test");
                        service.setPodName(name);
                        service.setClusterLabels(Map.of("app", "sync"));
                        service.setLeaseDurationMillis(3_000);
                        service.setRenewDeadlineMillis(2_000);
                        service.setRetryPeriodMillis(300);
                        return service;
                    },
                    name -> client.pods().inNamespace("test").withName(name).delete());
        } finally {
            server.destroy();
        }
    }

    private static void pod(KubernetesClient client, String name) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("test")
                .addToLabels("app", "sync")
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
        client.pods().inNamespace("test").resource(pod).create();
        client.pods().inNamespace("test").resource(pod).updateStatus();
    }

    private void takesOver(Cluster cluster) throws Exception {
        takesOver(cluster, name -> {});
    }

    private void takesOver(Cluster cluster, Consumer<String> gone) throws Exception {
        JdbcDataSource ledger = new JdbcDataSource();
        ledger.setUrl("jdbc:h2:mem:leadership-" + System.identityHashCode(cluster) + ";DB_CLOSE_DELAY=-1");
        try (B2Emulator b2 = B2Emulator.start();
                Brokers brokers = Brokers.start("jms");
                DefaultCamelContext worker = new DefaultCamelContext();
                DefaultCamelContext first = new DefaultCamelContext();
                DefaultCamelContext second = new DefaultCamelContext()) {
            Map<String, String> environment = fill(b2, brokers);
            Worker.connect(worker, environment);
            worker.addRoutes(new B2SyncBrokerRoutes());
            worker.start();
            TemplatedRouteBuilder.builder(worker, "b2-sync-worker")
                    .parameters(parameters(environment, Map.of("from", "jms:queue:b2sync.work", "workers", "2")))
                    .add();
            coordinator(first, cluster.of("one"), environment, ledger, "one");
            await().atMost(60, TimeUnit.SECONDS).until(() -> b2.count("b2_copy_file") > FILES / 4);
            coordinator(second, cluster.of("two"), environment, ledger, "two");
            assertThat(complete).isEmpty();

            first.stop();
            gone.accept("one");

            await().atMost(90, TimeUnit.SECONDS).until(() -> complete.contains("two"));
            assertThat(complete).doesNotContain("one");
            assertThat(b2.state().names("photos-there")).isEqualTo(b2.state().names("photos-here"));
        }
    }

    private static Map<String, String> fill(B2Emulator b2, Brokers brokers) {
        b2.state().createBucket("photos-here");
        b2.state().createBucket("photos-there");
        b2.state().put("photos-there", "gone", new byte[1], Map.of());
        for (int i = 0; i < FILES; i++) {
            b2.state().put("photos-here", "file-" + i, ("content " + i).getBytes(StandardCharsets.UTF_8), Map.of());
        }
        b2.faults().add("b2_copy_file #1+: delay 100ms");
        return Map.of(
                "B2_REALM", b2.url(),
                "B2_APPLICATION_KEY_ID", b2.applicationKeyId(),
                "B2_APPLICATION_KEY", b2.applicationKey(),
                "BROKER", brokers.url(),
                "RESULTS", brokers.results());
    }

    private static Map<String, Object> parameters(Map<String, String> environment, Map<String, String> others) {
        Map<String, Object> parameters = new HashMap<>(others);
        parameters.put("name", "photos");
        parameters.put("source", "b2://photos-here");
        parameters.put("destination", "b2://photos-there");
        parameters.put("keepMode", "delete");
        parameters.put("results", environment.get("RESULTS"));
        parameters.put("planKey", "not-a-secret-in-a-test");
        return parameters;
    }

    private void coordinator(
            DefaultCamelContext context,
            CamelClusterService cluster,
            Map<String, String> environment,
            JdbcDataSource ledger,
            String name)
            throws Exception {
        Worker.connect(context, environment);
        context.getRegistry().bind("database", ledger);
        context.addService(cluster);
        context.getShutdownStrategy().setTimeout(3);
        context.addRoutes(new B2SyncBrokerRoutes());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("master:b2sync:timer:sync?delay=0&period=500")
                        .doTry()
                        .to("direct:sync")
                        .process(exchange -> complete.add(name))
                        .doCatch(SyncIncompleteException.class)
                        .log("incomplete: ${exception.message}")
                        .end();
            }
        });
        context.start();
        TemplatedRouteBuilder.builder(context, "b2-sync-coordinator")
                .parameters(parameters(
                        environment,
                        Map.of(
                                "from", "direct:sync",
                                "work", "jms:queue:b2sync.work",
                                "ledger", "#database",
                                "leaseTime", "2s")))
                .add();
    }
}
