// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.UnixOperatingSystemMXBean;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.http.ConnectionCounts;
import io.github.camelb2.emulator.B2EmulatorMain;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Many transfers through one context, small and large, read and given up: what they used is there again afterwards. */
@Timeout(600)
class ManyTransfersTest {
    private static final Logger LOG = LoggerFactory.getLogger(ManyTransfersTest.class);

    /** So many uploads, and as many downloads. */
    private static final int TRANSFERS = Boolean.getBoolean("soak") ? 10_000 : 1_000;

    private static final int CALLERS = 8;
    private static final int NAMES = 200;
    private static final int MOST_PARTS_THREADS = CALLERS * 3;
    private static final long HEAP_TOLERANCE = 4L << 20;
    private static final byte[] SMALL = new byte[2_000];
    private static final byte[] LARGE = new byte[250_000];

    @TempDir
    Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private Process service;
    private ProducerTemplate template;
    private B2ClientLease lease;

    /** The service runs in another JVM, so that what this one uses is used by the component. */
    @BeforeEach
    void givenServiceAndRoutes() throws Exception {
        JsonNode login = startService();
        B2Configuration options = context.getComponent("b2", B2Component.class).getConfiguration();
        options.setRealm(login.get("url").asText());
        options.setApplicationKeyId(login.get("applicationKeyId").asText());
        options.setApplicationKey(login.get("applicationKey").asText());
        Path local = Files.createDirectory(directory.resolve("local"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:up").to("b2:many-transfers?autoCreateBucket=true");
                from("direct:read")
                        .to("b2:many-transfers?operation=downloadFile")
                        .process(e -> e.getMessage().getBody(InputStream.class).transferTo(nowhere()));
                from("direct:begin")
                        .to("b2:many-transfers?operation=downloadFile")
                        .process(e -> e.getMessage().getBody(InputStream.class).read());
                from("direct:disk").to("b2:many-transfers?operation=downloadFile&localWorkDirectory=" + local);
            }
        });
        context.start();
        template = context.createProducerTemplate();
        lease = context.getComponent("b2", B2Component.class).borrowClient(options);
    }

    private static java.io.OutputStream nowhere() {
        return java.io.OutputStream.nullOutputStream();
    }

    @AfterEach
    void stop() throws Exception {
        callers.shutdownNow();
        lease.close();
        context.close();
        service.destroyForcibly().waitFor();
    }

    @Test
    void heapHandlesThreadsAndConnectionsStayFlat() throws Exception {
        assumeThat(ManagementFactory.getOperatingSystemMXBean()).isInstanceOf(UnixOperatingSystemMXBean.class);
        transfer(0, TRANSFERS / 5);
        Used before = used();

        transfer(TRANSFERS / 5, TRANSFERS);
        Used after = used();

        LOG.info("after {} uploads and downloads {}; after {} {}", TRANSFERS / 5, before, TRANSFERS, after);
        assertThat(after.heap() - before.heap()).as("growth of the heap").isLessThan(HEAP_TOLERANCE);
        assertThat(after.handles() - before.handles())
                .as("handles that are no connections")
                .isLessThanOrEqualTo(2);
        assertThat(after.threads() - before.threads())
                .as("threads that send no parts")
                .isLessThanOrEqualTo(2);
        assertThat(after.partsThreads()).as("threads for parts").isLessThanOrEqualTo(MOST_PARTS_THREADS);
        assertThat(after.connections().leased()).as("connections in use").isZero();
        assertThat(after.connections().available())
                .as("connections kept")
                .isLessThanOrEqualTo(CALLERS + MOST_PARTS_THREADS);
    }

    private void transfer(int from, int to) throws Exception {
        List<Future<?>> work = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int number = i;
            work.add(callers.submit(() -> upAndDown(number)));
        }
        for (Future<?> each : work) {
            each.get(300, TimeUnit.SECONDS);
        }
    }

    private void upAndDown(int i) {
        Map<String, Object> name = Map.of(B2Constants.FILE_NAME, "f" + i % NAMES);
        send("direct:up", i % 50 == 7 ? LARGE : SMALL, name);
        send(i % 10 == 3 ? "direct:begin" : i % 10 == 8 ? "direct:disk" : "direct:read", null, name);
    }

    private void send(String uri, Object body, Map<String, Object> headers) {
        Exchange done = template.request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().getHeaders().putAll(headers);
        });
        if (done.getException() != null) {
            throw new AssertionError(uri + " failed", done.getException());
        }
    }

    private Used used() {
        ConnectionCounts connections = lease.client().connections().orElseThrow();
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long parts = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("B2Parts"))
                .count();
        long handles = system.getOpenFileDescriptorCount() - connections.available() - connections.leased();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Used(
                heap, handles, ManagementFactory.getThreadMXBean().getThreadCount() - parts, parts, connections);
    }

    /**
     * What this JVM uses.
     *
     * @param heap bytes that are reachable
     * @param handles open files and sockets, but for those of the connection pool
     * @param threads but for those that send parts
     */
    private record Used(long heap, long handles, long threads, long partsThreads, ConnectionCounts connections) {}

    private JsonNode startService() throws IOException {
        service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        B2EmulatorMain.class.getName(),
                        "--data-dir",
                        directory.resolve("data").toString(),
                        "--min-part-size",
                        "1000",
                        "--recommended-part-size",
                        "100000")
                .redirectError(directory.resolve("service.log").toFile())
                .start();
        BufferedReader output = service.inputReader(StandardCharsets.UTF_8);
        return new ObjectMapper().readTree(output.readLine());
    }

    /** Surefire runs the tests with a class path of its own, and tells the real one. */
    private static String classPath() {
        String real = System.getProperty("surefire.test.class.path");
        return real == null ? System.getProperty("java.class.path") : real + File.pathSeparator;
    }
}
