// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessResourceException;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Constants;
import io.github.camelb2.account.Databases;
import io.github.camelb2.client.api.B2ThrottledException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two processes, here two contexts, compete for one bucket through one database, while one request in twenty fails, the
 * routes fail at random, the database fails now and then, and the contexts are stopped and made anew.
 *
 * <p>What must hold: every version is processed; a version is processed again once for each time that remembering it
 * failed, and for no other reason; nothing stays claimed; the heap does not grow. The figures are logged.
 */
class ConsumerSoakTest extends ConsumerTestSupport {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerSoakTest.class);
    private static final int VERSIONS =
            Integer.getInteger("soak.versions", Boolean.getBoolean("soak") ? 100_000 : 2_000) / 2;
    private static final int RESTARTS = VERSIONS > 1_000 ? 24 : 4;
    private static final int HICCUP = 97;
    private static final long MOST_GROWTH = 48L << 20;
    private static final String AT_RANDOM = "at random, ";

    /** By file id how often its route came to its end. */
    private final Map<String, AtomicInteger> processed = new ConcurrentHashMap<>();

    private final AtomicInteger rollbacks = new AtomicInteger();
    private final AtomicInteger remembering = new AtomicInteger();
    private final AtomicInteger hiccups = new AtomicInteger();
    private final AtomicInteger restarts = new AtomicInteger();
    private final List<Throwable> unexpected = new CopyOnWriteArrayList<>();
    private final List<Long> heap = new ArrayList<>();
    private final Random random = new Random(20_260_701);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"kept, ''", "deleted, &deleteAfterRead=true"})
    void everyVersionIsProcessedWhateverHappens(String mode, String options) throws Exception {
        for (int i = 0; i < VERSIONS; i++) {
            // One in ten has a name that others have as well.
            put("f%06d".formatted(i % 10 == 0 ? i % 1000 : i), String.valueOf(i));
        }
        b2().faults().add("* 5% seed 7: status 503 service_unavailable");
        long start = System.nanoTime();

        long refused;
        try (HikariDataSource database = Databases.pool("jdbc:h2:file:" + directory.resolve("consumed"), 8)) {
            compete(database, options);
            refused = b2().faults().fired();
            b2().faults().clear();
            assertThat(rows(database, "LIKE"))
                    .as("claims and notes left behind")
                    .isZero();
        }

        long repeats = processed.values().stream().mapToLong(it -> it.get() - 1).sum();
        LOG.info(
                "{}: {} versions in {} s, {} requests refused by B2, {} rollbacks, {} restarts, {} repeats after {} times that the"
                        + " memory failed, heap in use {} to {} KiB",
                mode,
                VERSIONS,
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                refused,
                rollbacks,
                restarts,
                repeats,
                hiccups,
                heap.get(0) >> 10,
                heap.get(heap.size() - 1) >> 10);
        assertThat(unexpected).isEmpty();
        assertThat(processed).hasSize(VERSIONS);
        assertThat(refused).isPositive();
        assertThat(repeats).isEqualTo(hiccups.get());
        assertThat(rollbacks.get()).isPositive();
        assertThat(hiccups.get()).isPositive();
        assertThat(heap.get(heap.size() - 1) - heap.get(0)).isLessThan(MOST_GROWTH);
    }

    private void compete(HikariDataSource database, String options) throws Exception {
        List<DefaultCamelContext> processes =
                new ArrayList<>(List.of(process(database, options), process(database, options)));
        try {
            for (int i = 1; i <= RESTARTS; i++) {
                int enough = VERSIONS / (RESTARTS + 1) * i;
                await().atMost(Duration.ofMinutes(2)).until(() -> processed.size() >= enough);
                restart(processes, database, options);
                heap.add(heapInUse());
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> processed.size() == VERSIONS);
            await().atMost(Duration.ofMinutes(1)).until(() -> rows(database, "NOT LIKE") == VERSIONS);
            boolean isKept = options.isEmpty();
            await().atMost(Duration.ofMinutes(1)).until(() -> versions() == (isKept ? VERSIONS : 0));
        } finally {
            processes.forEach(DefaultCamelContext::stop);
        }
        heap.add(heapInUse());
    }

    /** Ends one of the processes and begins another in its place. */
    private void restart(List<DefaultCamelContext> processes, HikariDataSource database, String options)
            throws Exception {
        int which = random.nextInt(processes.size());
        processes.get(which).stop();
        processes.set(which, process(database, options));
        restarts.incrementAndGet();
    }

    private DefaultCamelContext process(HikariDataSource database, String options) throws Exception {
        DefaultCamelContext made = new DefaultCamelContext();
        made.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        made.getShutdownStrategy().setTimeout(60);
        made.getRegistry().bind("failures", new Sorted(made));
        made.getRegistry().bind("consumed", new Forgetful(database));
        configure(made.getComponent("b2", B2Component.class).getConfiguration());
        String uri = "b2:" + bucket + "?exceptionHandler=#failures&idempotentRepository=#consumed"
                + "&includeVersions=all&initialDelay=0&delay=10&maxMessagesPerPoll=50" + options;
        made.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(uri)
                        .routeId(ROUTE)
                        .threads()
                        .poolSize(2)
                        .maxPoolSize(4)
                        .maxQueueSize(20)
                        .process(ConsumerSoakTest.this::work);
            }
        });
        made.start();
        return made;
    }

    /** Keeps what no route and no database was told to throw, and nothing of the thousands that they were. */
    private final class Sorted implements ExceptionHandler {
        private volatile boolean isStopping;

        /** Before the components: their clients end their waits while the context still says that it is started. */
        Sorted(CamelContext process) {
            process.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStopping(CamelContext stopping) {
                    isStopping = true;
                }
            });
        }

        @Override
        public void handleException(Throwable exception) {
            boolean isMeant = exception instanceof TransientDataAccessResourceException
                    || String.valueOf(exception.getMessage()).startsWith(AT_RANDOM)
                    || isRefusedWhileStopping(exception);
            if (!isMeant && unexpected.size() < 10) {
                unexpected.add(exception);
            }
        }

        /** A context that stops waits for no second try; its successor does what was refused. */
        private boolean isRefusedWhileStopping(Throwable exception) {
            return ObjectHelper.getException(B2ThrottledException.class, exception) != null && isStopping;
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handleException(exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            handleException(exception);
        }
    }

    /** A memory in a database that fails now and then just when a version is to be remembered. */
    private final class Forgetful extends JdbcConsumedRepository {
        Forgetful(HikariDataSource database) {
            super(database, "soak");
        }

        @Override
        public boolean add(String key) {
            if (!key.contains("~") && remembering.incrementAndGet() % HICCUP == 0) {
                hiccups.incrementAndGet();
                throw new TransientDataAccessResourceException("the database is away for a moment");
            }
            return super.add(key);
        }
    }

    private void work(Exchange exchange) {
        int dice = Math.floorMod(exchange.getExchangeId().hashCode(), 100);
        if (dice < 3) {
            rollbacks.incrementAndGet();
            throw new IllegalStateException(AT_RANDOM + "before the body");
        }
        byte[] body = exchange.getMessage().getBody(byte[].class);
        if (dice < 5) {
            rollbacks.incrementAndGet();
            throw new IllegalStateException(AT_RANDOM + "after the body");
        }
        assertThat(Integer.parseInt(new String(body, StandardCharsets.UTF_8))).isNotNegative();
        processed
                .computeIfAbsent(
                        exchange.getMessage().getHeader(B2Constants.FILE_ID, String.class), id -> new AtomicInteger())
                .incrementAndGet();
    }

    private int versions() {
        return b2().state().versions(bucket).size();
    }

    /** How many rows are, or are not, claims and notes beside the keys of versions. */
    private static int rows(HikariDataSource database, String operator) throws SQLException {
        try (var connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT COUNT(*) FROM CAMEL_B2_CONSUMED WHERE messageId " + operator + " '%~%'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static long heapInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
