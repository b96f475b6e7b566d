// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/** One sync through a route, whose actions are counted and timed by a second route. */
public final class SyncRoute {
    /** Instead of a number of workers: as many as the client takes where nothing is said. */
    public static final String DEFAULT = "default";

    /** The word of a task that has the sync delete what the source lacks, and superseded versions. */
    public static final String DELETE = "delete";

    /** Actions left out of the rate: while they run, connections are opened and classes loaded. */
    private static final int WARM_UP = 500;

    private final CamelContext context;
    private final Figures figures;
    private final AtomicInteger actions = new AtomicInteger();
    /** When each of the first actions ended. */
    private final AtomicLongArray first = new AtomicLongArray(WARM_UP);

    private volatile long last;

    SyncRoute(CamelContext context, Figures figures) {
        this.context = context;
        this.figures = figures;
    }

    /**
     * Runs the sync and prints {@code actions} and, where there were some, {@code rate}: actions a second after the first 500, in
     * small syncs after the first half.
     */
    void run(String source, String destination, String workers, boolean deletes) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sync")
                        .toF(
                                "b2-sync:benchmark?source=RAW(%s)&destination=RAW(%s)%s%s&reportTo=direct:count",
                                source,
                                destination,
                                workers.equals(DEFAULT) ? "" : "&workers=" + workers,
                                deletes ? "&keepMode=delete&maxDelete=unlimited" : "");
                from("direct:count").process(exchange -> count());
            }
        });
        context.start();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBody("direct:sync", "");
        }
        int all = actions.get();
        figures.print("actions", all);
        int warm = Math.min(WARM_UP, all / 2);
        if (warm > 0) {
            figures.print("rate", (all - warm) / ((last - first.get(warm - 1)) / 1e9));
        }
    }

    private void count() {
        long now = System.nanoTime();
        last = now;
        int before = actions.getAndIncrement();
        if (before < WARM_UP) {
            first.set(before, now);
        }
    }
}
