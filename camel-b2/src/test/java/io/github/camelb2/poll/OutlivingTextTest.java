// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.apache.camel.processor.aggregate.StringAggregationStrategy;
import org.apache.camel.spi.AggregationRepository;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultExchangeHolder;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Constants;

import static org.apache.camel.builder.Builder.body;
import static org.apache.camel.builder.Builder.constant;
import static org.apache.camel.builder.Builder.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A version is not deleted, moved or hidden before the exchanges are done that have a text which was made of its body. */
class OutlivingTextTest extends ConsumerTestSupport {
    private static final String SEDA = "seda:late?pollTimeout=20";

    private final AtomicBoolean isFailing = new AtomicBoolean(true);

    private static String text(Exchange exchange) {
        return exchange.getMessage().getBody(String.class);
    }

    private static Exchange joined(Exchange old, Exchange fresh) {
        if (old == null) {
            fresh.getMessage().setBody(text(fresh));
            return fresh;
        }
        old.getMessage().setBody(text(old) + text(fresh));
        return old;
    }

    /** What is aggregated is neither of the two. */
    private static Exchange joinedInANewOne(Exchange old, Exchange fresh) {
        Exchange answer = new DefaultExchange(fresh.getContext());
        answer.getMessage().setBody((old == null ? "" : text(old)) + text(fresh));
        return answer;
    }

    private static AggregationStrategy lists() {
        return new GroupedBodyAggregationStrategy();
    }

    private static void aggregate(RouteDefinition route, AggregationStrategy strategy) {
        route.aggregate(constant(1), strategy).completionSize(2).to("direct:late");
    }

    /** Names of ways, and how the texts of two files come to exchanges that do the work later. */
    private static Map<String, Consumer<RouteDefinition>> ways() {
        Map<String, Consumer<RouteDefinition>> ways = new TreeMap<>();
        ways.put("list of texts", r -> aggregate(r.convertBodyTo(String.class), lists()));
        ways.put("list of bytes", r -> aggregate(r.convertBodyTo(byte[].class), lists()));
        ways.put("joined by Camel", r -> aggregate(r, new StringAggregationStrategy()));
        ways.put("joined by a strategy", r -> r.aggregate(constant(1), OutlivingTextTest::joined)
                .completionTimeout(100)
                .completionTimeoutCheckerInterval(20)
                .to("direct:late"));
        ways.put("joined in a new exchange", r -> aggregate(r, OutlivingTextTest::joinedInANewOne));
        ways.put(
                "list of exchanges",
                r -> aggregate(r.convertBodyTo(String.class), new GroupedExchangeAggregationStrategy()));
        ways.put("the first one only", r -> aggregate(r, (old, fresh) -> old == null ? fresh : old));
        ways.put("aggregated in another route", r -> r.convertBodyTo(String.class)
                .to("direct:aggregate"));
        ways.put("lines joined", r -> aggregateLines(r.split(body().tokenize(","))));
        ways.put("lines to seda", r -> r.split(body().tokenize(",")).streaming().to(SEDA));
        ways.put("lines to wireTap", r -> r.split(body().tokenize(",")).wireTap("direct:late"));
        ways.put("wireTap that makes a text", r -> r.wireTap("direct:late")
                .onPrepare(copy -> copy.getMessage().setBody(text(copy)))
                .end());
        ways.put("wireTap to seda that makes a text", r -> r.convertBodyTo(String.class)
                .wireTap(SEDA)
                .onPrepare(copy -> copy.getMessage().setBody(text(copy) + "!"))
                .end());
        ways.put("lines to seda from another route", r -> r.split(body().tokenize(","))
                .to("direct:seda"));
        ways.put("bodies to seda", r -> r.split(body()).to(SEDA));
        ways.put(
                "lines multicast to seda",
                r -> r.split(body().tokenize(",")).multicast().to(SEDA, "mock:other"));
        ways.put(
                "multicast to seda",
                r -> r.convertBodyTo(String.class).multicast().to(SEDA));
        ways.put("seda twice", r -> r.convertBodyTo(String.class).to("seda:relay?pollTimeout=20"));
        ways.put("resequenced", r -> r.convertBodyTo(String.class)
                .resequence(header(B2Constants.FILE_NAME))
                .batch()
                .timeout(50)
                .to("direct:late"));
        return ways;
    }

