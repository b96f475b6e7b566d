// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A route that begins with b2-sync. */
class SyncConsumerTest extends SyncTestSupport {
    private final List<SyncReport> reports = new CopyOnWriteArrayList<>();

    private void route(String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2-sync:polled?delay=600000&source=" + source + "&destination=" + bucketUri() + "&reportTo="
                                + reportTo + options)
                        .routeId("polled")
                        .process(exchange -> reports.add(exchange.getMessage().getBody(SyncReport.class)));
            }
        });
    }

    @Test
    void routeThatIsStoppedLetsTransfersEndAndSendsItsReport() throws Exception {
        for (int i = 0; i < 30; i++) {
            given("f" + i, 10);
        }
        B2.emulator().faults().add("b2_upload_file: delay 500ms");
        route("&workers=9");
        await().until(() -> B2.emulator().count("b2_upload_file") >= 9);

        context.getRouteController().stopRoute("polled");

        assertThat(bucketTree()).hasSizeBetween(9, 29);
        assertThat(lines()).hasSameSizeAs(bucketTree().keySet()).allMatch(line -> line.startsWith("upload f"));
        // As an incomplete run it goes to the exception handler, not to the steps.
        assertThat(reports).isEmpty();
    }

    @Test
    void incompleteRunIsReportedToTheStepsWhereThatIsWanted() throws Exception {
        given("a", 10);
        given("b", 10);
        B2.emulator().faults().add("b2_upload_file file a: status 403 access_denied");
        route("&incompleteRun=report");

        await().until(() -> !reports.isEmpty());

        assertThat(reports.get(0).isComplete()).isFalse();
        assertThat(reports.get(0).failures()).extracting(Problem::path).containsExactly("a");
    }

    @Test
    void reportFileHoldsEveryProblem() throws Exception {
        given("a", 10);
        givenInBucket("gone", "gone", 10);
        B2.emulator().faults().add("b2_upload_file file a: status 403 access_denied");
        Path file = temp.resolve("problems.jsonl");

        syncIncompletely(source.toString(), bucketUri(), "keepMode=delete", "reportFile=" + file);

        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("\"kind\":\"ACTION_FAILED\"", "\"path\":\"a\""))
                .anySatisfy(line -> assertThat(line).contains("\"kind\":\"WITHHELD\"", "\"names\":1"));
    }

    @Test
    void reportFileThatCannotBeWrittenMakesTheRunIncomplete() throws Exception {
        given("a", 10);

        SyncReport report =
                syncIncompletely(source.toString(), bucketUri(), "reportFile=" + temp.resolve("missing/problems"));

        assertThat(report.failures().get(0).reason()).contains("reportFile=");
        assertThat(bucketTree()).containsOnlyKeys("a");
    }
}
