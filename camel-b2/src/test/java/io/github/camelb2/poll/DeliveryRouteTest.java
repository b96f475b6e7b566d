// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever a route does: no version is skipped, none is doubled, no key and no connection is held. */
class DeliveryRouteTest extends ConsumerTestSupport {
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void versionWhoseRouteFailedIsDeliveredAgainByTheNextSweep() throws Exception {
        put("a", "1");
        put("b", "1");
        consume("", route -> route.process(this::record).process(it -> failOnce("a", it)));

        poll();
        assertThat(delivered).containsExactly("a=1", "b=1");
        assertThat(failures.only()).hasMessage("once");

        failures.clear();
        assertThat(polled()).containsExactly("a=1");
        assertThat(polled()).isEmpty();
    }

    @Test
    void exchangeThatIsRolledBackIsDeliveredAgain() throws Exception {
        put("a", "1");
        consume("deleteAfterRead=true", route -> route.process(this::record)
                .choice()
                .when(it -> attempts.incrementAndGet() == 1)
                .rollback("not yet")
                .end());

        poll();
        assertThat(stored()).containsExactly("a=1");

        failures.clear();
        assertThat(polled()).containsExactly("a=1");
        assertThat(stored()).isEmpty();
    }

    @Test
    void exchangeThatIsMarkedForRollbackIsDeliveredAgain() throws Exception {
        put("a", "1");
        consume("deleteAfterRead=true", route -> route.process(this::record)
                .choice()
                .when(it -> attempts.incrementAndGet() == 1)
                .markRollbackOnly()
                .end());

        poll();
        assertThat(stored()).containsExactly("a=1");

        failures.clear();
        assertThat(polled()).containsExactly("a=1");
        assertThat(stored()).isEmpty();
    }

