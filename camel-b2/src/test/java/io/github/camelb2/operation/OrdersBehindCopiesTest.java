// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.processor.DefaultProcessorFactory;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;
import org.apache.camel.reifier.ProcessorReifier;
import org.apache.camel.saga.InMemorySagaService;
import org.apache.camel.spi.ProcessorFactory;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.support.service.ServiceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** An order that a copy of a message has obeyed reaches no step behind the EIP that made the copy. */
class OrdersBehindCopiesTest extends B2TestSupport {
    private static final String ABSENT = "absent-bucket-of-nobody";
    private static final AggregationStrategy ORIGINAL = new UseOriginalAggregationStrategy();

    private String main;
    private String tenant;

    @BeforeEach
    void makeBuckets() {
        main = B2.createBucket();
        tenant = B2.bucketName("tenant");
        b2().state().createBucket(tenant);
    }

    /** A step that stores under that name, in the main bucket if nothing orders another one. */
    private String step(String name) {
        return "b2:" + main + "?fileName=" + name;
    }

    private void given(RouteBuilder routes) throws Exception {
        context().addRoutes(routes);
    }

    private Exchange sendOrdered(String bucket) {
        return trySending("direct:start", "x", Map.of(B2Constants.OVERRIDE_BUCKET_NAME, bucket));
    }

    /** What has the step one in it, or in copies of its own. */
    enum Copying {
        SPLIT,
        SPLIT_ORIGINAL,
        SPLIT_PARALLEL,
        NESTED,
        MULTICAST,
        MULTICAST_PARALLEL,
        RECIPIENT_LIST,
        ENRICH,
        ENRICH_ORIGINAL,
        ENRICH_DIRECT,
        LOOP_COPY,
        ROUTING_SLIP,
        DYNAMIC_ROUTER,
        FAILOVER,
        ROUND_ROBIN,
        SAGA
    }

    private void given(Copying kind) throws Exception {
        if (kind == Copying.SAGA) {
            context().addService(new InMemorySagaService());
        }
        given(new RouteBuilder() {
            @Override
            public void configure() {
                String one = step("one");
                var start = from("direct:start");
                var behind =
                        switch (kind) {
                            case SPLIT -> start.split(body()).to(one).end();
                            case SPLIT_ORIGINAL ->
                                start.split(body(), ORIGINAL).to(one).end();
                            case SPLIT_PARALLEL ->
                                start.split(body()).parallelProcessing().to(one).end();
                            case NESTED ->
                                start.multicast(ORIGINAL).to("direct:nested").end();
                            case MULTICAST -> start.multicast(ORIGINAL).to(one).end();
                            case MULTICAST_PARALLEL ->
                                start.multicast(ORIGINAL)
                                        .parallelProcessing()
                                        .to(one)
                                        .end();
                            case RECIPIENT_LIST ->
                                start.recipientList(constant(one))
                                        .aggregationStrategy(ORIGINAL)
                                        .end();
                            case ENRICH -> start.enrich(one);
                            case ENRICH_ORIGINAL -> start.enrich(one, (old, fresh) -> old);
                            case ENRICH_DIRECT -> start.enrich("direct:one", (old, fresh) -> old);
                            case LOOP_COPY -> start.loop(1).copy().to(one).end();
                            case ROUTING_SLIP ->
                                start.routingSlip(constant(one)).end();
                            case DYNAMIC_ROUTER -> start.dynamicRouter(method(Once.class, "next(*, '" + one + "')"));
                            case FAILOVER ->
                                start.loadBalance().failover().to(one).end();
                            case ROUND_ROBIN ->
                                start.loadBalance().roundRobin().to(one).end();
                            case SAGA -> start.saga().to(one);
                        };
                behind.to(step("two"));
                from("direct:nested").split(body()).to(one);
                from("direct:one").to(one);
            }
        });
    }

    /** Routes a message to one step. */
    public static final class Once {
        public String next(Exchange exchange, String step) {
            return exchange.getProperty(Exchange.SLIP_ENDPOINT) == null ? step : null;
        }
    }

