// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.http.ConnectionCounts;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A bucket of the emulator and routes that consume it, each with the id {@code consumer}, polled when the test says so,
 * because their scheduler does not run. What the routes deliver is recorded as a text {@code name=content}.
 */
public abstract class ConsumerTestSupport extends B2TestSupport {
    protected static final String ROUTE = "consumer";

    /** What was delivered, as {@code name=content}. */
    protected final List<String> delivered = new CopyOnWriteArrayList<>();
    /** What the consumers reported to their exception handler. */
    protected final Failures failures = new Failures();

    /** What is being consumed. */
    protected final Map<String, Object> claims = new ConcurrentHashMap<>();

    protected String bucket;

    @BeforeEach
    void makeBucket() {
        bucket = B2.createBucket();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.getRegistry().bind("failures", failures);
        made.getRegistry().bind("claims", MemoryIdempotentRepository.memoryIdempotentRepository(claims));
        return made;
    }

    @AfterEach
    void nothingIsLeftBehind() {
        await().untilAsserted(() -> assertThat(claims).isEmpty());
        await().untilAsserted(() -> assertThat(connectionsInUse()).isZero());
    }

    /** The URI of a consumer of this test's bucket, to be polled by {@link #poll}. */
    protected String uri(String options) {
        return "b2:" + bucket + "?startScheduler=false&exceptionHandler=#failures&inProgressRepository=#claims"
                + (options.isEmpty() ? "" : "&")
                + options;
    }

    /** What the route does with a message. */
    protected interface Steps {
        void add(RouteDefinition route);
    }

    /** Starts a route that records what it is delivered. */
    protected void consume(String options) throws Exception {
        consume(options, route -> route.process(this::record));
    }

    /** Starts a route without error handling of its own. */
    protected void consume(String options, Steps steps) throws Exception {
        consumeIn(context(), options, steps);
    }

    protected void consumeIn(CamelContext where, String options, Steps steps) throws Exception {
        String uri = uri(options);
        where.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                steps.add(from(uri).routeId(ROUTE));
            }
        });
        if (!where.isStarted()) {
            where.start();
        }
    }

    protected void record(Exchange exchange) {
        delivered.add(exchange.getMessage().getHeader(B2Constants.FILE_NAME) + "="
                + exchange.getMessage().getBody(String.class));
    }

    /** A step that fails. */
    protected static void fail(RouteDefinition route) {
        route.process(it -> {
            throw new IllegalStateException("the route failed");
        });
    }

    protected B2Consumer b2Consumer() {
        return (B2Consumer) context().getRoute(ROUTE).getConsumer();
    }

    /** One poll, as the scheduler does it. */
    protected void poll() {
        b2Consumer().run();
    }

    /** One poll that must not fail, and what it delivered. */
    protected List<String> polled() {
        delivered.clear();
        poll();
        assertThat(failures.all()).isEmpty();
        return List.copyOf(delivered);
    }

    protected StoredVersion put(String name, String content) {
        return b2().state().put(bucket, name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** The names and contents of all versions in the bucket, hide markers as {@code name hide}. */
    protected List<String> stored() {
        return stored(bucket);
    }

    protected List<String> stored(String bucketName) {
        List<String> ids = ids(bucketName);
        try {
            return contents(bucketName);
        } catch (IllegalArgumentException e) {
            // The consumer deleted one between the list and its content: look again; else it is no race.
            if (ids(bucketName).equals(ids)) {
                throw e;
            }
            return stored(bucketName);
        }
    }

    private static List<String> ids(String bucketName) {
        return b2().state().versions(bucketName).stream()
                .map(StoredVersion::fileId)
                .toList();
    }

    private static List<String> contents(String bucketName) {
        return b2().state().versions(bucketName).stream()
                .map(it -> it.action().equals("upload")
                        ? it.name() + "=" + new String(b2().state().bytes(it.fileId()), StandardCharsets.UTF_8)
                        : it.name() + " " + it.action())
                .toList();
    }

    protected MockEndpoint mock(String name) {
        return getMockEndpoint("mock:" + name);
    }

    /** The connections of the component's client that somebody holds. */
    protected int connectionsInUse() {
        return connectionsInUse(context());
    }

    protected static int connectionsInUse(CamelContext where) {
        B2Component component = where.getComponent("b2", B2Component.class);
        try (var lease = component.borrowClient(component.getConfiguration())) {
            return lease.client().connections().map(ConnectionCounts::leased).orElseThrow();
        }
    }

    /** Records what it is told. */
    protected static final class Failures implements ExceptionHandler {
        private final List<Throwable> all = new CopyOnWriteArrayList<>();
        private final List<String> messages = new CopyOnWriteArrayList<>();

        public List<Throwable> all() {
            return List.copyOf(all);
        }

        List<String> messages() {
            return List.copyOf(messages);
        }

        Throwable only() {
            assertThat(all).hasSize(1);
            return all.get(0);
        }

        void clear() {
            all.clear();
            messages.clear();
        }

        @Override
        public void handleException(Throwable exception) {
            handleException("", null, exception);
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handleException(message, null, exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            messages.add(message);
            all.add(exception);
        }
    }
}