    private static void aggregateLines(org.apache.camel.model.SplitDefinition split) {
        split.aggregate(constant(1), new StringAggregationStrategy())
                .completionSize(4)
                .to("direct:late");
    }

    private void work(Exchange exchange) {
        if (isFailing.get()) {
            throw new IllegalStateException("what is done with the text failed");
        }
    }

    /** One bucket and one route for each way, in one context. */
    private Map<String, String> consumeInAllWays(String options) throws Exception {
        Map<String, String> buckets = new TreeMap<>();
        for (String way : ways().keySet()) {
            bucket = "texts-" + buckets.size();
            b2().state().createBucket(bucket);
            buckets.put(way, bucket);
            put("in/a", "1,2");
            put("in/b", "3,4");
            String uri = uri("prefix=in/&" + options);
            Consumer<RouteDefinition> steps = ways().get(way);
            context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    steps.accept(from(uri).routeId(way));
                }
            });
        }
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:late").process(OutlivingTextTest.this::work);
                from(SEDA).process(OutlivingTextTest.this::work);
                from("seda:relay?pollTimeout=20").to(SEDA);
                from("direct:seda").to(SEDA);
                from("direct:aggregate")
                        .aggregate(constant(1), lists())
                        .completionSize(2)
                        .to("direct:late");
            }
        });
        return buckets;
    }

    /** The ways that have left another number of files. */
    private static List<String> left(Map<String, String> buckets, int expected) {
        return buckets.keySet().stream()
                .filter(it -> b2().state().names(buckets.get(it)).size() != expected)
                .toList();
    }

    private void pollAll(Map<String, String> buckets) {
        buckets.keySet().forEach(it -> ((B2Consumer) context().getRoute(it).getConsumer()).run());
    }

    @Test
    void versionStaysUntilWhatHasItsTextHasSucceeded() throws Exception {
        Map<String, String> buckets = consumeInAllWays("deleteAfterRead=true");

        pollAll(buckets);
        await().until(claims::isEmpty);
        assertThat(left(buckets, 2)).isEmpty();

        isFailing.set(false);
        pollAll(buckets);
        await().until(claims::isEmpty);
        assertThat(left(buckets, 0)).isEmpty();
    }

    @Test
    void textsThatWaitInAnAggregationKeepTheirVersions() throws Exception {
        isFailing.set(false);
        put("a", "1");
        put("b", "2");
        consume("deleteAfterRead=true", route -> route.aggregate(constant(1), new StringAggregationStrategy())
                .completionSize(3)
                .process(it -> delivered.add(text(it))));
        poll();
        System.gc();
        poll();
        assertThat(stored()).hasSize(2);

        put("c", "3");
        poll();

        await().untilAsserted(() -> assertThat(stored()).isEmpty());
        assertThat(delivered).containsExactly("123");
    }

    @Test
    void linesThatOutliveTheTimeoutOfTheirSplitKeepTheVersion() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        put("a", "1,2");
        consume("deleteAfterRead=true", route -> route.split(body().tokenize(","))
                .parallelProcessing()
                .timeout(1_000)
                .process(it -> {
                    arrived.countDown();
                    go.await();
                    work(it);
                }));
        CompletableFuture<Void> poll = CompletableFuture.runAsync(this::poll);
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        poll.join();
        assertThat(stored()).containsExactly("a=1,2");

        go.countDown();

        await().until(() -> {
            // A line that the timeout has cancelled before it began is over when it is collected.
            System.gc();
            return claims.isEmpty();
        });
        assertThat(stored()).containsExactly("a=1,2");
    }

    /** What is on a disk is safe there. */
    @Test
    void aggregationThatIsWrittenToADiskKeepsTheTextInsteadOfTheVersion() throws Exception {
        put("a", "1");
        consume("deleteAfterRead=true", route -> route.convertBodyTo(String.class)
                .aggregate(constant(1), OutlivingTextTest::joined)
                .aggregationRepository(new SerializedExchanges())
                .completionSize(2)
                .process(it -> delivered.add(text(it))));
        poll();
        await().until(() -> {
            System.gc();
            return stored().isEmpty();
        });

        put("b", "2");
        poll();

        await().untilAsserted(() -> assertThat(delivered).containsExactly("12"));
        await().until(() -> stored().isEmpty());
    }

    /** As a repository on a disk: it has what can be serialised, and no exchange. */
    private static final class SerializedExchanges extends ServiceSupport implements AggregationRepository {
        private final Map<String, DefaultExchangeHolder> exchanges = new ConcurrentHashMap<>();

        @Override
        public Exchange add(CamelContext context, String key, Exchange exchange) {
            exchanges.put(key, DefaultExchangeHolder.marshal(exchange));
            return null;
        }

        @Override
        public Exchange get(CamelContext context, String key) {
            DefaultExchangeHolder known = exchanges.get(key);
            if (known == null) {
                return null;
            }
            Exchange exchange = new DefaultExchange(context);
            DefaultExchangeHolder.unmarshal(exchange, known);
            return exchange;
        }

        @Override
        public void remove(CamelContext context, String key, Exchange exchange) {
            exchanges.remove(key);
        }

        @Override
        public void confirm(CamelContext context, String exchangeId) {}

        @Override
        public Set<String> getKeys() {
            return exchanges.keySet();
        }
    }

    /** A redeploy must not lose what waits in an aggregation, of whatever route. */
    @ParameterizedTest
    @CsvSource({
        "direct:group, true",
        "direct:group, false",
        "seda:group?pollTimeout=20, true",
        "seda:group?pollTimeout=20, false"
    })
    void whatWaitsInAnAggregationStaysWhenItIsTakenDown(String group, boolean isOfTexts) throws Exception {
        for (boolean isContextStopped : new boolean[] {true, false}) {
            String from = "taken-down-" + group.substring(0, group.indexOf(':')) + '-' + isOfTexts + isContextStopped;
            B2.emulator().state().createBucket(from);
            B2.emulator().state().put(from, "a", "a".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            B2.emulator().state().put(from, "b", "b".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            try (DefaultCamelContext other = new DefaultCamelContext()) {
                B2Component component = new B2Component();
                component.getConfiguration().setRealm(B2.emulator().url());
                component.getConfiguration().setApplicationKeyId(B2.emulator().applicationKeyId());
                component.getConfiguration().setApplicationKey(B2.emulator().applicationKey());
                other.addComponent("b2", component);
                CountDownLatch both = new CountDownLatch(2);
                other.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        RouteDefinition consumer = from("b2:" + from + "?deleteAfterRead=true&initialDelay=0&delay=50");
                        (isOfTexts ? consumer.convertBodyTo(String.class) : consumer).to(group);
                        from(group)
                                .routeId("group")
                                .process(exchange -> both.countDown())
                                .aggregate(constant(true), new GroupedBodyAggregationStrategy())
                                .completionSize(100)
                                .to("mock:none");
                    }
                });
                other.start();
                assertThat(both.await(60, TimeUnit.SECONDS)).isTrue();
                if (!isContextStopped) {
                    other.getRouteController().stopRoute("group");
                    other.removeRoute("group");
                }
            }
            assertThat(B2.emulator().state().names(from)).containsExactly("a", "b");
        }
    }
}
