package io.github.camelb2.benchmarks.client;

import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/** One sync through a route, whose actions are counted and timed by a second route. */
final class SyncRoute {

    /** Actions left out of the rate: while they run, connections are opened and classes loaded. */
    private static final long WARM_UP = 500;

    private final CamelContext context;
    private final Figures figures;
    private final AtomicLong actions = new AtomicLong();
    private volatile long warm;
    private volatile long last;

    SyncRoute(CamelContext context, Figures figures) {
        this.context = context;
        this.figures = figures;
    }

    /** Runs the sync and prints {@code actions} and, where there were more than 500, {@code rate}: actions a second after those. */
    void run(String source, String destination, int workers) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sync")
                        .toF(
                                "b2-sync:benchmark?source=RAW(%s)&destination=RAW(%s)&workers=%s&reportTo=direct:count",
                                source, destination, workers);
                from("direct:count").process(exchange -> count());
            }
        });
        context.start();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBody("direct:sync", "");
        }
        long all = actions.get();
        figures.print("actions", all);
        if (all > WARM_UP) {
            figures.print("rate", (all - WARM_UP) / ((last - warm) / 1e9));
        }
    }

    private void count() {
        long now = System.nanoTime();
        last = now;
        if (actions.incrementAndGet() == WARM_UP) {
            warm = now;
        }
    }
}
