// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;

import io.github.camelb2.sync.B2FileUploadRoutes;
import io.github.camelb2.sync.B2SyncRoutes;
import io.github.camelb2.sync.PathPlanFailures;
import io.github.camelb2.sync.SyncReportProcessor;
import io.github.camelb2.sync.report.SyncReport;

/** The Java routes of the page on syncs. */
final class SyncPageRoutes extends RouteBuilder {
    @Override
    public void configure() {
        from("timer:backup?period=1h")
                .to("b2-sync:photos?source=/data/photos&destination=b2://my-bucket/photos")
                .log("${body}");

        from("direct:page1")
                .to("b2-sync:backup?source=/data&destination=b2://backup/data&keepMode=keepBeforeDelete&keepDays=30");

        from("direct:page2").to("b2-sync:mirror?source=b2://site&destination=/var/www&keepMode=delete&maxDelete=1000");

        from("direct:page3")
                .to("b2-sync:copy?source=b2://one&destination=b2://two&workers=50")
                .to("b2-sync:off?source=b2://one&destination=b2://two&destinationComponent=b2-other");

        from("direct:page4")
                .setHeader("CamelB2DryRun", constant(true))
                .to("b2-sync:photos?source=/data&destination=b2://photos&reportTo=direct:line");

        from("direct:line").log("${body}");

        PathPlanFailures failures = new PathPlanFailures();
        from("direct:b2-sync-photos")
                .to("b2-sync:photos?mode=plan&…")
                .id("plan-photos")
                .split(body())
                .streaming()
                .parallelProcessing()
                .synchronous()
                .onPrepare(failures)
                .aggregationStrategy(failures)
                .to("b2-sync:photos?mode=execute&…")
                .id("execute-photos")
                .end()
                .process(new SyncReportProcessor())
                .id("report-photos");
    }

    static void templates(CamelContext context, ProducerTemplate template) throws Exception {
        context.addRoutes(new B2FileUploadRoutes());
        TemplatedRouteBuilder.builder(context, "b2-file-upload")
                .parameter("directory", "/inbox")
                .parameter("bucketName", "my-bucket")
                .parameter("prefix", "in")
                .parameter("readLock", "changed")
                .parameter("moveFailed", ".failed/${date:now:yyyyMMddHHmmssSSS}/${file:onlyname}")
                .add();

        context.addRoutes(new B2SyncRoutes());
        TemplatedRouteBuilder.builder(context, "b2-sync")
                .routeId("photos")
                .parameter("name", "photos")
                .parameter("source", "/data/photos")
                .parameter("destination", "b2://my-bucket/photos")
                .parameter("keepMode", "delete")
                .add();

        template.requestBody("direct:b2-sync-photos", null, SyncReport.class);
    }
}
