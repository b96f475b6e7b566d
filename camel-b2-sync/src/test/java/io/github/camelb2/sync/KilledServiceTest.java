// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.emulator.B2EmulatorMain;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** The service is killed while a sync runs: the run says so within its time, and the next one completes it. */
class KilledServiceTest {
    private static final int FILES = 200;

    @TempDir
    Path temp;

    private final AtomicInteger uploaded = new AtomicInteger();
    private Path source;
    private Process service;
    private JsonNode login;

    @BeforeEach
    void givenTreeAndService() throws IOException {
        source = Files.createDirectory(temp.resolve("source"));
        for (int file = 0; file < FILES; file++) {
            Files.writeString(source.resolve("f" + file), "content of file " + file);
        }
        // Larger than the recommended part, so that it goes up in parts.
        Files.write(source.resolve("large"), new byte[300_000]);
        start(0);
    }

    @AfterEach
    void killService() throws InterruptedException {
        service.destroyForcibly().waitFor();
    }

    @Test
    void runEndsWithTheFilesThatFailedAndTheNextOneCompletesIt() throws Exception {
        CompletableFuture<CamelExecutionException> firstRun = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(CamelExecutionException.class, () -> sync(100)));
        await().atMost(Duration.ofSeconds(30)).until(() -> uploaded.get() >= 10);
        killService();

        CamelExecutionException failure = firstRun.get(60, TimeUnit.SECONDS);
        assertThat(failure).hasCauseInstanceOf(SyncIncompleteException.class);
        SyncReport report = ((SyncIncompleteException) failure.getCause()).report();
        assertThat(report.failureCount()).isPositive();
        assertThat(report.failures().get(0).reason())
                .doesNotContain(login.get("applicationKey").asText());

        start(Integer.parseInt(login.get("url").asText().replaceAll(".*:", "")));
        SyncReport second = sync(60_000);
        SyncReport third = sync(60_000);

        assertThat(second.isComplete()).isTrue();
        assertThat(third.actions()).isZero();
        assertThat(third.compared()).isEqualTo(FILES + 1);
        assertThat(hasUnfinishedLargeFiles()).isFalse();
    }

    private SyncReport sync(long retryTimeoutMillis) throws Exception {
        try (DefaultCamelContext context = context(retryTimeoutMillis)) {
            return context.createProducerTemplate()
                    .requestBody(
                            "b2-sync:killed?source=RAW(" + source
                                    + ")&destination=b2://killed-service&workers=4&reportTo=direct:done&outageTimeout="
                                    + 10 * retryTimeoutMillis,
                            null,
                            SyncReport.class);
        }
    }

    private boolean hasUnfinishedLargeFiles() throws Exception {
        try (DefaultCamelContext context = context(60_000)) {
            return context.createProducerTemplate()
                    .requestBody("b2:killed-service?operation=listUnfinishedLargeFiles", null, Iterator.class)
                    .hasNext();
        }
    }

    private DefaultCamelContext context(long retryTimeoutMillis) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        B2Configuration options = context.getComponent("b2", B2Component.class).getConfiguration();
        options.setRealm(login.get("url").asText());
        options.setApplicationKeyId(login.get("applicationKeyId").asText());
        options.setApplicationKey(login.get("applicationKey").asText());
        options.setAutoCreateBucket(true);
        options.setInitialBackoff(10);
        options.setMaxBackoff(100);
        options.setRetryTimeout(retryTimeoutMillis);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:done").process(exchange -> uploaded.incrementAndGet());
            }
        });
        context.start();
        if (!Files.exists(temp.resolve("bucket-made"))) {
            context.createProducerTemplate().requestBody("b2:killed-service?operation=createBucket", (Object) null);
            Files.createFile(temp.resolve("bucket-made"));
        }
        return context;
    }

    /** Starts the service as a process of its own on the same data as before. */
    private void start(int port) throws IOException {
        service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        B2EmulatorMain.class.getName(),
                        "--port",
                        String.valueOf(port),
                        "--data-dir",
                        temp.resolve("data").toString(),
                        "--min-part-size",
                        "1000",
                        "--recommended-part-size",
                        "100000",
                        "--latency-ms",
                        "5")
                .redirectError(temp.resolve("service.log").toFile())
                .start();
        BufferedReader output = service.inputReader(StandardCharsets.UTF_8);
        login = new ObjectMapper().readTree(output.readLine());
    }
}
