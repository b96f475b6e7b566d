// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Endpoint;
import io.github.camelb2.poll.claim.ConsumerMemory;
import io.github.camelb2.poll.claim.RecentKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What a consumer remembers, for how long, and with whom it shares that. */
class MemoryRouteTest extends ConsumerTestSupport {
    @TempDir
    Path directory;

    private JdbcConnectionPool database;

    @BeforeEach
    void openDatabase() {
        database = JdbcConnectionPool.create("jdbc:h2:mem:" + bucket + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    @AfterEach
    void closeDatabase() {
        database.dispose();
    }

    @Test
    void restartWithAFileRemembersWhatWasConsumed() throws Exception {
        put("a", "1");
        File file = directory.resolve("consumed").toFile();
        assertThat(runOnce(FileIdempotentRepository.fileIdempotentRepository(file)))
                .containsExactly("a=1");
        put("b", "1");

        assertThat(runOnce(FileIdempotentRepository.fileIdempotentRepository(file)))
                .containsExactly("b=1");
    }

    @Test
    void restartWithADatabaseRemembersWhatWasConsumed() throws Exception {
        put("a", "1");
        assertThat(runOnce(repository())).containsExactly("a=1");
        put("b", "1");

        assertThat(runOnce(repository())).containsExactly("b=1");
    }

    @Test
    void twoProcessesOnOneDatabaseConsumeEachVersionOnce() throws Exception {
        for (int i = 0; i < 60; i++) {
            put("f" + i, "1");
        }
        try (DefaultCamelContext one = another();
                DefaultCamelContext two = another()) {
            for (CamelContext it : List.of(one, two)) {
                it.getRegistry().bind("consumed", repository());
                consumeShared(it, 5);
            }

            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> pollUntilIdle(one));
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> pollUntilIdle(two));
            first.join();
            second.join();
        }

        assertThat(failures.all()).isEmpty();
        assertThat(delivered).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void versionInTheHandsOfOneProcessIsNotDeliveredToAnother() throws Exception {
        put("a", "1");
        try (DefaultCamelContext one = another();
                DefaultCamelContext two = another()) {
            two.getRegistry().bind("consumed", repository());
            consumeShared(two, 100);
            one.getRegistry().bind("consumed", repository());
            consumeIn(
                    one,
                    "idempotentRepository=#consumed",
                    route -> route.process(it -> {
                        pollIn(two);
                        delivered.add("one");
                    }));

            pollIn(one);
        }

        assertThat(delivered).containsExactly("one");
    }

    @Test
    void claimsGoWithTheirProcessAndLeaveOnlyWhatWasConsumed() throws Exception {
        put("a", "1");
        put("b", "1");

        runOnce(repository());

        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void whatTheLastProcessLeftUndoneIsDoneWithoutAnotherDelivery() throws Exception {
        put("a", "1");
        b2().faults().add("b2_delete_file_version #1: status 403 access_denied");
        deleteOnce(repository());
        assertThat(failures.messages()).hasSize(1);
        assertThat(stored()).containsExactly("a=1");
        failures.clear();

        assertThat(deleteOnce(repository())).isEmpty();

        assertThat(failures.all()).isEmpty();
        assertThat(stored()).isEmpty();
    }

    @Test
    void versionThatTheLastProcessPassedOverIsNotDeliveredByTheNext() throws Exception {
        put("a", "old");
        put("a", "new");
        assertThat(deleteOnce(repository())).containsExactly("a=new");

        assertThat(deleteOnce(repository())).isEmpty();

        assertThat(stored()).containsExactly("a=old");
    }

    @Test
    void claimsCanHaveADatabaseOfTheirOwn() throws Exception {
        put("a", "1");
        context().getRegistry().bind("claimed", new JdbcConsumedRepository(database, "claims"));

        consumeIn(
                context(),
                "inProgressRepository=#claimed",
                route -> route.process(it -> delivered.add("claims: " + rows())));

        assertThat(polled()).containsExactly("claims: 1");
        assertThat(rows()).isZero();
    }

    @Test
    void moreFilesThanTheMemoryHoldsFailThePollInsteadOfComingAgain() throws Exception {
        for (int i = 0; i < 6; i++) {
            put("f" + i, "1");
        }
        context().getRegistry().bind("small", MemoryIdempotentRepository.memoryIdempotentRepository(5));
        consume("idempotentRepository=#small");

        poll();
        poll();

        assertThat(failures.all()).hasSize(2);
        assertThat(failures.all().get(1))
                .hasMessageContaining("5 keys of the idempotentRepository, which is in memory")
                .hasMessageContaining("io.github.camelb2.poll.JdbcConsumedRepository")
                .hasMessageContaining("deleteAfterRead");
        assertThat(delivered).doesNotHaveDuplicates();
    }

    @Test
    void asManyFilesAsTheMemoryHoldsAreFine() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("f" + i, "1");
        }
        context().getRegistry().bind("small", MemoryIdempotentRepository.memoryIdempotentRepository(5));
        consume("idempotentRepository=#small");

        assertThat(polled()).hasSize(5);
        assertThat(polled()).isEmpty();
        assertThat(polled()).isEmpty();
    }

