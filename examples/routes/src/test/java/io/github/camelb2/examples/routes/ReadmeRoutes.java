// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import org.apache.camel.builder.RouteBuilder;

/** The route of the README's first screen. */
final class ReadmeRoutes extends RouteBuilder {
    @Override
    public void configure() {
        from("file:inbox?recursive=true")
                .to("b2:my-bucket")
                .log("stored ${header.CamelB2ProducedFileName} as ${header.CamelB2ProducedFileId}");

        from("direct:backup")
                .to(
                        "b2-sync:backup?source=/data/photos&destination=b2://my-bucket/photos&keepMode=keepBeforeDelete&keepDays=30")
                .log("${body.summary}");
    }
}
