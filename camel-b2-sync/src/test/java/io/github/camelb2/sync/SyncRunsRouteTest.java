// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs as such: overlap, shutdown, polls, headers, figures. */
class SyncRunsRouteTest extends SyncTestSupport {
    private final CountDownLatch firstAction = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:report").process(exchange -> reported.add(exchange.copy()));
                from("direct:gate").process(exchange -> {
                    reported.add(exchange.copy());
                    firstAction.countDown();
                    assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
                });
            }
        };
    }

    @Test
    void secondRunOfOneNameIsRefusedWhileTheFirstIsUnderWay() throws Exception {
        given("a", 100);
        reportTo = "direct:gate";
        CompletableFuture<Object> first = template.asyncRequestBody(uri(source, bucketUri()), null);
        firstAction.await();

        Exchange second = template.request(uri(source, bucketUri()), exchange -> {});
        goOn.countDown();

        assertThat(second.getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sync test is still under way");
        assertThat(first.get()).isInstanceOf(SyncReport.class);
        reportTo = "direct:report";
        assertThat(sync(source.toString(), bucketUri()).isComplete()).isTrue();
    }

    @Test
    void planNobodyReportedOnDoesNotBlockTheNextRun() throws Exception {
        given("a", 100);
        SyncSession abandoned = template.requestBody(
                "b2-sync:test?mode=plan&source=" + source + "&destination=" + bucketUri(), null, SyncSession.class);

        assertThat(sync(source.toString(), bucketUri()).isComplete()).isTrue();
        assertThat(abandoned.hasNext()).isFalse();
    }

    @Test
    void shutdownStopsTheScanLetsActionsEndAndReportsInterrupted() throws Exception {
        for (int i = 0; i < 50; i++) {
            given("f" + i, 100);
        }
        reportTo = "direct:gate";
        CompletableFuture<Exchange> run = template.asyncSend(uri(source, bucketUri()), exchange -> {});
        firstAction.await();

        CompletableFuture<Void> stop = CompletableFuture.runAsync(context::stop);
        await().until(() -> context.isStopping() || context.isStopped());
        goOn.countDown();
        stop.get(60, TimeUnit.SECONDS);
        Exchange answer = run.get(60, TimeUnit.SECONDS);

        assertThat(answer.getException())
                .isInstanceOfSatisfying(SyncIncompleteException.class, incomplete -> assertThat(
                                incomplete.report().failures())
                        .extracting(Problem::reason)
                        .contains("interrupted: the run was stopped before its end"));
        assertThat(B2.emulator().state().names(bucket)).hasSizeBetween(1, 2);
    }

    @Test
    void consumerSyncsOncePerDelayAndSendsTheReport() throws Exception {
        given("a", 100);
        List<Object> reports = Collections.synchronizedList(new ArrayList<>());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri(source, bucketUri()) + "&initialDelay=0&delay=10&repeatCount=2")
                        .process(exchange -> reports.add(exchange.getMessage().getBody()));
            }
        });

        await().until(() -> reports.size() == 2);

        assertThat(((SyncReport) reports.get(0)).actions()).isEqualTo(1);
        assertThat(((SyncReport) reports.get(1)).actions()).isZero();
    }

    @Test
    void consumerSendsAnIncompleteReportWithItsException() throws Exception {
        List<Exchange> reports = Collections.synchronizedList(new ArrayList<>());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(SyncIncompleteException.class)
                        .handled(true)
                        .process(exchange -> reports.add(exchange.copy()));
                from(uri(source, bucketUri()) + "&initialDelay=0&delay=10&repeatCount=1")
                        .to("mock:never");
            }
        });

        await().until(() -> reports.size() == 1);

        SyncReport report = reports.get(0).getMessage().getBody(SyncReport.class);
        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.EMPTY_SOURCE);
    }

    @Test
    void headersOverrideSidesDryRunAndClock() throws Exception {
        given("a", 100);
        given(temp.resolve("other"), "b", "b", 100);
        givenInBucket("p/old", "old", 5);

        Exchange answer =
                template.request(uri(source, bucketUri(), "keepMode=keepBeforeDelete", "keepDays=1"), exchange -> {
                    exchange.getMessage()
                            .setHeader(
                                    B2SyncConstants.SOURCE,
                                    temp.resolve("other").toString());
                    exchange.getMessage().setHeader(B2SyncConstants.DESTINATION, bucketUri() + "/p");
                    exchange.getMessage().setHeader(B2SyncConstants.DRY_RUN, true);
                    exchange.getMessage().setHeader(B2SyncConstants.NOW, NOW);
                });

        assertThat(answer.getException()).isNull();
        assertThat(lines()).containsExactly("upload b", "hide   old");
        assertThat(bucketTree()).containsOnlyKeys("p/old");
    }

    @Test
    void clockOfTheRunDecidesWhatIsOld() throws Exception {
        given("a", 10);
        givenInBucket("a", "old", 100);
        givenInBucket("a", "a", 10);

        for (long daysLater : new long[] {0, 3}) {
            template.request(
                    uri(source, bucketUri(), "keepMode=keepBeforeDelete", "keepDays=2", "trustNowHeader=true"),
                    exchange -> exchange.getMessage().setHeader(B2SyncConstants.NOW, NOW + daysLater * 86_400_000));
        }

        assertThat(lines()).containsExactly("delete a (old version)");
    }

    @Test
    void messagesToReportToCarryTheirHeaders() throws Exception {
        given("a", 100);
        givenInBucket("gone", "gone", 10);
        B2.emulator().faults().add("b2_delete_file_version #1: status 400 bad_request");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(reported).hasSize(2);
        var upload = reported.get(0);
        assertThat(upload.getMessage().getHeader(B2SyncConstants.ACTION)).isEqualTo("upload");
        assertThat(upload.getMessage().getHeader(B2SyncConstants.PATH)).isEqualTo("a");
        assertThat(upload.getMessage().getHeader(B2SyncConstants.BYTES)).isEqualTo(1L);
        assertThat(upload.getMessage().getHeader(B2SyncConstants.RUN_ID)).isEqualTo(report.runId());
        assertThat(upload.getMessage().getHeader(B2SyncConstants.FILE_ID))
                .isEqualTo(B2.emulator().state().versions(bucket, "a").get(0).fileId());
        assertThat(upload.getProperty(Exchange.EXCEPTION_CAUGHT)).isNull();
        assertThat(reported.get(1).getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessageContaining("b2_delete_file_version");
    }

    @Test
    void reportCountsTheCallsThatB2BillsByTheirClass() throws Exception {
        for (int i = 0; i < 5; i++) {
            given("f" + i, 100);
        }
        givenInBucket("gone", "gone", 10);
        sync(source.toString(), bucketUri(), "dryRun=true");
        B2.emulator().resetRequests();

        Map<String, Long> up =
                sync(source.toString(), bucketUri(), "keepMode=delete").calls();
        long uploads = count("b2_upload_file", "b2_get_upload_url", "b2_delete_file_version");
        long listings = count("b2_list_file_versions", "b2_list_buckets", "b2_authorize_account");
        B2.emulator().resetRequests();
        Map<String, Long> down = sync(bucketUri(), destination).calls();

        assertThat(up).isEqualTo(Map.of("A", uploads, "C", listings));
        assertThat(down)
                .isEqualTo(Map.of(
                        "B",
                        count("b2_download_file_by_id"),
                        "C",
                        count("b2_list_file_versions", "b2_list_buckets", "b2_authorize_account")));
        assertThat(uploads).isGreaterThanOrEqualTo(7);
        assertThat(down.get("B")).isEqualTo(5);
    }

    private static long count(String... calls) {
        return Stream.of(calls).mapToLong(call -> B2.emulator().count(call)).sum();
    }

    @Test
    void figuresReachTheListenerAndTheEndpoint() throws Exception {
        given("a", 100);
        given(source, "big", "0123456789".repeat(30_000), 100);
        List<SyncProgress> figures = Collections.synchronizedList(new ArrayList<>());
        SyncProgressListener listener = (name, progress) -> figures.add(progress);
        context.getRegistry().bind("figures", listener);

        sync(source.toString(), bucketUri(), "progressListener=#figures");

        SyncProgress last = figures.get(figures.size() - 1);
        assertThat(last.phase()).isEqualTo(SyncProgress.Phase.ENDED);
        assertThat(last.done()).isEqualTo(2);
        assertThat(last.bytesMoved()).isEqualTo(300_001);
        B2SyncEndpoint endpoint =
                context.getEndpoint(uri(source, bucketUri(), "progressListener=#figures"), B2SyncEndpoint.class);
        assertThat(endpoint.getPhase()).isEqualTo("ENDED");
        assertThat(endpoint.getMovedBytes()).isEqualTo(300_001);
    }

    @Test
    void onALongLineThereAreMoreWorkersUnlessTheirNumberIsSet() throws Exception {
        for (int i = 0; i < 250; i++) {
            given("f" + i, 100);
        }
        B2.emulator().faults().add("b2_upload_file #1+: delay 150ms");
        List<Integer> workers = Collections.synchronizedList(new ArrayList<>());
        SyncProgressListener listener = (name, progress) -> workers.add(progress.workers());
        context.getRegistry().bind("figures", listener);

        sync(source.toString(), bucketUri(), "workers=auto", "progressListener=#figures");

        assertThat(workers.get(0)).isEqualTo(10);
        assertThat(workers).anyMatch(it -> it > 10).allMatch(it -> it <= 64);
        assertThat(workers.get(workers.size() - 1)).isZero();
        workers.clear();
        String elsewhere = bucketUri() + "/elsewhere";

        sync(source.toString(), elsewhere, "workers=40", "progressListener=#figures");

        assertThat(workers.subList(0, workers.size() - 1)).containsOnly(40);
    }

    @Test
    void workersSyncAtTheSameTime() throws Exception {
        for (int i = 0; i < 40; i++) {
            given("f" + i, 100);
        }
        B2.emulator().faults().add("b2_upload_file #1+: delay 20ms");

        SyncReport report = template.requestBody(
                "b2-sync:many?workers=8&source=" + source + "&destination=" + bucketUri(), null, SyncReport.class);

        assertThat(report.actions()).isEqualTo(40);
        assertThat(B2.emulator().maxConcurrent("b2_upload_file")).isBetween(4, 8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CamelB2DryRun          | yes     | write true or false",
                "CamelB2DryRun          | on      | write true or false",
                "CamelB2DryRun          | 2       | write true or false",
                "CamelB2DryRun          | ''      | write true or false",
                "CamelB2SyncNow         | today   | write milliseconds since 1970",
                "CamelB2SyncNow         | 1.5     | write milliseconds since 1970",
                "CamelB2SyncSource      | ''      | write a directory or b2://bucket/prefix",
                "CamelB2SyncDestination | ' '     | write a directory or b2://bucket/prefix",
            })
    void headerThatCannotBeReadStopsTheRunBeforeAnythingChanges(String header, String value, String advice)
            throws Exception {
        given("a", 10);
        givenInBucket("gone", "gone", 10);

        Exchange answer =
                template.request(uri(source, bucketUri(), "keepMode=delete"), exchange -> exchange.getMessage()
                        .setHeader(header, value));

        assertThat(answer.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Header " + header + "=" + value + " cannot be: " + advice);
        assertThat(answer.getMessage().getHeaders()).doesNotContainKey(header);
        assertThat(bucketTree()).containsOnlyKeys("gone");
    }

    @Test
    void runThatFailedIsTheSameWhenItIsTriedAgain() throws Exception {
        given("a", 10);
        givenInBucket("gone", "gone", 10);
        B2.emulator().faults().add("b2_list_file_versions #1: status 400 bad_request");
        String uri = uri(source, "b2://nowhere", "keepMode=delete");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:again")
                        .doTry()
                        .to(uri)
                        .doCatch(Exception.class)
                        .to(uri)
                        .end();
            }
        });

        Exchange answer = template.request("direct:again", exchange -> {
            exchange.getMessage().setHeader(B2SyncConstants.DRY_RUN, true);
            exchange.getMessage().setHeader(B2SyncConstants.DESTINATION, bucketUri());
        });

        assertThat(answer.getMessage().getBody(SyncReport.class).mode()).isEqualTo(SyncReport.Mode.DRY_RUN);
        assertThat(answer.getMessage().getHeaders())
                .doesNotContainKeys(B2SyncConstants.DRY_RUN, B2SyncConstants.DESTINATION);
        assertThat(bucketTree()).containsOnlyKeys("gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", " TRUE\n", "1"})
    void dryRunIsReadHoweverItIsWritten(String value) throws Exception {
        given("a", 10);

        template.request(
                uri(source, bucketUri()), exchange -> exchange.getMessage().setHeader("CamelB2DryRun", value));

        assertThat(bucketTree()).isEmpty();
        assertThat(lines()).containsExactly("upload a");
    }

    /** As the headers of {@code b2:}: brokers make bytes of texts. */
    @Test
    void headersOfARunAreReadWhereABrokerHasMadeBytesOfThem() throws Exception {
        given("a", 10);

        Exchange dry = template.request(uri(source, "b2://nowhere"), exchange -> {
            exchange.getMessage().setHeader("CamelB2DryRun", "true".getBytes(StandardCharsets.UTF_8));
            exchange.getMessage().setHeader("CamelB2SyncNow", "1700000000000".getBytes(StandardCharsets.UTF_8));
            exchange.getMessage()
                    .setHeader("CamelB2SyncDestination", bucketUri().getBytes(StandardCharsets.UTF_8));
        });
        Exchange list = template.request(uri(source, bucketUri()), exchange -> exchange.getMessage()
                .setHeader("CamelB2SyncDestination", List.of(bucketUri())));

        assertThat(dry.getMessage().getBody(SyncReport.class).mode()).isEqualTo(SyncReport.Mode.DRY_RUN);
        assertThat(lines()).containsExactly("upload a");
        assertThat(list.getException()).hasMessageContaining("CamelB2SyncDestination");
        assertThat(bucketTree()).isEmpty();
    }
}
