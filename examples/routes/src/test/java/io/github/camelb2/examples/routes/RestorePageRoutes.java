// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import org.apache.camel.builder.RouteBuilder;

/** The Java routes of the page on restores and checks. */
final class RestorePageRoutes extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:restore")
                .to("b2-sync:restore?source=b2://backup/data&destination=/restored&asOf=2026-11-24T18:00:00Z")
                .log("${body}");
    }
}
