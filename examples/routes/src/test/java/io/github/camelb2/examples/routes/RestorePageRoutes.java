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

        from("timer:nightly?period=24h")
                .to(
                        "b2-sync:backup?source=/data&destination=b2://backup/data&mode=check&verify=content&sample=5%25&checkFile=/var/log/check.jsonl")
                .log("${body}");

        from("direct:plan")
                .to(
                        "b2-sync:site?source=/srv/site&destination=b2://site&keepMode=delete&planKey={{planKey}}&mode=plan&planFile=/srv/plans/site.jsonl")
                .log("to be reviewed: ${body}");

        from("direct:approved")
                .to(
                        "b2-sync:site?source=/srv/site&destination=b2://site&keepMode=delete&planKey={{planKey}}&mode=apply&planFile=/srv/plans/site.jsonl&planMaxAge=24h")
                .log("${body}");

        from("timer:scrub?period=24h")
                .to(
                        "b2-sync:backup?source=/data&destination=b2://backup/data&mode=scrub&scrubFile=/var/lib/scrubs&scrubBytes=50GB&scrubCost=0.50&rate=5MB&repair=true")
                .log("${body}");
    }
}
