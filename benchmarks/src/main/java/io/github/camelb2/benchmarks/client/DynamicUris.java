// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.client;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

import io.github.camelb2.B2Component;

/** Messages whose endpoints are made for each of them, and forgotten after it. */
final class DynamicUris {
    private static final String START = "direct:start";
    private static final String NAME = "name";

    private final CamelContext context;
    private final Figures figures;

    DynamicUris(CamelContext context, Figures figures) {
        this.context = context;
        this.figures = figures;
    }

    /** Stores so many small files, and prints what it was charged for and how many connections it left open. */
    void run(String bucket, int messages) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(START).toD("b2:" + bucket + "?fileName=${header." + NAME + "}", -1);
            }
        });
        context.start();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            for (int i = 0; i < messages; i++) {
                template.sendBodyAndHeader(START, "message " + i, NAME, "file-" + i);
            }
        }
        B2Component b2 = context.getComponent("b2", B2Component.class);
        try (var lease = b2.borrowClient(b2.getConfiguration())) {
            // Logins and listings are of class C, and nothing else is that these messages do.
            figures.print("class-c", lease.client().transactions().c());
            figures.print("class-a", lease.client().transactions().a());
            lease.client()
                    .connections()
                    .ifPresent(pool -> figures.print("connections", pool.leased() + pool.available()));
        }
    }
}
