// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.camelb2.client.api.AccountInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What goes wrong with a database, and what must not. */
class JdbcFailuresTest {
    private static final String TOKEN = "s3cret token that is longer than the column";

    private final List<HikariDataSource> pools = new ArrayList<>();

    @AfterEach
    void closePools() {
        pools.forEach(HikariDataSource::close);
    }

    @Test
    void aMissingDataSourceIsNamed() {
        assertThatThrownBy(() -> new JdbcAccountInfoRepository().start())
                .hasMessageContaining("option dataSource must be set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a; DROP TABLE b", "", "1abc", "a.b.c", "\"a\""})
    void aTableNameThatIsNoneIsRefused(String name) {
        JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository(pool(Databases.h2Url()), "default");
        repository.setTableName(name);

        assertThatThrownBy(repository::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option tableName=" + name);
    }

    @Test
    void missingTablesAreReportedWhereTheyMustNotBeCreated() {
        JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository(pool(Databases.h2Url()), "default");
        repository.setCreateTableIfNotExists(false);

        assertThatThrownBy(repository::find)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CAMEL_B2_ACCOUNT")
                .hasMessageContaining("createTableIfNotExists=true");
    }

    @Test
    void aCreateStringThatTheDatabaseRefusesIsReported() {
        JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository(pool(Databases.h2Url()), "default");
        repository.setCreateString("CREATE NONSENSE");

        assertThatThrownBy(repository::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("createString");
    }

    @Test
    void aDatabaseThatIsDownIsReported() {
        HikariDataSource pool = pool(Databases.h2Url());
        JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository(pool, "default");
        repository.store(Logins.withToken("token-1"));
        pool.close();

        assertThatThrownBy(repository::find)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Account login default: the database failed to read the login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void aTokenThatDoesNotFitAppearsInNoMessage(String database) throws Exception {
        String url = database.equals("h2") ? Databases.h2Url() : Databases.postgresUrl();
        JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository(pool(url), "default");
        repository.setStoreApplicationKey(true);
        repository.setCreateString(JdbcDialect.standard
                .createLogins("CAMEL_B2_ACCOUNT")
                .replace("authToken VARCHAR(4000) NOT NULL", "authToken VARCHAR(5), more VARCHAR(5) NOT NULL"));
        AccountInfo tooLong = Logins.withToken(TOKEN);
        AccountInfo fitting = Logins.withToken("fits");

        for (AccountInfo login : List.of(tooLong, fitting)) {
            assertThatThrownBy(() -> repository.store(login))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a column refuses its value")
                    .hasNoCause()
                    .hasMessageNotContaining("s3cret")
                    .hasMessageNotContaining("K001+secret");
        }
    }

    @Test
    void restrictionsThatAreNoJsonAreReportedAndCanBeCleared() throws Exception {
        HikariDataSource pool = pool(Databases.h2Url());
        JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository(pool, "default");
        repository.store(Logins.withToken("token-1"));
        Databases.execute(pool, "UPDATE CAMEL_B2_ACCOUNT SET allowed = 'nonsense'");

        assertThatThrownBy(repository::find)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Account login default cannot be read; clear it");
        repository.clear();

        repository.store(Logins.withToken("token-2"));
        assertThat(repository.find()).isPresent();
    }

    @Test
    void twoFirstUsersCreateTheTablesAtOnce() throws Exception {
        String url = Databases.postgresUrl();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> starts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                HikariDataSource pool = pool(url);
                starts.add(() -> {
                    new JdbcAccountInfoRepository(pool, "default").store(Logins.withToken("token"));
                    return null;
                });
            }
            for (Future<Void> started : threads.invokeAll(starts)) {
                started.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(new JdbcAccountInfoRepository(pool(url), "default").find()).isPresent();
    }

    @Test
    void aLoginOutlivesTheRolledBackTransactionOfTheRoute() throws Exception {
        HikariDataSource pool = pool(Databases.h2Url());
        JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository(pool, "default");
        TransactionTemplate route = new TransactionTemplate(new DataSourceTransactionManager(pool));

        route.executeWithoutResult(status -> {
            repository.store(Logins.withToken("token-1"));
            status.setRollbackOnly();
        });

        assertThat(repository.find()).isPresent();
    }

    @Test
    void aLoginIsReadInsideAFailedTransactionOfTheRoute() throws Exception {
        HikariDataSource pool = pool(Databases.postgresUrl());
        JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository(pool, "default");
        repository.store(Logins.withToken("token-1"));
        TransactionTemplate route = new TransactionTemplate(new DataSourceTransactionManager(pool));

        route.executeWithoutResult(status -> {
            status.setRollbackOnly();
            // From now on PostgreSQL refuses every statement of that transaction.
            assertThatThrownBy(() -> new JdbcTemplate(pool).execute("SELECT nonsense"))
                    .isInstanceOf(DataAccessException.class);

            assertThat(repository.find()).isPresent();
        });
    }

    @Test
    void aRowThatIsLockedIsWaitedFor() throws Exception {
        HikariDataSource pool = pool(Databases.h2Url());
        JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository(pool, "default");
        repository.store(Logins.withToken("token-1"));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Connection holder = pool.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("UPDATE CAMEL_B2_ACCOUNT SET realm = realm");

            Future<?> stored = other.submit(() -> repository.store(Logins.withToken("token-2")));
            // H2 gives up a lock after 2 s unless told otherwise; the repository must not.
            await().during(Duration.ofMillis(2_500))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !stored.isDone());
            holder.commit();

            stored.get();
        } finally {
            other.shutdownNow();
        }
        assertThat(repository.find().orElseThrow().authorizationToken()).isEqualTo("token-2");
    }

    private HikariDataSource pool(String url) {
        HikariDataSource pool = Databases.pool(url, 4);
        pools.add(pool);
        return pool;
    }
}