    @Test
    void exceptionThatTheRouteHandledCountsAsSuccess() throws Exception {
        put("a", "1");
        String uri = uri("deleteAfterRead=true");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri)
                        .routeId(ROUTE)
                        .onException(IllegalStateException.class)
                        .handled(true)
                        .to("mock:handled")
                        .end()
                        .throwException(new IllegalStateException("handled"));
            }
        });

        polled();

        assertThat(mock("handled").getExchanges()).hasSize(1);
        assertThat(stored()).isEmpty();
    }

    @Test
    void redeliveryReadsTheBodyFromItsBeginning() throws Exception {
        put("a", "the whole content");
        String uri = uri("");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri)
                        .routeId(ROUTE)
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                        .process(it -> readSomeAndFail(it, 2))
                        .process(DeliveryRouteTest.this::record);
            }
        });

        assertThat(polled()).containsExactly("a=the whole content");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void bodyThatIsReadHalfAndAbandonedHoldsNoConnection() throws Exception {
        b2().state().put(bucket, "a", new byte[5_000_000]);
        consume(
                "",
                route -> route.process(it -> {
                    it.getMessage().getBody(InputStream.class).readNBytes(10);
                    delivered.add("connections: " + connectionsInUse());
                }));

        assertThat(polled()).containsExactly("connections: 1");

        assertThat(connectionsInUse()).isZero();
        assertThat(polled()).isEmpty();
    }

    @Test
    void brokenDownloadGoesOnWhereItBroke() throws Exception {
        String content = "0123456789".repeat(50_000);
        put("a", content);
        b2().faults().add("b2_download_file_by_id #1: drop response 100000");
        consume("");

        assertThat(polled()).containsExactly("a=" + content);

        assertThat(b2().count("b2_download_file_by_id")).isEqualTo(2);
    }

    @Test
    void damagedContentFailsTheExchangeAndIsDeliveredAgain() throws Exception {
        put("a", "the whole content");
        for (int i = 1; i <= 3; i++) {
            b2().faults().add("b2_download_file_by_id #" + i + ": flip response " + i);
        }
        consume("deleteAfterRead=true", route -> route.process(
                        it -> it.getMessage().getBody(byte[].class))
                .process(this::record));

        poll();
        assertThat(rootOf(failures.only())).isInstanceOf(B2ChecksumException.class);
        assertThat(b2().count("b2_download_file_by_id")).isEqualTo(3);
        assertThat(delivered).isEmpty();
        assertThat(stored()).containsExactly("a=the whole content");

        failures.clear();
        assertThat(polled()).containsExactly("a=the whole content");
    }

    @Test
    void fileThatVanishedBetweenListAndReadFailsItsOwnExchangeOnly() throws Exception {
        put("a", "1");
        StoredVersion vanishing = put("b", "1");
        put("c", "1");
        consume("moveFailed=failed/&prefix=&delimiter=/", route -> route.process(this::record)
                .process(it -> {
                    if ("a".equals(it.getMessage().getHeader(B2Constants.FILE_NAME))) {
                        delete(vanishing);
                    }
                }));

        poll();

        assertThat(delivered).containsExactly("a=1", "c=1");
        assertThat(rootOf(failures.only())).isInstanceOf(B2NotFoundException.class);
        failures.clear();
        assertThat(polled()).isEmpty();
    }

    @Test
    void routeThatFailsWithAStreamInHandHoldsUpNothing() throws Exception {
        put("a", "1");
        consume(
                "moveFailed=failed/&prefix=&delimiter=/",
                route -> route.process(it -> {
                    it.getMessage().getBody(InputStream.class);
                    throw new IllegalStateException("with the stream in hand");
                }));

        poll();

        assertThat(stored()).containsExactly("failed/a=1");
        failures.clear();
    }

    @Test
    void listingThatFailsHalfWayLosesNothing() throws Exception {
        for (int i = 0; i < 1_100; i++) {
            put("f%04d".formatted(i), "");
        }
        b2().faults().add("b2_list_file_versions #2: status 400 bad_request");
        consume("maxMessagesPerPoll=0&ignoreBody=true");

        poll();
        assertThat(failures.all()).hasSize(1);
        assertThat(delivered).isEmpty();
        assertThat(claims).isEmpty();

        failures.clear();
        assertThat(polled()).hasSize(1_100).doesNotHaveDuplicates();
        assertThat(polled()).isEmpty();
    }

    @Test
    void versionsInTheHandsOfOtherThreadsAreNotDeliveredAgainMeanwhile() throws Exception {
        for (int i = 0; i < 20; i++) {
            put("f" + i, "1");
        }
        CountDownLatch gate = new CountDownLatch(1);
        consume("deleteAfterRead=true", route -> route.threads(4, 4).process(it -> {
            assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
            record(it);
        }));

        CompletableFuture<Void> first = CompletableFuture.runAsync(this::poll);
        await().until(() -> claims.size() == 20);
        B2Consumer consumer = b2Consumer();
        CompletableFuture<Void> second = CompletableFuture.runAsync(consumer::run);
        second.get(60, TimeUnit.SECONDS);
        gate.countDown();
        first.get(60, TimeUnit.SECONDS);

        await().until(() -> delivered.size() >= 20 && claims.isEmpty());
        assertThat(delivered).hasSize(20).doesNotHaveDuplicates();
        assertThat(stored()).isEmpty();
    }

    @Test
    void versionHandedToSedaIsDeletedWhenTheOtherRouteIsDoneWithIt() throws Exception {
        put("a", "1");
        CountDownLatch gate = new CountDownLatch(1);
        seda(gate);
        consume("deleteAfterRead=true", route -> route.to("seda:next?waitForTaskToComplete=Never"));

        poll();
        assertThat(polled()).isEmpty();
        assertThat(stored()).containsExactly("a=1");
        gate.countDown();

        await().untilAsserted(() -> assertThat(stored()).isEmpty());
        assertThat(delivered).containsExactly("a=1");
    }

    @Test
    void routeThatIsStoppedInTheMiddleOfABatchLeavesTheRestToTheNextStart() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            put(name, "1");
        }
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        consume("deleteAfterRead=true", route -> route.process(this::record).process(it -> {
            reached.countDown();
            assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
        }));
        CompletableFuture<Void> polling = CompletableFuture.runAsync(this::poll);
        assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(this::stopRoute);
        await().until(() -> !b2Consumer().isBatchAllowed());

        gate.countDown();
        polling.get(60, TimeUnit.SECONDS);
        stopping.get(60, TimeUnit.SECONDS);
        assertThat(delivered).containsExactly("a=1");
        assertThat(stored()).containsExactly("b=1", "c=1");
        assertThat(claims).isEmpty();

        context().getRouteController().startRoute(ROUTE);
        assertThat(polled()).containsExactly("b=1", "c=1");
    }

    @Test
    void routeThatCompletesAllTasksEndsItsBatchBeforeItStops() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            put(name, "1");
        }
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        consume("deleteAfterRead=true", route -> route.shutdownRunningTask(ShutdownRunningTask.CompleteAllTasks)
                .process(this::record)
                .process(it -> {
                    reached.countDown();
                    assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
                }));
        CompletableFuture<Void> polling = CompletableFuture.runAsync(this::poll);
        assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(this::stopRoute);

        gate.countDown();
        polling.get(60, TimeUnit.SECONDS);
        stopping.get(60, TimeUnit.SECONDS);

        assertThat(delivered).containsExactly("a=1", "b=1", "c=1");
        assertThat(stored()).isEmpty();
    }

    @Test
    void routeThatWasStoppedAndStartedRemembersWhatItConsumed() throws Exception {
        put("a", "1");
        consume("");
        assertThat(polled()).containsExactly("a=1");

        context().getRouteController().stopRoute(ROUTE);
        context().getRouteController().startRoute(ROUTE);
        put("b", "1");

        assertThat(polled()).containsExactly("b=1");
    }

    @Test
    void suspendedRouteConsumesNothingAndGoesOnWhenResumed() throws Exception {
        put("a", "1");
        consume("maxMessagesPerPoll=1");
        polled();
        put("b", "1");

        context().getRouteController().suspendRoute(ROUTE);
        assertThat(polled()).isEmpty();
        context().getRouteController().resumeRoute(ROUTE);

        await().untilAsserted(() -> assertThat(polled()).containsExactly("b=1"));
    }

    @Test
    void routeThatIsSuspendedInTheMiddleOfABatchEndsTheBatchAndGoesOnWhenResumed() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            put(name, "1");
        }
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        consume("", route -> route.process(this::record).process(it -> {
            reached.countDown();
            assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
        }));
        CompletableFuture<Void> polling = CompletableFuture.runAsync(this::poll);
        assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
        b2Consumer().suspend();

        gate.countDown();
        polling.get(60, TimeUnit.SECONDS);
        assertThat(delivered).containsExactly("a=1", "b=1", "c=1");
        assertThat(claims).isEmpty();
        put("d", "1");
        assertThat(polled()).isEmpty();

        b2Consumer().resume();
        assertThat(polled()).containsExactly("d=1");
    }

    @Test
    void exchangeThatOutlivesItsConsumerIsStillReadAndFinished() throws Exception {
        put("a", "1");
        CountDownLatch gate = new CountDownLatch(1);
        seda(gate);
        consume("deleteAfterRead=true", route -> route.to("seda:next?waitForTaskToComplete=Never"));
        poll();

        context().getRouteController().stopRoute(ROUTE);
        gate.countDown();

        await().untilAsserted(() -> assertThat(stored()).isEmpty());
        assertThat(delivered).containsExactly("a=1");
    }

    private void seda(CountDownLatch gate) throws Exception {
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:next").process(it -> {
                    assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
                    record(it);
                });
            }
        });
    }

    private void readSomeAndFail(Exchange exchange, int times) throws Exception {
        if (attempts.incrementAndGet() <= times) {
            exchange.getMessage().getBody(InputStream.class).readNBytes(3);
            throw new IllegalStateException("after some bytes");
        }
    }

    private void failOnce(String name, Exchange exchange) {
        if (name.equals(exchange.getMessage().getHeader(B2Constants.FILE_NAME)) && attempts.incrementAndGet() == 1) {
            throw new IllegalStateException("once");
        }
    }

    private void stopRoute() {
        try {
            context().getRouteController().stopRoute(ROUTE);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void delete(StoredVersion version) {
        template()
                .sendBodyAndHeaders(
                        "b2:" + bucket + "?operation=deleteFileVersion",
                        null,
                        Map.of(B2Constants.FILE_NAME, version.name(), B2Constants.FILE_ID, version.fileId()));
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && !(root instanceof B2Exception)) {
            root = root.getCause();
        }
        return root;
    }
}