    @Test
    void filesThatAreDeletedNeedNoRoom() throws Exception {
        for (int i = 0; i < 20; i++) {
            put("f%02d".formatted(i), "1");
        }
        context().getRegistry().bind("small", MemoryIdempotentRepository.memoryIdempotentRepository(5));
        consume("idempotentRepository=#small&deleteAfterRead=true");

        assertThat(polled()).hasSize(20);
        assertThat(polled()).isEmpty();
    }

    @Test
    void keyOfTheUsersChoiceDecidesWhatIsNew() throws Exception {
        put("a", "same");
        consume("idempotentKey=RAW(${header.CamelB2FileName}-${header.CamelB2FoundContentSha1})");
        assertThat(polled()).containsExactly("a=same");

        put("a", "same");
        assertThat(polled()).isEmpty();
        put("a", "other");
        assertThat(polled()).containsExactly("a=other");
    }

    @Test
    void supersededVersionDoesNotUseUpTheKeyOfTheUsersChoice() throws Exception {
        put("a", "x");
        put("a", "y");
        consume("idempotentKey=RAW(${header.CamelB2FoundContentSha1})");
        assertThat(polled()).containsExactly("a=y");

        put("b", "x");

        assertThat(polled()).containsExactly("b=x");
    }

    @Test
    void keyThatIsEmptyFailsThePollByName() throws Exception {
        put("a", "1");
        consume("idempotentKey=RAW(${header.nothing})");

        poll();

        assertThat(failures.only()).hasMessageContaining("Option idempotentKey=${header.nothing} cannot be");
    }

    /** What a new process with that memory is delivered. */
    private List<String> runOnce(IdempotentRepository consumed) throws Exception {
        delivered.clear();
        try (DefaultCamelContext process = another()) {
            process.getRegistry().bind("consumed", consumed);
            consumeShared(process, 100);
            pollIn(process);
        }
        assertThat(failures.all()).isEmpty();
        return List.copyOf(delivered);
    }

    /** As {@link #runOnce}, with a process that deletes what it read. */
    private List<String> deleteOnce(IdempotentRepository consumed) throws Exception {
        delivered.clear();
        try (DefaultCamelContext process = another()) {
            process.getRegistry().bind("consumed", consumed);
            consumeIn(
                    process,
                    "idempotentRepository=#consumed&deleteAfterRead=true",
                    route -> route.process(this::record));
            pollIn(process);
        }
        return List.copyOf(delivered);
    }

    private int rows() throws SQLException {
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM CAMEL_B2_CONSUMED")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private IdempotentRepository repository() {
        DataSource source = database;
        return new JdbcConsumedRepository(source, "test");
    }

    private void consumeShared(CamelContext where, int atMost) throws Exception {
        consumeIn(
                where,
                "idempotentRepository=#consumed&maxMessagesPerPoll=" + atMost,
                route -> route.process(this::record));
    }

    private DefaultCamelContext another() {
        DefaultCamelContext made = new DefaultCamelContext();
        made.getRegistry().bind("failures", failures);
        configure(made.getComponent("b2", B2Component.class).getConfiguration());
        return made;
    }

    /** Without the claims of this process: those of the shared repository count. */
    @Override
    protected String uri(String options) {
        return super.uri(options).replace("&inProgressRepository=#claims", "");
    }

    private void pollUntilIdle(CamelContext where) {
        for (int idle = 0; idle < 3; ) {
            int before = delivered.size();
            pollIn(where);
            idle = delivered.size() == before ? idle + 1 : 0;
        }
    }

    private static void pollIn(CamelContext where) {
        ((B2Consumer) where.getRoute(ROUTE).getConsumer()).run();
    }

    /** As a reload of a YAML file does it: the route and its endpoint go, and come again. */
    @ParameterizedTest
    @CsvSource({"memoryName=orders, true", "delay=1h, false"})
    void memoryWithANameOutlivesItsEndpoint(String option, boolean isKept) throws Exception {
        put("a", "1");
        consume(option);
        assertThat(polled()).containsExactly("a=1");

        context().getRouteController().stopRoute(ROUTE);
        context().removeRoute(ROUTE);
        context().removeEndpoints("b2:*");
        put("b", "2");
        consume(option);

        assertThat(polled().contains("a=1")).isEqualTo(!isKept);
        assertThat(delivered).contains("b=2");
    }

