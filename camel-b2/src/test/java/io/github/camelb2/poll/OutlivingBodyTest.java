// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.apache.camel.processor.aggregate.StringAggregationStrategy;
import org.apache.camel.support.ExchangeHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.CapturedLogs;
import io.github.camelb2.poll.after.Delivery;

import static org.apache.camel.builder.Builder.body;
import static org.apache.camel.builder.Builder.constant;
import static org.apache.camel.builder.Builder.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A version is not deleted, moved or hidden while its body can still be read, wherever the route has put it. */
class OutlivingBodyTest extends ConsumerTestSupport {
    private static final String DELETE = "deleteAfterRead=true";
    private static final String HIDE = "hideAfterRead=true";
    private static final String MOVE = "moveAfterRead=true&destinationBucketPrefix=done/";

    /** Closed by the test when the late reader may go on. */
    private final CountDownLatch go = new CountDownLatch(1);

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final List<String> late = new CopyOnWriteArrayList<>();
    private final List<Object> kept = new CopyOnWriteArrayList<>();

    @AfterAll
    static void noThreadIsLeft() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(it -> it.contains("B2Claims")));
    }

    @AfterEach
    void letEverybodyGo() {
        go.countDown();
    }

    private void waitForTest() throws InterruptedException {
        arrived.countDown();
        assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Waits for the test, then reads what it has. */
    private void readLate(Exchange exchange) throws Exception {
        waitForTest();
        late.addAll(texts(exchange.getMessage().getBody()));
    }

    private static List<String> texts(Object body) throws IOException {
        List<String> texts = new ArrayList<>();
        if (body instanceof List<?> list) {
            for (Object it : list) {
                texts.addAll(texts(it));
            }
        } else if (body instanceof Exchange exchange) {
            texts.addAll(texts(exchange.getMessage().getBody()));
        } else if (body instanceof InputStream stream) {
            texts.add(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } else {
            texts.add(String.valueOf(body));
        }
        return texts;
    }

    private static List<String> warnings(CapturedLogs logs) {
        return logs.lines().stream()
                .filter(it -> it.startsWith(Delivery.class.getName()) && it.contains("stays as it is"))
                .toList();
    }

    private static AggregationStrategy lists() {
        return new GroupedBodyAggregationStrategy();
    }

    /** Names of EIPs, and what they do to the body of a consumed file so that it is read after its exchange. */
    private Map<String, Consumer<RouteDefinition>> outliving() {
        return Map.ofEntries(
                Map.entry("aggregate bodies", r -> r.aggregate(constant(1), lists())
                        .completionTimeout(50)
                        .completionTimeoutCheckerInterval(10)
                        .process(this::readLate)),
                Map.entry("aggregate exchanges", r -> r.aggregate(constant(1), new GroupedExchangeAggregationStrategy())
                        .completionTimeout(50)
                        .completionTimeoutCheckerInterval(10)
                        .process(this::readLate)),
                Map.entry("aggregate and go on", r -> r.aggregate(constant(1), lists())
                        .completionTimeout(50)
                        .completionTimeoutCheckerInterval(10)
                        .process(this::readLate)
                        .end()
                        .convertBodyTo(String.class)),
                Map.entry("aggregate, then split", r -> r.aggregate(constant(1), lists())
                        .completionTimeout(50)
                        .completionTimeoutCheckerInterval(10)
                        .split(body())
                        .process(this::readLate)),
                Map.entry("aggregate, then seda", r -> r.aggregate(constant(1), lists())
                        .completionTimeout(50)
                        .completionTimeoutCheckerInterval(10)
                        .to("seda:late?pollTimeout=20")),
                Map.entry("aggregate inside a split of exchanges", r -> r.split(body())
                        .aggregate(constant(1), lists())
                        .completionTimeout(50)
                        .completionTimeoutCheckerInterval(10)
                        .process(this::readLate)),
                Map.entry("seda", r -> r.to("seda:late?pollTimeout=20")),
                Map.entry(
                        "seda and go on", r -> r.to("seda:late?pollTimeout=20").convertBodyTo(String.class)),
                Map.entry("seda twice", r -> r.to("seda:late-relay?pollTimeout=20")),
                Map.entry("wireTap", r -> r.wireTap("direct:late")),
                Map.entry("wireTap and go on", r -> r.wireTap("direct:late").convertBodyTo(String.class)),
                Map.entry("multicast to seda", r -> r.multicast().to("seda:late?pollTimeout=20", "mock:other")),
                Map.entry(
                        "parallel multicast to seda",
                        r -> r.multicast().parallelProcessing().to("seda:late?pollTimeout=20", "mock:other")),
                Map.entry(
                        "recipientList to seda", r -> r.recipientList(constant("seda:late?pollTimeout=20,mock:other"))),
                Map.entry(
                        "parallel multicast with a timeout",
                        r -> r.multicast().parallelProcessing().timeout(50).to("direct:late", "mock:other")),
                Map.entry("resequence", r -> r.resequence(header(B2Constants.FILE_NAME))
                        .batch()
                        .timeout(50)
                        .process(this::readLate)),
                Map.entry("onCompletion in parallel", r -> r.onCompletion()
                        .parallelProcessing()
                        .process(this::readLate)
                        .end()
                        .to("mock:in")),
                Map.entry("a correlated copy", r -> r.process(this::sendCopy)));
    }

    private void sendCopy(Exchange exchange) {
        Exchange copy = ExchangeHelper.createCorrelatedCopy(exchange, false);
        new Thread(() -> template().send("direct:late", copy)).start();
    }

    private static Stream<Arguments> eipsAndAfterReads() {
        List<Arguments> all = new ArrayList<>();
        for (String eip : new OutlivingBodyTest().outliving().keySet()) {
            for (String after : List.of(DELETE, HIDE, MOVE)) {
                all.add(Arguments.of(eip, after, !after.equals(HIDE)));
            }
        }
        return all.stream();
    }

    private void lateRoutes() throws Exception {
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("seda:late-relay?pollTimeout=20").to("seda:late?pollTimeout=20");
                from("seda:late?pollTimeout=20").process(OutlivingBodyTest.this::readLate);
                from("direct:late").process(OutlivingBodyTest.this::readLate);
            }
        });
    }

    @ParameterizedTest(name = "{0}, {1}, stream caching {2}")
    @MethodSource("eipsAndAfterReads")
    void nothingIsLostWhenTheBodyIsReadAfterItsExchange(String eip, String after, boolean caching) throws Exception {
        context().setStreamCaching(caching);
        lateRoutes();
        put("in/a", "1");
        consume("prefix=in/&" + after, route -> outliving().get(eip).accept(route));

        poll();
        await().until(() -> arrived.getCount() == 0);
        assertThat(stored()).containsExactly("in/a=1");
        go.countDown();

        await().untilAsserted(() -> assertThat(b2().state().names(bucket)).doesNotContain("in/a"));
        assertThat(late).containsExactly("1");
        assertThat(failures.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {DELETE, HIDE, MOVE})
    void versionStaysAndIsDeliveredAgainWhenAnExchangeWithItsBodyFails(String after) throws Exception {
        put("in/a", "1");
        consume(
                "prefix=in/&" + after,
                route -> route.aggregate(constant(1), lists()).completionSize(1).process(it -> {
                    late.add("tried");
                    if (late.size() == 1) {
                        throw new IllegalStateException("the aggregation failed");
                    }
                }));

        try (CapturedLogs logs = CapturedLogs.open()) {
            poll();
            await().until(() -> !warnings(logs).isEmpty());
            assertThat(stored()).containsExactly("in/a=1");
            assertThat(warnings(logs)).hasSize(1);
            assertThat(warnings(logs).get(0)).contains("route " + ROUTE).contains("in/a");
        }
        poll();

        await().untilAsserted(() -> assertThat(b2().state().names(bucket)).doesNotContain("in/a"));
        assertThat(late).hasSize(2);
    }

    @Test
    void versionStaysAndIsDeliveredAgainWhenItsBodyIsNeverRead() throws Exception {
        put("in/a", "1");
        consume("prefix=in/&bodyHoldTimeout=200&" + DELETE, route -> route.process(it -> late.add("delivered"))
                .aggregate(constant(1), lists())
                .completionSize(1_000)
                .to("mock:never"));

        try (CapturedLogs logs = CapturedLogs.open()) {
            poll();
            poll();
            assertThat(late).hasSize(1);
            await().until(() -> !warnings(logs).isEmpty());
            assertThat(warnings(logs)).hasSize(1);
            assertThat(warnings(logs).get(0)).contains("route " + ROUTE).contains("in/a");
        }
        poll();

        assertThat(late).hasSize(2);
        assertThat(stored()).containsExactly("in/a=1");
        context().getRouteController().stopRoute(ROUTE);
        context().removeRoute(ROUTE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bodyFromAConsumerTemplateIsStillThereWhenItIsRead(boolean caching) throws Exception {
        context().setStreamCaching(caching);
        put("a", "1");

        Object body = context().createConsumerTemplate().receiveBody(uri(DELETE), 5_000);

        assertThat(stored()).containsExactly("a=1");
        assertThat(texts(body)).containsExactly("1");
        await().untilAsserted(() -> assertThat(stored()).isEmpty());
    }

    @Test
    void bodyThatAConsumerTemplateConvertsIsDeletedAtOnce() {
        put("a", "1");

        assertThat(context().createConsumerTemplate().receiveBody(uri(DELETE), 5_000, String.class))
                .isEqualTo("1");

        await().untilAsserted(() -> assertThat(stored()).isEmpty());
    }

    @Test
    void bodyFromAConsumerTemplateThatIsSentOnIsDeletedWhenItHasArrived() throws Exception {
        put("a", "1");

        Object body = context().createConsumerTemplate().receiveBody(uri(DELETE), 5_000);
        Exchange sent = send("b2:" + bucket, body, Map.of(B2Constants.FILE_NAME, "copy"));
        assertThat(sent.getException()).isNull();

        await().untilAsserted(() -> assertThat(stored()).containsExactly("copy=1"));
    }

    /** What reads nothing late is done with the exchange, at once. */
    private static Map<String, Consumer<RouteDefinition>> prompt() {
        Processor nothing = it -> {};
        return Map.ofEntries(
                Map.entry("unread", r -> r.process(nothing)),
                Map.entry("replaced", r -> r.setBody(constant("x"))),
                Map.entry("multicast", r -> r.multicast().to("direct:nothing", "mock:nothing")),
                Map.entry(
                        "multicast in parallel",
                        r -> r.multicast().parallelProcessing().to("direct:nothing", "mock:nothing")),
                Map.entry("recipientList", r -> r.recipientList(constant("direct:nothing,mock:nothing"))),
                Map.entry(
                        "split", r -> r.split(body().tokenize("\n")).streaming().to("direct:nothing")),
                Map.entry(
                        "split in parallel",
                        r -> r.split(body().tokenize("\n")).parallelProcessing().to("direct:nothing")),
                Map.entry("enrich", r -> r.enrich("direct:nothing")),
                Map.entry("enrich from an endpoint", r -> r.enrich("language:constant:x")),
                Map.entry("wireTap to an endpoint", r -> r.wireTap("mock:nothing")),
                Map.entry("wireTap to an endpoint by an expression", r -> r.wireTap("mock:${header.CamelB2FileName}")),
                Map.entry("threads", r -> r.threads(2).to("direct:nothing")),
                Map.entry("delay", r -> r.delay(10).asyncDelayed().to("direct:nothing")),
                Map.entry("toD", r -> r.toD("direct:nothing")),
                Map.entry("filter", r -> r.filter(constant(false)).to("direct:nothing")),
                Map.entry("stop", r -> r.stop()),
                Map.entry("loop", r -> r.loop(2).copy().to("direct:nothing")),
                Map.entry("claimCheck", r -> r.claimCheck(org.apache.camel.model.ClaimCheckOperation.Push)
                        .setBody(constant("x"))
                        .claimCheck(org.apache.camel.model.ClaimCheckOperation.Pop)),
                Map.entry("routingSlip", r -> r.routingSlip(constant("direct:nothing,mock:nothing"))),
                Map.entry("doTry", r -> r.doTry()
                        .to("direct:nothing")
                        .doCatch(Exception.class)
                        .to("mock:nothing")
                        .end()));
    }

    private static Stream<Arguments> promptEips() {
        return prompt().keySet().stream().sorted().flatMap(it -> Stream.of(true, false)
                .map(on -> Arguments.of(it, on)));
    }

    @ParameterizedTest(name = "{0}, redelivery {1}")
    @MethodSource("promptEips")
    void versionIsDeletedWithTheEndOfItsExchangeWhereNobodyElseCanReadIt(String eip, boolean redelivery)
            throws Exception {
        put("a", "1\n2");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:nothing").process(it -> late.add(eip));
                RouteDefinition route = from(uri(DELETE)).routeId(ROUTE);
                if (redelivery) {
                    route.errorHandler(defaultErrorHandler().maximumRedeliveries(2));
                }
                prompt().get(eip).accept(route);
            }
        });

        poll();

        // Not for as long as it may take until the garbage collector has shown it.
        await().atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(stored()).isEmpty());
    }

    @Test
    void textThatAnAggregationHasReadIsDoneWithTheAggregation() throws Exception {
        put("a", "1");
        put("b", "2");
        consume(DELETE, route -> route.aggregate(constant(1), new StringAggregationStrategy())
                .completionSize(2)
                .process(it -> late.add(it.getMessage().getBody(String.class))));

        poll();

        await().untilAsserted(() -> assertThat(stored()).isEmpty());
        assertThat(late).containsExactly("12");
    }

    @Test
    void filesAreConcatenatedFromAggregatedBodies() throws Exception {
        put("in/a", "1".repeat(1_500));
        put("in/b", "2".repeat(1_500));
        consume("prefix=in/&" + DELETE, route -> route.aggregate(constant(1), lists())
                .completionSize(2)
                .setHeader(B2Constants.FILE_NAME, constant("all"))
                .toD("b2:" + bucket + "?operation=concatenateFiles&fileName=all"));

        poll();

        await().untilAsserted(() -> assertThat(b2().state().names(bucket)).containsExactly("all"));
        assertThat(new String(b2().state().bytes(bucket, "all"), StandardCharsets.UTF_8))
                .isEqualTo("1".repeat(1_500) + "2".repeat(1_500));
    }

    @Test
    void onCompletionReadsTheBodyBeforeItIsDeleted() throws Exception {
        put("a", "1");
        consume(DELETE, route -> route.onCompletion()
                .process(it -> late.addAll(texts(it.getMessage().getBody())))
                .end()
                .to("mock:in"));

        poll();

        assertThat(late).containsExactly("1");
        assertThat(stored()).isEmpty();
    }

    @Test
    void polledFileIsDeletedWhenTheExchangeThatItEnrichesEnds() throws Exception {
        put("a", "1");
        lateRoutes();
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:enriched")
                        .pollEnrich(uri(DELETE), 5_000)
                        .wireTap("direct:late")
                        .to("mock:in");
            }
        });

        template().sendBody("direct:enriched", "x");
        await().until(() -> arrived.getCount() == 0);
        assertThat(stored()).containsExactly("a=1");
        go.countDown();

        await().untilAsserted(() -> assertThat(stored()).isEmpty());
        assertThat(late).containsExactly("1");
    }

    @Test
    void readersInSeveralExchangesDoNotDisturbEachOther() throws Exception {
        String content = "0123456789".repeat(20_000);
        put("a", content);
        lateRoutes();
        consume(DELETE, route -> route.to("seda:late?pollTimeout=20")
                .process(it -> kept.addAll(texts(it.getMessage().getBody()))));
        go.countDown();

        poll();

        await().untilAsserted(() -> assertThat(stored()).isEmpty());
        assertThat(late).containsExactly(content);
        assertThat(kept).containsExactly(content);
    }

    /** Names of ways in which code of a route keeps a body that it has not read, and no exchange with it. */
    private Map<String, Consumer<RouteDefinition>> keeping() {
        return Map.of(
                "a list of a processor",
                r -> r.process(it -> kept.add(it.getMessage().getBody())),
                "a list of a processor that asks for a stream",
                r -> r.process(it -> kept.add(it.getMessage().getBody(InputStream.class))),
                "a list of a bean",
                r -> r.bean(new Keeper(kept), "keep"),
                "a list of a step behind another one",
                r -> r.to("direct:keeping").setBody(constant("x")),
                "a list of a strategy",
                r -> r.aggregate(constant(1), (old, fresh) -> {
                            kept.add(fresh.getMessage().getBody(InputStream.class));
                            fresh.getMessage().setBody("x");
                            return fresh;
                        })
                        .completionSize(1)
                        .to("mock:aggregated"),
                "a body that was begun",
                r -> r.process(it -> {
                    InputStream stream = it.getMessage().getBody(InputStream.class);
                    assertThat(stream.read()).isEqualTo('1');
                    kept.add(stream);
                }));
    }

    /** A bean with a list of its own. */
    public record Keeper(List<Object> kept) {
        public void keep(InputStream body) {
            kept.add(body);
        }
    }

    private static Stream<Arguments> keepingAndAfterReads() {
        return new OutlivingBodyTest().keeping().keySet().stream().flatMap(it -> Stream.of(DELETE, HIDE, MOVE)
                .map(after -> Arguments.of(it, after)));
    }

    private void consumeKept(String how, String options) throws Exception {
        put("in/a", "123");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:keeping").process(it -> kept.add(it.getMessage().getBody()));
            }
        });
        consume("prefix=in/&" + options, route -> keeping().get(how).accept(route));
        poll();
        await().until(() -> kept.size() == 1);
        assertThat(stored()).containsExactly("in/a=123");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("keepingAndAfterReads")
    void nothingIsLostOfABodyThatCodeOfTheRouteKeeps(String how, String after) throws Exception {
        consumeKept(how, after);
        System.gc();

        poll();
        assertThat(stored()).containsExactly("in/a=123");
        assertThat(texts(kept.get(0)).get(0)).endsWith("23");
        kept.clear();
        System.gc();
        await().untilAsserted(() -> assertThat(b2().state().names(bucket)).doesNotContain("in/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a list of a processor", "a list of a strategy"})
    void versionWhoseBodyIsKeptForTooLongStaysAndIsDeliveredAgain(String how) throws Exception {
        try (CapturedLogs logs = CapturedLogs.open()) {
            consumeKept(how, "bodyHoldTimeout=50&" + DELETE);
            await().until(() -> !warnings(logs).isEmpty());
            assertThat(warnings(logs)).hasSize(1);
            assertThat(warnings(logs).get(0)).contains("route " + ROUTE).contains("in/a");
        }
        assertThat(stored()).containsExactly("in/a=123");
        assertThat(texts(kept.get(0))).containsExactly("123");

        poll();
        await().until(() -> kept.size() == 2);
        assertThat(texts(kept.get(1))).containsExactly("123");
    }

    /** What was given to code that has forgotten it, and copies that nobody will ever begin. */
    private Map<String, Consumer<RouteDefinition>> forgetting() {
        return Map.of(
                "a processor that looks at the body",
                r -> r.process(it -> late.add(it.getMessage().getBody().toString())),
                "a processor that reads its beginning",
                r -> r.process(it -> it.getMessage().getBody(InputStream.class).read()),
                "a strategy that reads the stream itself",
                r -> r.aggregate(constant(1), (old, fresh) -> {
                            try {
                                late.addAll(texts(fresh.getMessage().getBody(InputStream.class)));
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                            fresh.getMessage().setBody("x");
                            return old == null ? fresh : old;
                        })
                        .completionSize(1)
                        .to("direct:nothing"),
                "a copy that nobody sends",
                r -> r.process(it -> ExchangeHelper.createCorrelatedCopy(it, false)));
    }

    private static Stream<String> forgettingEips() {
        return new OutlivingBodyTest().forgetting().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("forgettingEips")
    void bodyThatNobodyHasAnyMoreIsDone(String how) throws Exception {
        put("a", "1\n2");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:nothing").process(it -> {});
            }
        });
        try (CapturedLogs logs = CapturedLogs.open()) {
            consume(
                    "bodyHoldTimeout=50&" + DELETE,
                    route -> forgetting().get(how).accept(route));
            poll();
            await().untilAsserted(() -> assertThat(stored()).isEmpty());
            assertThat(warnings(logs)).isEmpty();
        }
    }

    @Test
    void exchangeFromAConsumerTemplateThatIsDoneUnreadKeepsItsBody() throws Exception {
        put("a", "1");
        try (var template = context().createConsumerTemplate()) {
            Exchange exchange = template.receive(uri(DELETE), 5_000);
            template.doneUoW(exchange);

            assertThat(stored()).containsExactly("a=1");
            assertThat(texts(exchange.getMessage().getBody())).containsExactly("1");
        }
        await().untilAsserted(() -> assertThat(stored()).isEmpty());
    }

    /** Ways of a text that was made of a body into an exchange of its own. */
    private static Map<String, Consumer<RouteDefinition>> carryingTexts() {
        return Map.of(
                "wireTap", r -> r.convertBodyTo(String.class).wireTap("direct:failing"),
                "multicast to seda",
                        r -> r.convertBodyTo(String.class).multicast().to("seda:failing?pollTimeout=20", "mock:other"),
                "aggregate",
                        r -> r.convertBodyTo(String.class)
                                .aggregate(constant(1), lists())
                                .completionSize(1)
                                .to("direct:failing"));
    }

    private static Stream<String> waysOfTexts() {
        return carryingTexts().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("waysOfTexts")
    void versionStaysWhenAnExchangeWithItsTextFails(String way) throws Exception {
        put("a", "1");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                Processor failing = it -> {
                    waitForTest();
                    throw new IllegalStateException("the copy failed");
                };
                from("direct:failing").process(failing);
                from("seda:failing?pollTimeout=20").process(failing);
            }
        });
        if (way.equals("aggregate")) {
            go.countDown();
        }
        consume(DELETE, route -> carryingTexts().get(way).accept(route));
        try (CapturedLogs logs = CapturedLogs.open()) {
            poll();
            await().until(() -> arrived.getCount() == 0);
            assertThat(stored()).containsExactly("a=1");
            go.countDown();

            await().until(() -> !warnings(logs).isEmpty());
            assertThat(stored()).containsExactly("a=1");
        }
    }
}
