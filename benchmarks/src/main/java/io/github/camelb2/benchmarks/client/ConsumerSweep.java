// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.client;

import java.nio.file.Path;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.ScheduledPollConsumer;
import org.h2.jdbcx.JdbcConnectionPool;

import io.github.camelb2.poll.JdbcConsumedRepository;

/** The sweeps of a consumer over a bucket whose versions are all in its JDBC repository. */
final class ConsumerSweep {
    private static final String ROUTE = "consumer";

    private final CamelContext context;
    private final Figures figures;

    ConsumerSweep(CamelContext context, Figures figures) {
        this.context = context;
        this.figures = figures;
    }

    /**
     * A consumer that starts late makes the versions known; one that remembers nothing itself sweeps over them twice. Prints the
     * milliseconds of all three.
     */
    void run(String bucket, Path directory) throws Exception {
        JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:" + directory.resolve("consumed"), "sa", "");
        try {
            JdbcConsumedRepository consumed = new JdbcConsumedRepository(database, "benchmark");
            context.getRegistry().bind("consumed", consumed);
            consume(bucket, "&startFrom=9999-01-01T00:00:00Z");
            sweep("fill-millis");
            context.getRouteController().stopRoute(ROUTE);
            context.removeRoute(ROUTE);
            consume(bucket, "");
            sweep("first-sweep-millis");
            sweep("next-sweep-millis");
        } finally {
            database.dispose();
        }
    }

    private void consume(String bucket, String more) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                fromF("b2:%s?startScheduler=false&idempotentRepository=#consumed%s", bucket, more)
                        .routeId(ROUTE)
                        .process(exchange -> figures.print("delivered", 1));
            }
        });
        context.start();
    }

    private void sweep(String figure) {
        long begun = System.nanoTime();
        ((ScheduledPollConsumer) context.getRoute(ROUTE).getConsumer()).run();
        figures.print(figure, (System.nanoTime() - begun) / 1e6);
    }
}
