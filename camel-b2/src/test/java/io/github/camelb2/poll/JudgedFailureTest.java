// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.apache.camel.builder.Builder.body;
import static org.apache.camel.builder.Builder.constant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A failure of a copy that the route of the version has caught is no failure; delivering it again would meet it again and
 * again.
 */
class JudgedFailureTest extends ConsumerTestSupport {
    private static Map<String, Consumer<RouteDefinition>> caught() {
        Map<String, Consumer<RouteDefinition>> ways = new TreeMap<>();
        ways.put("multicast in doTry", r -> r.doTry()
                .multicast()
                .stopOnException()
                .to("direct:bad", "direct:good")
                .end()
                .endDoTry()
                .doCatch(Exception.class)
                .end());
        ways.put("parallel multicast in doTry", r -> r.doTry()
                .multicast()
                .parallelProcessing()
                .stopOnException()
                .to("direct:bad", "direct:good")
                .end()
                .endDoTry()
                .doCatch(Exception.class)
                .end());
        ways.put("recipientList in doTry", r -> r.doTry()
                .recipientList(constant("direct:bad,direct:good"))
                .stopOnException()
                .endDoTry()
                .doCatch(Exception.class)
                .end());
        ways.put("split of the body in doTry", r -> r.doTry()
                .split(body())
                .to("direct:bad")
                .end()
                .endDoTry()
                .doCatch(Exception.class)
                .end());
        ways.put("lines in doTry", r -> r.doTry()
                .split(body().tokenize(","))
                .stopOnException()
                .to("direct:bad")
                .end()
                .endDoTry()
                .doCatch(Exception.class)
                .end());
        ways.put("lines whose failures a strategy leaves out", r -> r.split(
                        body().tokenize(","),
                        (old, fresh) -> old == null && fresh.getException() != null ? null : fresh)
                .to("direct:bad-first"));
        ways.put("enrich in doTry", r -> r.doTry()
                .enrich("direct:bad")
                .endDoTry()
                .doCatch(Exception.class)
                .end());
        ways.put("circuitBreaker with a fallback", r -> r.circuitBreaker()
                .to("direct:bad")
                .onFallback()
                .to("direct:good")
                .end());
        return ways;
    }

    /** Failures that nobody of the route has seen. */
    private static Map<String, Consumer<RouteDefinition>> unseen() {
        Map<String, Consumer<RouteDefinition>> ways = new TreeMap<>();
        ways.put("branch of a multicast", r -> r.multicast().to("direct:bad", "direct:good"));
        ways.put("wireTap beside another failure that is caught", r -> r.wireTap("direct:bad")
                .delay(50)
                .doTry()
                .throwException(new IllegalStateException("caught"))
                .doCatch(Exception.class)
                .end());
        return ways;
    }

    private Map<String, String> consumeEach(Map<String, Consumer<RouteDefinition>> ways) throws Exception {
        Map<String, String> buckets = new TreeMap<>();
        for (Map.Entry<String, Consumer<RouteDefinition>> way : ways.entrySet()) {
            bucket = "judged-" + ways.size() + "-" + buckets.size();
            b2().state().createBucket(bucket);
            buckets.put(way.getKey(), bucket);
            put("a", "1,2");
            String uri = uri("deleteAfterRead=true");
            context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    way.getValue().accept(from(uri).routeId(way.getKey()));
                }
            });
        }
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:good").process(it -> {});
                from("direct:bad").throwException(new IllegalStateException("the copy failed"));
                from("direct:bad-first")
                        .filter(body().isEqualTo("1"))
                        .throwException(new IllegalStateException("the line failed"));
            }
        });
        buckets.keySet().forEach(it -> ((B2Consumer) context().getRoute(it).getConsumer()).run());
        await().until(() -> {
            // Branches that were not begun any more after the failure are over when they are collected.
            System.gc();
            return claims.isEmpty();
        });
        return buckets;
    }

    private static List<String> kept(Map<String, String> buckets) {
        return buckets.keySet().stream()
                .filter(it -> !b2().state().names(buckets.get(it)).isEmpty())
                .toList();
    }

    @Test
    void versionIsDeletedWhenItsRouteHasCaughtTheFailure() throws Exception {
        assertThat(kept(consumeEach(caught()))).isEmpty();
    }

    @Test
    void versionStaysWhenNobodyHasSeenTheFailure() throws Exception {
        Map<String, Consumer<RouteDefinition>> ways = unseen();

        assertThat(kept(consumeEach(ways))).containsExactlyElementsOf(ways.keySet());
    }

    /** The fallback has decided, and what the first attempt comes to is nobody's business; until then it may read the body. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void versionStaysAsLongAsAnAttemptThatTookTooLongGoesOn(boolean isSuccess) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        put("a", "1");
        consume("deleteAfterRead=true", route -> route.circuitBreaker()
                .resilience4jConfiguration()
                .timeoutEnabled(true)
                .timeoutDuration(500)
                .end()
                .process(it -> {
                    awaitWhateverHappens(go);
                    record(it);
                    if (!isSuccess) {
                        throw new IllegalStateException("too late");
                    }
                })
                .onFallback()
                .process(it -> {})
                .end());
        poll();
        assertThat(stored()).containsExactly("a=1");

        go.countDown();

        await().until(() -> stored().isEmpty());
        assertThat(delivered).containsExactly("a=1");
    }

    /** The circuit breaker interrupts what takes too long, and not everybody listens. */
    private static void awaitWhateverHappens(CountDownLatch go) {
        while (go.getCount() > 0) {
            try {
                go.await();
            } catch (InterruptedException e) {
                // It goes on waiting, which is what this is about.
            }
        }
    }
}
