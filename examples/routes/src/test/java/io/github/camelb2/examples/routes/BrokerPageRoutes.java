// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;

import io.github.camelb2.sync.B2SyncBrokerRoutes;

/** Coordinator and worker of the page "Sync over brokers", in one context here. */
final class BrokerPageRoutes extends RouteBuilder {
    // spotless:off
    @Override
    public void configure() throws Exception {
        CamelContext context = getContext();

        // the coordinator
        from("timer:nightly?period=1d").to("b2-sync:photos?source=b2://photos&destination=b2://archive/photos&keepMode=delete&planKey={{sync.planKey}}"
            + "&actionEndpoint=jms:queue:b2sync.work&resultEndpoint=jms:queue:b2sync.results&deadLetterEndpoint=jms:queue:b2sync.dead");

        // on each machine that works
        context.addRoutes(new B2SyncBrokerRoutes());
        TemplatedRouteBuilder.builder(context, "b2-sync-worker")
            .parameter("name", "photos").parameter("planKey", "{{sync.planKey}}")
            .parameter("source", "b2://photos").parameter("destination", "b2://archive/photos").parameter("keepMode", "delete")
            .parameter("from", "jms:queue:b2sync.work").parameter("results", "jms:queue:b2sync.results")
            .parameter("deadLetters", "jms:queue:b2sync.dead").parameter("workers", "20")
            .add();
    }
    // spotless:on
}