    /** As Camel does it in {@code camel run --dev} when somebody saves the file. */
    @ParameterizedTest
    @CsvSource({"memoryName=orders, false", "delay=1h, true"})
    void yamlThatIsReloadedDeliversEverythingAgainUnlessItsMemoryHasAName(String option, boolean isAgain)
            throws Exception {
        put("a", "1");
        context().getRegistry().bind("recorder", (Processor) this::record);
        RouteWatcherReloadStrategy reload = new RouteWatcherReloadStrategy(
                Files.createDirectory(directory.resolve("watched")).toString());
        reload.setCamelContext(context());
        reload.setPollTimeout(20);
        context().addService(reload, true, true);
        reload.getResourceReload().onReload("route.yaml", yaml(option));
        assertThat(polled()).containsExactly("a=1");

        put("b", "2");
        reload.getResourceReload().onReload("route.yaml", yaml(option));

        assertThat(polled().contains("a=1")).isEqualTo(isAgain);
        assertThat(delivered).contains("b=2");
    }

    private Resource yaml(String option) throws IOException {
        Path file = Files.writeString(directory.resolve("route.yaml"), """
                - route:
                    id: %s
                    from:
                      uri: "%s"
                      steps:
                        - process:
                            ref: recorder
                """.formatted(ROUTE, uri(option)));
        return PluginHelper.getResourceLoader(context()).resolveResource("file:" + file);
    }

    @Test
    void memoryHasOneHome() {
        context().getRegistry().bind("keys", new RecentKeys(10));

        assertThatThrownBy(() -> consume("memoryName=orders&idempotentRepository=#keys"))
                .hasStackTraceContaining("Option memoryName=orders cannot be");
    }

    /** Other processes would take over what this one is still working on. */
    @Test
    void claimsAreRenewedUntilTheExchangesOfAStoppedConsumerEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        SharedKeys shared = new SharedKeys();
        context().getRegistry().bind("shared", shared);
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:slow?pollTimeout=20").process(it -> {
                    arrived.countDown();
                    go.await();
                });
                from("b2:" + bucket + "?startScheduler=false&idempotentRepository=#shared")
                        .routeId(ROUTE)
                        .to("seda:slow?pollTimeout=20");
            }
        });
        put("a", "1");
        poll();
        arrived.await();

        context().getRouteController().stopRoute(ROUTE);

        assertThat(renewals()).isEqualTo(1);
        go.countDown();
        await().untilAsserted(() -> assertThat(renewals()).isZero());
        assertThat(shared.keys).hasSize(1);
    }

    /** For an hour nobody else gets the version that an exchange of a stopped consumer still works on. */
    @Test
    void claimOfAStoppedConsumerIsRenewedAsLongAsItsExchangeLasts() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-07-01T00:00:00Z"));
        CountDownLatch go = new CountDownLatch(1);
        SharedKeys shared = new SharedKeys();
        context().getRegistry().bind("shared", shared);
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:slow?pollTimeout=20").process(it -> go.await());
                from("direct:work").routeId("work").to("seda:slow?pollTimeout=20");
            }
        });
        String key = put("a", "1").fileId();
        B2Endpoint endpoint = context().getEndpoint(uri("idempotentRepository=#shared"), B2Endpoint.class);
        B2Consumer consumer = new B2Consumer(
                endpoint,
                context().getRoute("work").getProcessor(),
                new ConsumerMemory(now::get, Duration.ofMillis(20)),
                now::get);
        IdempotentRepository ofAnother = new ConsumerMemory(now::get)
                .acquire(context(), endpoint.getConfiguration())
                .inProgress();
        consumer.start();
        consumer.run();

        consumer.stop();

        for (int minutes = 0; minutes < 60; minutes += 4) {
            long window = now.updateAndGet(it -> it.plus(Duration.ofMinutes(4))).getEpochSecond() / 300;
            await().until(() -> shared.keys.contains(key + "~lease-" + window));
            assertThat(ofAnother.add(key)).isFalse();
        }
        go.countDown();
        await().untilAsserted(() -> assertThat(shared.keys).containsExactly(key));
    }

    private static long renewals() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(it -> it.getName().contains("B2Claims"))
                .count();
    }

    /** As a database that several processes share. */
    private static final class SharedKeys implements IdempotentRepository {
        private final Set<String> keys = ConcurrentHashMap.newKeySet();

        @Override
        public boolean add(String key) {
            return keys.add(key);
        }

        @Override
        public boolean contains(String key) {
            return keys.contains(key);
        }

        @Override
        public boolean remove(String key) {
            return keys.remove(key);
        }

        @Override
        public boolean confirm(String key) {
            return true;
        }

        @Override
        public void clear() {
            keys.clear();
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}
    }
}