    @ParameterizedTest
    @EnumSource
    void neitherTheStepBehindNorDoCatchObeysWhatACopyHasObeyed(Copying kind) throws Exception {
        given(kind);
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caught")
                        .doTry()
                        .to("direct:start")
                        .doCatch(Exception.class)
                        .to(step("caught"))
                        .end();
            }
        });

        assertThat(sendOrdered(tenant).getException()).isNull();
        Exchange failed = trySending("direct:caught", "x", Map.of(B2Constants.OVERRIDE_BUCKET_NAME, ABSENT));

        assertThat(b2().state().names(tenant)).containsExactly("one");
        // Behind a splitter that does not stop the message goes on as if nothing had failed.
        assertThat(failed.getException()).isNull();
        assertThat(b2().state().versions(main)).hasSize(2);
        assertThat(b2().state().names(main)).isSubsetOf("two", "caught").contains("two");
    }

    @Test
    void anOrderThatNoCopyHasObeyedIsForTheStepBehind() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .split(constant("1,2"))
                        .filter(body().isEqualTo("3"))
                        .to(step("never"))
                        .end()
                        .end()
                        .multicast(ORIGINAL)
                        .to("direct:nothing")
                        .end()
                        .to(step("one"));
                from("direct:nothing").setBody(constant("nothing"));
            }
        });

        sendOrdered(tenant);

        assertThat(b2().state().names(tenant)).containsExactly("one");
    }

    @Test
    void anOrderThatTheRouteSetsBehindCountsAlsoWhereItIsTheVerySame() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, header("tenant"))
                        .split(body())
                        .to(step("one"))
                        .end()
                        .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, header("tenant"))
                        .to(step("two"))
                        .doTry()
                        .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, header("tenant"))
                        .multicast(ORIGINAL)
                        .stopOnException()
                        .to(step("three"))
                        .to("direct:failing")
                        .endDoTry()
                        .doCatch(IllegalStateException.class)
                        .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, header("tenant"))
                        .to(step("four"))
                        .end();
                from("direct:failing")
                        .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, header("tenant"))
                        .to(step("failing"))
                        .throwException(new IllegalStateException("failing"));
            }
        });

        send("direct:start", "x", Map.of("tenant", tenant));

        assertThat(b2().state().names(main)).isEmpty();
        assertThat(b2().state().names(tenant)).containsExactly("failing", "four", "one", "three", "two");
    }

    @Test
    void eachCopyObeysAndThenNobody() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .multicast(ORIGINAL)
                        .parallelProcessing()
                        .to(step("1"), step("2"), "direct:split")
                        .end()
                        .to(step("5"));
                from("direct:split")
                        .split(constant("3,4"))
                        .toD(step("${body}"))
                        .end()
                        .to(step("own"));
            }
        });

        sendOrdered(tenant);

        assertThat(b2().state().names(tenant)).containsExactly("1", "2", "3", "4");
        assertThat(b2().state().names(main)).containsExactly("5", "own");
    }

    @Test
    void aWireTapAndTheRouteGoTheirOwnWays() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .split(body())
                        .wireTap("direct:tap")
                        .to(ExchangePattern.InOnly, "seda:queue")
                        .end()
                        .to("direct:wait")
                        .to(step("route"));
                from("direct:tap").to(step("tap")).to(step("tap-next"));
                from("seda:queue").to(step("queue")).to(step("queue-next"));
                from("direct:wait").process(exchange -> await("tap-next", "queue-next"));
            }
        });

        sendOrdered(tenant);

        // Whoever is first: what another line of the message does says nothing of the order of this one.
        assertThat(b2().state().names(tenant)).containsExactly("queue", "route", "tap");
        assertThat(b2().state().names(main)).containsExactly("queue-next", "tap-next");
    }

    private void await(String... names) {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> b2().state().names(main).containsAll(List.of(names)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFailoverDoesNotObeyTheOrderThatFailed(boolean nested) throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .loadBalance()
                        .failover()
                        .to(nested ? "direct:vault" : step("first"))
                        .to(step("second"))
                        .end()
                        .to(step("behind"));
                from("direct:vault")
                        .errorHandler(noErrorHandler())
                        .multicast()
                        .stopOnException()
                        .to(step("first"));
            }
        });

        assertThat(sendOrdered(ABSENT).getException()).isNull();

        assertThat(b2().state().names(main)).containsExactly("behind", "second");
    }

    @Test
    void aFailoverObeysTheOrderThatItsAlternativeSetsAgain() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .loadBalance()
                        .failover()
                        .to("direct:first", "direct:second")
                        .end()
                        .to(step("behind"));
                from("direct:first")
                        .errorHandler(noErrorHandler())
                        .to(step("one"))
                        .throwException(new IllegalStateException("later"));
                from("direct:second")
                        .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, header("tenant"))
                        .to(step("two"));
            }
        });

        send("direct:start", "x", Map.of(B2Constants.OVERRIDE_BUCKET_NAME, tenant, "tenant", tenant));

        assertThat(b2().state().names(tenant)).containsExactly("one", "two");
        assertThat(b2().state().names(main)).containsExactly("behind");
    }

    @Test
    void aFailoverObeysAnOrderThatItsFirstAlternativeHasNotReached() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .loadBalance()
                        .failover()
                        .to("direct:broken")
                        .to(step("second"))
                        .end();
                from("direct:broken")
                        .errorHandler(noErrorHandler())
                        .throwException(new IllegalStateException("broken"));
            }
        });

        sendOrdered(tenant);

        assertThat(b2().state().names(tenant)).containsExactly("second");
    }

    @Test
    void aRedeliveryOfTheAlternativeObeysAgain() throws Exception {
        String late = B2.bucketName("late");
        given(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler()
                        .maximumRedeliveries(2)
                        .redeliveryDelay(0)
                        .onRedelivery(it -> {
                            if (it.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) == 2) {
                                b2().state().createBucket(late);
                            }
                        }));
                from("direct:start")
                        .loadBalance()
                        .failover(-1, true, false, false)
                        .to(step("first"))
                        .to(step("second"))
                        .end();
            }
        });

        assertThat(sendOrdered(late).getException()).isNull();

        assertThat(b2().state().names(late)).containsExactly("first");
        assertThat(b2().state().names(main)).isEmpty();
    }

    @Test
    void aDryRunStaysForTheStepBehind() throws Exception {
        b2().state().put(main, "a", bytes("a"));
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .split(body())
                        .to("b2:" + main + "?operation=deleteFiles&prefix=a")
                        .end()
                        .to("b2:" + main + "?operation=deleteFiles&prefix=a");
            }
        });

        send("direct:start", "x", Map.of(B2Constants.DRY_RUN, true));

        assertThat(b2().state().names(main)).containsExactly("a");
    }

    @Test
    void anOperationThatACopyHasObeyedIsNotDoneAgain() throws Exception {
        b2().state().put(main, "a", bytes("a"));
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").split(body()).to(step("a")).end().to(step("b"));
            }
        });

        send("direct:start", "x", Map.of(B2Constants.OPERATION, "deleteAllFileVersions"));

        assertThat(b2().state().names(main)).containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void theFallbackOfACircuitBreakerDoesNotObeyTheOrderThatFailed(String dsl) throws Exception {
        context().getCamelContextExtension().addContextPlugin(ProcessorFactory.class, new Breakers());
        if (dsl.equals("java")) {
            given(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:start")
                            .circuitBreaker()
                            .to(step("one"))
                            .onFallback()
                            .to(step("fallback"))
                            .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, constant(tenant))
                            .to(step("ordered"))
                            .end()
                            .to(step("behind"));
                }
            });
        } else {
            String yaml = """
                    - from:
                        uri: direct:start
                        steps:
                          - circuitBreaker:
                              steps:
                                - to: %s
                              onFallback:
                                steps:
                                  - to: %s
                                  - setHeader: {name: CamelB2OverrideBucketName, constant: %s}
                                  - to: %s
                          - to: %s
                    """.formatted(step("one"), step("fallback"), tenant, step("ordered"), step("behind"));
            PluginHelper.getRoutesLoader(context()).loadRoutes(ResourceHelper.fromString("routes.yaml", yaml));
        }

        assertThat(sendOrdered(ABSENT).getException()).isNull();

        assertThat(b2().state().names(main)).containsExactly("behind", "fallback");
        assertThat(b2().state().names(tenant)).containsExactly("ordered");
    }

    /** Circuit breakers that are always closed, and work as those of Resilience4j: on a copy, the fallback without. */
    private static final class Breakers extends DefaultProcessorFactory {
        @Override
        public Processor createProcessor(Route route, NamedNode node) throws Exception {
            return node instanceof CircuitBreakerDefinition breaker
                    ? new Breaker(route, breaker).createProcessor()
                    : super.createProcessor(route, node);
        }
    }

    private static final class Breaker extends ProcessorReifier<CircuitBreakerDefinition> {
        Breaker(Route route, CircuitBreakerDefinition breaker) {
            super(route, breaker);
        }

        @Override
        public Processor createProcessor() throws Exception {
            Processor steps = createChildProcessor(true);
            Processor fallback =
                    createOutputsProcessor(definition.getOnFallback().getOutputs());
            ServiceHelper.startService(steps, fallback);
            return new DelegateAsyncProcessor(exchange -> {
                Exchange copy = ExchangeHelper.createCorrelatedCopy(exchange, false);
                steps.process(copy);
                if (copy.getException() == null) {
                    ExchangeHelper.copyResults(exchange, copy);
                } else {
                    fallback.process(exchange);
                }
            });
        }
    }

    @Test
    void theStepsOfASagaAndItsCompensationObeyOneOrderEach() throws Exception {
        context().addService(new InMemorySagaService());
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .saga()
                        .compensation("direct:compensate")
                        .option(B2Constants.OVERRIDE_BUCKET_NAME, header(B2Constants.OVERRIDE_BUCKET_NAME))
                        .to(step("1"))
                        .to(step("2"))
                        .throwException(new IllegalStateException("later"));
                from("direct:compensate").setBody(constant("x")).to(step("3")).to(step("4"));
            }
        });

        assertThat(sendOrdered(tenant).getException()).isNotNull();

        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(b2().state().names(main)).containsExactly("2", "4"));
        assertThat(b2().state().names(tenant)).containsExactly("1", "3");
    }

    @Test
    void theStepBehindAnAggregatorObeysTheOrderOfItsMessageOnce() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .split(constant("1,2"))
                        .aggregate(constant(true), new UseLatestAggregationStrategy())
                        .completionSize(2)
                        .to(step("aggregated"))
                        .to(step("next"))
                        .end()
                        .end()
                        .to(step("behind"));
            }
        });

        sendOrdered(tenant);

        // The aggregated message is a line of its own.
        await("next");
        assertThat(b2().state().names(tenant)).containsExactly("aggregated", "behind");
        assertThat(b2().state().names(main)).containsExactly("next");
    }

    @Test
    void itHoldsInRoutesThatNameNoEndpointOfB2() throws Exception {
        String account = "&realm=" + b2().url() + "&applicationKeyId=" + b2().applicationKeyId()
                + "&applicationKey=RAW(" + b2().applicationKey() + ")";
        try (CamelContext bare = new DefaultCamelContext()) {
            bare.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:start")
                            .recipientList(header("one"))
                            .aggregationStrategy(ORIGINAL)
                            .end()
                            .toD("${header.two}");
                }
            });
            bare.start();

            bare.createProducerTemplate()
                    .sendBodyAndHeaders(
                            "direct:start",
                            "x",
                            Map.of(
                                    "one",
                                    step("one") + account,
                                    "two",
                                    step("two") + account,
                                    B2Constants.OVERRIDE_BUCKET_NAME,
                                    tenant));
        }

        assertThat(b2().state().names(tenant)).containsExactly("one");
        assertThat(b2().state().names(main)).containsExactly("two");
    }
}
