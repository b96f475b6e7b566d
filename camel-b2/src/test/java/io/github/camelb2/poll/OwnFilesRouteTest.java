// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.aggregate.StringAggregationStrategy;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Constants;
import io.github.camelb2.CapturedLogs;

import static org.apache.camel.builder.Builder.body;
import static org.apache.camel.builder.Builder.constant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A route that stores files where it consumes does not feed itself; others who consume there get what it stores. */
class OwnFilesRouteTest extends ConsumerTestSupport {
    @TempDir
    Path directory;

    private String done() {
        return "b2:" + bucket + "?fileName=RAW(done/${file:onlyname})";
    }

    private String seda() {
        return "seda:store?pollTimeout=20";
    }

    private void storingRoutes() throws Exception {
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                String done = "b2:${exchangeProperty.bucket}?fileName=done/${file:onlyname}";
                from("direct:store").toD(done);
                from(seda()).toD(done);
            }
        });
    }

    /** Ways to store something in the bucket that the route consumes. */
    private Map<String, Consumer<RouteDefinition>> ways() {
        Map<String, Consumer<RouteDefinition>> ways = new TreeMap<>();
        ways.put("upload", r -> r.to(done()));
        ways.put("upload of a text", r -> r.setBody(constant("x")).to(done()));
        ways.put("large", r -> r.setBody(constant("x".repeat(5_000))).to(done()));
        ways.put("overwrite", r -> r.setBody(constant("x")).to("b2:" + bucket));
        ways.put("name that grows", r -> r.to("b2:" + bucket + "?fileName=RAW(${file:name}.bak)"));
        ways.put("copyFile", r -> r.setHeader(B2Constants.DESTINATION_FILE_NAME, constant("copy"))
                .to("b2:" + bucket + "?operation=copyFile"));
        ways.put("concatenateFiles", r -> r.process(it -> it.getMessage().setBody(List.of("x", "y")))
                .to("b2:" + bucket + "?operation=concatenateFiles&fileName=joined"));
        ways.put("hideFile", r -> r.to("b2:" + bucket + "?operation=hideFile"));
        ways.put("direct", r -> r.to("direct:store"));
        ways.put("seda", r -> r.to(seda()));
        ways.put("wireTap", r -> r.wireTap("direct:store"));
        ways.put("split", r -> r.split(body().tokenize("\n")).to(done()));
        ways.put("split to seda", r -> r.split(body().tokenize("\n")).to(seda()));
        ways.put("parallel multicast", r -> r.multicast().parallelProcessing().to("direct:store", "mock:other"));
        ways.put("enrich", r -> r.enrich("direct:store", (old, fresh) -> old));
        ways.put("toD", r -> r.toD("b2:" + bucket + "?fileName=done/${file:onlyname}"));
        ways.put("aggregate", r -> r.aggregate(constant(1), new StringAggregationStrategy())
                .completionSize(1)
                .to(done()));
        ways.put("threads", r -> r.threads(2).to(done()));
        ways.put("onCompletion", r -> r.onCompletion().to("direct:store").end().to("mock:other"));
        ways.put("doCatch", r -> r.doTry()
                .process(it -> {
                    throw new IllegalStateException("to be caught");
                })
                .doCatch(Exception.class)
                .to("direct:store")
                .end());
        ways.put(
                "exchange sent by a processor",
                r -> r.process(it -> it.getContext().createProducerTemplate().send("direct:store", it.copy())));
        return ways;
    }

    /** One bucket and one route for each way, in one context. */
    @Test
    void routeIsNotDeliveredWhatItStores() throws Exception {
        Map<String, String> buckets = new TreeMap<>();
        for (String way : ways().keySet()) {
            bucket = "own-files-" + buckets.size();
            b2().state().createBucket(bucket);
            buckets.put(way, bucket);
            put("in/a", "1");
            String uri = uri("includeHidden=true");
            Consumer<RouteDefinition> steps = ways().get(way);
            context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    steps.accept(from(uri)
                            .routeId(way)
                            .setProperty("bucket", constant(buckets.get(way)))
                            .process(it ->
                                    delivered.add(way + " " + it.getMessage().getHeader(B2Constants.FILE_NAME))));
                }
            });
        }
        storingRoutes();

        for (int i = 0; i < 3; i++) {
            buckets.keySet().forEach(it -> ((B2Consumer) context().getRoute(it).getConsumer()).run());
            await().until(claims::isEmpty);
            await().untilAsserted(() -> assertThat(buckets)
                    .allSatisfy((way, it) ->
                            assertThat(b2().state().versions(it)).as(way).hasSize(2)));
        }

        assertThat(delivered)
                .containsExactlyInAnyOrderElementsOf(
                        buckets.keySet().stream().map(it -> it + " in/a").toList());
    }

    @Test
    void onceItIsLoggedAndAlwaysCounted() throws Exception {
        put("in/a", "1");
        put("in/b", "1");
        try (CapturedLogs logs = CapturedLogs.open()) {
            consume("", route -> route.to(done()));
            poll();
            poll();

            assertThat(logs.lines())
                    .filteredOn(it -> it.contains("includeOwn=true"))
                    .singleElement()
                    .asString()
                    .contains("Route " + ROUTE)
                    .contains("bucket " + bucket);
        }
        assertThat(b2Consumer().getOwnFiles()).isEqualTo(2);
        HealthCheck check = (HealthCheck) b2Consumer().getHealthCheck();
        assertThat(check.call(Map.of()).getDetails()).containsEntry("b2.ownFiles", 2L);
    }

    @Test
    void includeOwnDeliversWhatTheRouteStores() throws Exception {
        put("in/a", "1");
        consume("includeOwn=true", route -> route.process(this::record).to(done()));

        assertThat(polled()).containsExactly("in/a=1");
        assertThat(polled()).containsExactly("done/a=1");
    }

    @Test
    void otherRoutesAreDeliveredWhatItStores() throws Exception {
        MemoryIdempotentRepository shared = new MemoryIdempotentRepository();
        context().getRegistry().bind("shared", shared);
        put("in/a", "1");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("prefix=done/&idempotentRepository=#shared"))
                        .routeId("other")
                        .process(OwnFilesRouteTest.this::record);
            }
        });
        consume("idempotentRepository=#shared", route -> route.to(done()));

        poll();
        poll();
        ((B2Consumer) context().getRoute("other").getConsumer()).run();

        assertThat(delivered).containsExactly("done/a=1");
    }

    /** They counted each other's files as their own. */
    @Test
    void consumersOfOneRepositoryThatDifferInSizesAreDeliveredWhatTheOtherStores() throws Exception {
        context().getRegistry().bind("shared", MemoryIdempotentRepository.memoryIdempotentRepository());
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("maxSize=4&idempotentRepository=#shared"))
                        .routeId("small")
                        .process(it -> record(it));
            }
        });
        consume("minSize=5&idempotentRepository=#shared", route -> route.setBody(constant("tiny"))
                .to(done()));
        put("a", "large");

        poll();
        ((B2Consumer) context().getRoute("small").getConsumer()).run();

        assertThat(delivered).containsExactly("done/a=tiny");
    }

    @Test
    void whatOthersStoreIsDelivered() throws Exception {
        consume("", route -> route.process(this::record).to(done()));
        put("in/a", "1");
        assertThat(polled()).containsExactly("in/a=1");

        put("done/a", "2");

        assertThat(polled()).containsExactly("done/a=2");
    }

    /** Nobody has consumed it, and what lies above it nobody shall. */
    @Test
    void versionThatTheRouteHasOverwrittenUnreadIsDelivered() throws Exception {
        put("in/a", "1");
        AtomicBoolean isFirst = new AtomicBoolean(true);
        consume("", route -> route.process(it -> {
                    record(it);
                    if (isFirst.getAndSet(false)) {
                        put("in/a", "2");
                    }
                })
                .setBody(constant("own"))
                .to("b2:" + bucket));
        assertThat(polled()).containsExactly("in/a=1");

        assertThat(polled()).containsExactly("in/a=2");
        assertThat(polled()).isEmpty();
    }

    @Test
    void afterARestartItIsNotDeliveredEither() throws Exception {
        put("in/a", "1");
        File memory = directory.resolve("consumed").toFile();

        runOnce(FileIdempotentRepository.fileIdempotentRepository(memory));
        runOnce(FileIdempotentRepository.fileIdempotentRepository(memory));

        assertThat(delivered).containsExactly("in/a=1");
        assertThat(b2().state().versions(bucket)).hasSize(2);
    }

    private void runOnce(IdempotentRepository memory) throws Exception {
        try (DefaultCamelContext process = new DefaultCamelContext()) {
            process.getRegistry().bind("failures", failures);
            process.getRegistry().bind("claims", new MemoryIdempotentRepository());
            process.getRegistry().bind("memory", memory);
            configure(process.getComponent("b2", B2Component.class).getConfiguration());
            consumeIn(process, "idempotentRepository=#memory", route -> route.process(this::record)
                    .to(done()));
            B2Consumer consumer = (B2Consumer) process.getRoute(ROUTE).getConsumer();
            consumer.run();
            consumer.run();
        }
    }

    /** It is stored, and would be stored again if its step failed. */
    @Test
    void stepSucceedsWhenTheRepositoryCannotRememberWhatItStored() throws Exception {
        context().getRegistry().bind("failing", new MemoryIdempotentRepository() {
            @Override
            public boolean add(String key) {
                if (key.contains("~own-")) {
                    throw new IllegalStateException("the database is away");
                }
                return super.add(key);
            }
        });
        put("in/a", "1");
        consume("idempotentRepository=#failing", route -> route.to(done()).process(this::record));

        assertThat(polled()).hasSize(1);
    }

    /** B2 has it, and the route has not heard so yet. */
    @Test
    void fileThatIsBeingStoredIsNotDeliveredToItsOwnRoute() throws Exception {
        storingRoutes();
        put("in/a", "1");
        consume("", route -> route.process(this::record)
                .setProperty("bucket", constant(bucket))
                .to(seda()));
        b2().faults().add("b2_copy_file #1: stall response 10");
        poll();
        await().until(() -> b2().state().names(bucket).contains("done/a"));

        poll();
        b2().faults().clear();
        await().until(() -> claims.isEmpty());
        poll();

        assertThat(delivered).containsExactly("in/a=1");
    }

    /** Each asks for the next new file, and would be given what it has stored for ever. */
    @Test
    void whoPollsABucketIsNotGivenWhatItStores() throws Exception {
        put("in/a", "1");
        enriching("");

        assertThat(enriched()).isEqualTo("1");
        assertThat(enriched()).isNull();
        assertThat(b2().state().versions(bucket)).hasSize(2);
    }

    /** A file in which a route keeps what it knows. */
    @Test
    void whoPollsOneFileIsGivenWhatItStored() throws Exception {
        put("done/a", "1");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:enrich")
                        .pollEnrich(uri("fileName=state"), 0)
                        .setBody(it -> it.getMessage().getBody(String.class) + "+")
                        .to("b2:" + bucket + "?fileName=state");
            }
        });
        put("state", "1");

        send("direct:enrich", "x", Map.of());
        send("direct:enrich", "x", Map.of());

        assertThat(stored()).contains("state=1++");
    }

    private void enriching(String options) throws Exception {
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:enrich")
                        .pollEnrich(uri(options), 0)
                        .choice()
                        .when(body().isNotNull())
                        .to(done())
                        .process(it -> it.getMessage().setBody("1"));
            }
        });
    }

    private String enriched() {
        Exchange answer = send("direct:enrich", "x", Map.of());
        return answer.getMessage().getBody(String.class);
    }
}
