// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.camelb2.account.Databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JdbcConsumedRepositoryTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"h2", "sqlite", "postgres"})
    void keyIsNewOnce(String database) throws Exception {
        try (HikariDataSource pool = pool(database)) {
            JdbcConsumedRepository repository = started(pool, "one");

            assertThat(repository.add("key")).isTrue();
            assertThat(repository.add("key")).isFalse();
            assertThat(repository.contains("key")).isTrue();
            assertThat(repository.remove("key")).isTrue();
            assertThat(repository.contains("key")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "sqlite", "postgres"})
    void thereIsRoomForTheLongestNames(String database) throws Exception {
        try (HikariDataSource pool = pool(database)) {
            JdbcConsumedRepository repository = started(pool, "one");
            String key = "é".repeat(512) + "-" + "0".repeat(40);

            assertThat(repository.add(key)).isTrue();
            assertThat(repository.contains(key)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "sqlite", "postgres"})
    void placesOfSweepsAreKeptAndReplaced(String database) throws Exception {
        try (HikariDataSource pool = pool(database)) {
            String longest = "é".repeat(2_000);
            JdbcConsumedRepository repository = started(pool, "one");
            assertThat(repository.getState("sweep")).isNull();
            repository.setState("sweep", "first");
            started(pool, "other").setState("sweep", "of another");

            race(4, () -> {
                started(pool, "one").setState("sweep", longest);
                return null;
            });

            assertThat(started(pool, "one").getState("sweep")).isEqualTo(longest);
            assertThat(started(pool, "other").getState("sweep")).isEqualTo("of another");
            assertThat(repository.contains("sweep")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "sqlite", "postgres"})
    void keysOfOneConsumerAreNotThoseOfAnother(String database) throws Exception {
        try (HikariDataSource pool = pool(database)) {
            started(pool, "one").add("key");

            assertThat(started(pool, "other").contains("key")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "sqlite", "postgres"})
    void ofManyWhoAddTheSameKeysEachKeyIsNewToOne(String database) throws Exception {
        try (HikariDataSource pool = pool(database)) {
            int keys = 200;
            Queue<String> wins = new ConcurrentLinkedQueue<>();
            race(4, () -> {
                JdbcConsumedRepository repository = started(pool, "one");
                for (int i = 0; i < keys; i++) {
                    if (repository.add("key" + i)) {
                        wins.add("key" + i);
                    }
                }
                return null;
            });

            assertThat(wins).hasSize(keys).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "sqlite", "postgres"})
    void manyKeysAreAddedAndAskedForAtATime(String database) throws Exception {
        try (HikariDataSource pool = pool(database)) {
            JdbcConsumedRepository repository = started(pool, "one");
            List<String> keys =
                    IntStream.range(0, 2_500).mapToObj(i -> "key" + i).toList();
            repository.add("key7");
            started(pool, "other").addAll(List.of("key2499", "key2500"));

            repository.addAll(keys.subList(0, 2_400));
            repository.addAll(List.of());

            assertThat(repository.containedOf(keys)).hasSize(2_400).doesNotContain("key2400", "key2499");
            assertThat(repository.containedOf(List.of("key2399", "key2400"))).containsExactly("key2399");
            assertThat(repository.containedOf(List.of())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "sqlite", "postgres"})
    void manyWhoAddTheSameKeysAtATimeAddEachOnce(String database) throws Exception {
        try (HikariDataSource pool = pool(database)) {
            List<String> keys =
                    IntStream.range(0, 1_000).mapToObj(i -> "key" + i).toList();
            started(pool, "one");
            race(4, () -> {
                started(pool, "one").addAll(keys);
                return null;
            });

            assertThat(started(pool, "one").containedOf(keys)).hasSize(1_000);
        }
    }

    /** A database without the comparison of rows answers the other question. */
    @Test
    void databaseWithoutRowsOfColumnsIsAskedForOne() throws Exception {
        try (HikariDataSource pool = pool("h2")) {
            JdbcConsumedRepository repository = started(pool, "one");
            repository.addAll(List.of("a", "b"));
            List<String> asked = new ArrayList<>();
            repository.setJdbcTemplate(new JdbcTemplate(pool) {
                @Override
                public <T> List<T> queryForList(String sql, Class<T> type, Object... values) {
                    asked.add(sql);
                    if (sql.contains("(processorName, messageId) IN")) {
                        throw new BadSqlGrammarException("ask", sql, new SQLException("no rows here"));
                    }
                    return super.queryForList(sql, type, values);
                }
            });

            assertThat(repository.containedOf(List.of("a", "c"))).containsExactly("a");
            assertThat(repository.containedOf(List.of("b", "c"))).containsExactly("b");

            assertThat(asked).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void keyThatIsTooLongIsAnErrorAndNoDuplicate(String database) throws Exception {
        try (HikariDataSource pool = pool(database)) {
            JdbcConsumedRepository repository = started(pool, "one");

            assertThatThrownBy(() -> repository.add("x".repeat(1_101))).isInstanceOf(DataAccessException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "sqlite", "postgres"})
    void tableCanHaveAnotherName(String database) throws Exception {
        try (HikariDataSource pool = pool(database)) {
            JdbcConsumedRepository repository = new JdbcConsumedRepository(pool, "one");
            repository.setTableName("CONSUMED_HERE");
            repository.start();
            repository.add("k".repeat(1_000));

            try (var connection = pool.getConnection();
                    var rows = connection.createStatement().executeQuery("SELECT messageId FROM CONSUMED_HERE")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    private static void race(int threads, Callable<Void> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            for (Future<Void> it : running) {
                it.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static JdbcConsumedRepository started(HikariDataSource pool, String consumer) {
        JdbcConsumedRepository repository = new JdbcConsumedRepository(pool, consumer);
        repository.start();
        return repository;
    }

    private HikariDataSource pool(String database) throws SQLException {
        String url =
                switch (database) {
                    case "h2" -> Databases.h2Url();
                    case "sqlite" ->
                        Databases.sqliteUrl(directory.resolve("consumed.db"))
                                + "?journal_mode=WAL&busy_timeout=10000&transaction_mode=IMMEDIATE";
                    default -> Databases.postgresUrl();
                };
        return Databases.pool(url, 4);
    }
}
