// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.operation.request.ReplicationReport;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a file may wait, and how long a listing is good for. */
class ReplicationHealthCheckTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final AtomicInteger listings = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final ReplicationHealthCheck check = new ReplicationHealthCheck(() -> now);
    private volatile Duration lag = Duration.ZERO;

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:status").process(exchange -> {
                    listings.incrementAndGet();
                    exchange.getMessage().setBody(new ReplicationReport(3, 1, 4, 2, 0, 0, 0, lag, List.of()));
                });
            }
        });
        context.start();
        check.setCamelContext(context);
        check.setUri("direct:status");
        check.setMaxLag("30m");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aFileThatWaitsLongerThanItMayIsADownThatNamesTheTime() {
        lag = Duration.ofMinutes(30);
        assertThat(check.call().getState()).isEqualTo(State.UP);

        now = now.plus(Duration.ofMinutes(10));
        lag = Duration.ofMinutes(30).plusMillis(1);
        HealthCheck.Result late = check.call();

        assertThat(late.getState()).isEqualTo(State.DOWN);
        assertThat(late.getMessage().orElseThrow()).contains("waiting to be replicated for PT30M0.001S");
        assertThat(late.getDetails()).containsEntry("b2.replicationLag", 1_800_001L);

        now = now.plus(Duration.ofMinutes(10));
        lag = Duration.ZERO;
        assertThat(check.call().getState()).isEqualTo(State.UP);
    }

    @Test
    void oneListingIsGoodForTheInterval() {
        check.call();
        now = now.plus(Duration.ofMinutes(10)).minusMillis(1);
        check.call();
        assertThat(listings).hasValue(1);

        now = now.plusMillis(1);
        check.call();
        assertThat(listings).hasValue(2);
    }
}
