// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Orders for one step reach no other step, not even where the step fails. */
class OneStepOrdersRouteTest extends B2TestSupport {
    private static final String ABSENT = "absent-bucket-of-nobody";

    private String bucket;
    private String dead;
    private String tenant;

    @BeforeEach
    void makeBuckets() {
        bucket = B2.createBucket();
        dead = made("dead");
        tenant = made("tenant");
    }

    private static String made(String hint) {
        String name = B2.bucketName(hint);
        b2().state().createBucket(name);
        return name;
    }

    private void given(RouteBuilder routes) throws Exception {
        context().addRoutes(routes);
    }

    private DeadLetterChannelBuilder channel(RouteBuilder routes, boolean original) {
        DeadLetterChannelBuilder channel = new DeadLetterChannelBuilder("b2:" + dead);
        if (original) {
            channel.useOriginalMessage();
        }
        return channel;
    }

    private Map<String, Object> overridden() {
        return Map.of(
                B2Constants.OVERRIDE_BUCKET_NAME,
                ABSENT,
                "CamelB2OverrideFileName",
                "overridden",
                Exchange.FILE_NAME,
                "a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeadLetterChannelStoresInItsOwnBucket(boolean original) throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(channel(this, original));
                from("direct:start").to("b2:" + bucket);
            }
        });

        send("direct:start", "x", overridden());

        assertThat(b2().state().names(dead)).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeadLetterChannelToTheSameEndpointStoresThere(boolean original) throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(channel(this, original));
                from("direct:start").to("b2:" + dead);
            }
        });

        send("direct:start", "x", overridden());

        assertThat(b2().state().names(dead)).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeadLetterChannelAfterRedeliveriesStoresInItsOwnBucket(boolean original) throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(channel(this, original).maximumRedeliveries(2).redeliveryDelay(0));
                from("direct:start").toD("b2:" + bucket + "?operation=uploadFile", -1);
            }
        });

        send("direct:start", "x", overridden());

        assertThat(b2().state().names(dead)).containsExactly("a");
        assertThat(b2().state().names(bucket)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRedeliveryObeysTheOrderAgain(boolean fresh) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        given(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .maximumRedeliveries(3)
                        .redeliveryDelay(0)
                        .useOriginalMessage();
                from("direct:start")
                        .toD("b2:" + bucket + "?fileName=a" + (fresh ? "&requestTimeout=60000" : ""))
                        .setHeader("done", constant(true));
            }
        });
        String late = B2.bucketName("late");
        context().getManagementStrategy().addEventNotifier(new org.apache.camel.support.EventNotifierSupport() {
            @Override
            public void notify(org.apache.camel.spi.CamelEvent event) {
                if (event instanceof org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent
                        && tries.incrementAndGet() == 2) {
                    b2().state().createBucket(late);
                }
            }
        });

        send("direct:start", "x", Map.of(B2Constants.OVERRIDE_BUCKET_NAME, late));

        assertThat(b2().state().names(late)).containsExactly("a");
        assertThat(b2().state().names(bucket)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onExceptionAroundARouteWithoutErrorHandlerStoresInItsOwnBucket(boolean original) throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                var handled = onException(Exception.class).handled(true);
                if (original) {
                    handled.useOriginalMessage();
                }
                handled.to("b2:" + dead);
                from("direct:start").to("direct:inner");
            }
        });
        given(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:inner").to("b2:" + bucket);
            }
        });

        send("direct:start", "x", overridden());

        assertThat(b2().state().names(dead)).containsExactly("a");
    }

    @Test
    void anOrderThatTheFailureRouteSetsItselfCounts() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .handled(true)
                        .useOriginalMessage()
                        .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, constant(tenant))
                        .to("b2:" + dead);
                from("direct:start").to("b2:" + bucket).throwException(new IllegalStateException("later"));
            }
        });

        // An equal order of the message, which the first step obeyed.
        send("direct:start", "x", Map.of(B2Constants.OVERRIDE_BUCKET_NAME, tenant, Exchange.FILE_NAME, "a"));

        assertThat(b2().state().versions(tenant, "a")).hasSize(2);
        assertThat(b2().state().names(dead)).isEmpty();
    }

    @Test
    void anOrderThatWasObeyedDoesNotReachAStepThatHandlesALaterFailure() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(channel(this, true));
                from("direct:start")
                        .to("b2:" + bucket)
                        .split(constant("1,2"))
                        .throwException(new IllegalStateException("later"));
            }
        });

        trySending("direct:start", "x", Map.of(B2Constants.OVERRIDE_BUCKET_NAME, tenant, Exchange.FILE_NAME, "a"));

        assertThat(b2().state().versions(tenant, "a")).hasSize(1);
        assertThat(b2().state().names(dead)).containsExactly("a");
    }

    @Test
    void anOrderThatABranchHasObeyedDoesNotReachTheDeadLetterChannel() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(channel(this, true));
                from("direct:start")
                        .multicast()
                        .to("b2:" + bucket)
                        .end()
                        .throwException(new IllegalStateException("later"));
                from("direct:split")
                        .split(constant("1"))
                        .to("b2:" + bucket)
                        .end()
                        .throwException(new IllegalStateException("later"));
            }
        });

        for (String start : List.of("direct:start", "direct:split")) {
            send(start, "x", Map.of(B2Constants.OVERRIDE_BUCKET_NAME, tenant, Exchange.FILE_NAME, start));
        }

        assertThat(b2().state().versions(tenant)).hasSize(2);
        assertThat(b2().state().names(dead)).containsExactly("direct:split", "direct:start");
    }

    @Test
    void anOperationThatTheFailureRouteSetsItselfCounts() throws Exception {
        b2().state().put(bucket, "a", bytes("a"));
        b2().state().put(dead, "a", bytes("a"));
        given(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .handled(true)
                        .useOriginalMessage()
                        .setHeader(B2Constants.OPERATION, constant(B2Operations.hideFile))
                        .to("b2:" + dead);
                from("direct:start").to("b2:" + bucket).throwException(new IllegalStateException("later"));
            }
        });

        // An equal order of the message, which the first step obeyed; a constant is the same object everywhere.
        send("direct:start", "x", Map.of(B2Constants.OPERATION, B2Operations.hideFile, Exchange.FILE_NAME, "a"));

        assertThat(b2().state().versions(bucket)).hasSize(2);
        assertThat(b2().state().versions(dead))
                .extracting(it -> it.action())
                .containsExactlyInAnyOrder("hide", "upload");
    }

    @Test
    void doCatchDoesNotObeyTheOrderOfTheStepThatFailed() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .doTry()
                        .to("b2:" + bucket)
                        .doCatch(Exception.class)
                        .to("b2:" + dead)
                        .end();
            }
        });

        send("direct:start", "x", overridden());

        assertThat(b2().state().names(dead)).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast", "split", "recipientList"})
    void doCatchDoesNotObeyTheOrderOfABranchThatFailed(String kind) throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:multicast")
                        .doTry()
                        .multicast()
                        .stopOnException()
                        .to("b2:" + bucket)
                        .end()
                        .endDoTry()
                        .doCatch(Exception.class)
                        .to("b2:" + dead)
                        .end();
                from("direct:split")
                        .doTry()
                        .split(body())
                        .stopOnException()
                        .to("b2:" + bucket)
                        .end()
                        .endDoTry()
                        .doCatch(Exception.class)
                        .to("b2:" + dead)
                        .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, constant(tenant))
                        .to("b2:" + dead + "?fileName=ordered")
                        .end();
                from("direct:recipientList")
                        .doTry()
                        .recipientList(constant("b2:" + bucket))
                        .stopOnException()
                        .endDoTry()
                        .doCatch(Exception.class)
                        .to("b2:" + dead)
                        .end();
            }
        });

        send("direct:" + kind, "x", overridden());

        assertThat(b2().state().names(dead)).containsExactly("a");
        assertThat(b2().state().names(tenant)).hasSize(kind.equals("split") ? 1 : 0);
    }

    @Test
    void everyPartOfASplitObeysTheOrderAlsoWhereOneHasFailed() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .split(body().tokenize(","))
                        .process(it -> {
                            if (it.getMessage().getBody(String.class).equals("bad")) {
                                it.getMessage().setBody(null);
                            }
                        })
                        .doTry()
                        .toD("b2:" + bucket + "?fileName=${exchangeProperty.CamelSplitIndex}")
                        .doCatch(Exception.class)
                        .to("mock:failed")
                        .end();
            }
        });

        send("direct:start", "bad,1,bad,2", Map.of(B2Constants.OVERRIDE_BUCKET_NAME, tenant));

        assertThat(b2().state().names(tenant)).containsExactly("1", "3");
        assertThat(b2().state().names(bucket)).isEmpty();
    }

    @Test
    void eachBranchOfAMulticastObeysItsCopyOfTheOrder() throws Exception {
        String second = made("second");
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").multicast().to("b2:" + bucket + "?fileName=1", "b2:" + second + "?fileName=2");
            }
        });

        send("direct:start", "x", Map.of(B2Constants.OVERRIDE_BUCKET_NAME, tenant));

        assertThat(b2().state().names(tenant)).containsExactly("1", "2");
    }

    @Test
    void anOrderThatTheRouteSetsTwiceCountsTwice() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, constant(tenant))
                        .to("b2:" + bucket + "?fileName=1")
                        .setHeader(B2Constants.OVERRIDE_BUCKET_NAME, constant(tenant))
                        .to("b2:" + bucket + "?fileName=2")
                        .to("b2:" + bucket + "?fileName=3");
            }
        });

        send("direct:start", "x", Map.of());

        assertThat(b2().state().names(tenant)).containsExactly("1", "2");
        assertThat(b2().state().names(bucket)).containsExactly("3");
    }

    @Test
    void anOperationThatThereIsNotDoesNotReachTheDeadLetterChannel() throws Exception {
        given(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(channel(this, false));
                from("direct:start").to("b2:" + bucket);
            }
        });

        send("direct:start", "x", Map.of(B2Constants.OPERATION, "deleteEverything", Exchange.FILE_NAME, "a"));

        assertThat(b2().state().names(dead)).containsExactly("a");
    }

    @Test
    void anOrderOfAStepThatDoesNotReadItStaysForTheOneThatDoes() throws Exception {
        b2().state().put(bucket, "a", bytes("a"));
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("b2:" + bucket + "?fileName=b")
                        .to("b2:" + bucket + "?operation=deleteFiles&prefix=a");
            }
        });

        send("direct:start", "x", Map.of(B2Constants.DRY_RUN, true));

        assertThat(b2().state().names(bucket)).containsExactly("a", "b");
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.getShutdownStrategy().setTimeout(5);
        return made;
    }
}
