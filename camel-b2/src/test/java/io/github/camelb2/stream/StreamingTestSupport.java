// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.awaitility.Awaitility.await;

/** A bucket and a spool of its own for each test, and processes that come and go, each a context. */
abstract class StreamingTestSupport {
    @RegisterExtension
    static final B2EmulatorExtension B2 =
            new B2EmulatorExtension(settings -> settings.minPartSize(1_000).recommendedPartSize(2_000));

    @TempDir
    Path spool;

    String bucket = "";

    private final List<Process> processes = new ArrayList<>();

    static B2Emulator b2() {
        return B2.emulator();
    }

    @BeforeEach
    void makeBucket(TestInfo test) {
        bucket = "stream-" + Integer.toHexString(test.getDisplayName().hashCode());
        b2().state().createBucket(bucket);
    }

    @AfterEach
    void stopAll() {
        b2().faults().clear();
        processes.forEach(Process::stop);
    }

    /** A context with {@code direct:in} that gathers its messages. */
    final class Process {
        final CamelContext context = new DefaultCamelContext();
        final ProducerTemplate template;
        private final List<StreamingProducer> producers = new CopyOnWriteArrayList<>();
        private final String options;

        Process(String options) throws Exception {
            this.options = options;
            B2Configuration b2 = context.getComponent("b2", B2Component.class).getConfiguration();
            b2.setRealm(b2().url());
            b2.setApplicationKeyId(b2().applicationKeyId());
            b2.setApplicationKey(b2().applicationKey());
            b2.setInitialBackoff(1);
            b2.setMaxBackoff(10);
            context.getShutdownStrategy().setTimeout(20);
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onServiceAdd(CamelContext of, Service service, Route route) {
                    if (service instanceof StreamingProducer producer) {
                        producers.add(producer);
                    }
                }
            });
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").routeId("in").to(uri()).id("to");
                }
            });
            context.start();
            template = context.createProducerTemplate();
            processes.add(this);
        }

        private String uri() {
            String spooled = options.contains("spoolDirectory") ? "" : "&spoolDirectory=" + spool;
            return "b2:" + bucket + "?streamingUploadMode=true&" + options + spooled;
        }

        StreamingProducer producer() {
            return producers.get(0);
        }

        void send(Object body) {
            template.sendBody("direct:in", body);
        }

        void send(Object body, Map<String, Object> headers) {
            template.sendBodyAndHeaders("direct:in", body, headers);
        }

        Exchange request(Object body, Map<String, Object> headers) {
            return template.request("direct:in", exchange -> {
                exchange.getMessage().setBody(body);
                exchange.getMessage().setHeaders(new TreeMap<>(headers));
            });
        }

        /** Dies as a process does: nothing is closed, sealed or stored any more. */
        void die() {
            producer().started().end();
        }

        void stop() {
            context.stop();
        }
    }

    /** All files of the bucket that have content, each version of a name by itself. */
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        int[] more = new int[1];
        for (StoredVersion version : b2().state().versions(bucket)) {
            if (version.action().equals("upload")) {
                String text = new String(b2().state().bytes(version.fileId()), StandardCharsets.UTF_8);
                String before = files.putIfAbsent(version.name(), text);
                if (before != null) {
                    files.put(version.name() + "#" + ++more[0], text);
                }
            }
        }
        return files;
    }

    void awaitFiles(Map<String, String> expected) {
        await().untilAsserted(() ->
                org.assertj.core.api.Assertions.assertThat(files()).isEqualTo(expected));
    }

    void awaitFiles(int count) {
        await().until(() -> files().size() == count);
    }
}
