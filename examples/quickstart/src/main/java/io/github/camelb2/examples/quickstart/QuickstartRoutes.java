// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.quickstart;

import org.apache.camel.builder.RouteBuilder;

/** The routes of the example; what stands in double braces are properties of the context. */
final class QuickstartRoutes extends RouteBuilder {
    private final Screen screen;

    QuickstartRoutes(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void configure() {
        from("direct:createBucket").to("b2:{{bucket}}?operation=createBucket");

        from("direct:backup")
                .to("b2-sync:backup?source=RAW({{original}})&destination={{remote}}"
                        + "&reportTo=direct:line&progressListener=#screen");

        from("direct:mirror")
                .to("b2-sync:mirror?source=RAW({{copy}})&destination={{remote}}&keepMode=delete"
                        + "&reportTo=direct:line&progressListener=#screen");

        from("direct:restore")
                .to("b2-sync:restore?source={{remote}}&destination=RAW({{restored}})"
                        + "&reportTo=direct:line&progressListener=#screen");

        from("direct:line")
                .process(exchange -> screen.file(exchange.getMessage().getBody(String.class)));

        from("direct:cleanUp")
                .to("b2:{{bucket}}?operation=listFileVersions&prefix={{prefix}}")
                .split(body())
                .streaming()
                .setHeader("CamelB2FileName", simple("${body.fileName}"))
                .setHeader("CamelB2FileId", simple("${body.fileId}"))
                .to("b2:{{bucket}}?operation=deleteFileVersion");
    }
}
