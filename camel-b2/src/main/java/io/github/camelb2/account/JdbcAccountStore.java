// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.BucketEntry;

/**
 * One login in the tables of a database: short transactions, each done again when it met another one.
 *
 * <p>Every transaction is its own, also on a thread whose route has one open: a login that was made must not be undone
 * with the route's work, and a conflict here must not spoil that work. Changes of one login queue up behind the lock of
 * its row; the first statement of a change is a write, because SQLite refuses at once to turn a read into a write.
 */
final class JdbcAccountStore {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcAccountStore.class);

    /** Each conflict means that somebody else got on, so this many in a row take as many others. */
    private static final int ATTEMPTS = 50;

    /** How long one statement may take, and how long conflicts are met with another attempt. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final JdbcStatements sql;
    private final String loginName;
    private final InstantSource clock;

    JdbcAccountStore(DataSource dataSource, JdbcStatements sql, String loginName, InstantSource clock) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setQueryTimeout((int) TIMEOUT.toSeconds());
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.sql = sql;
        this.loginName = loginName;
        this.clock = clock;
    }

    /** Makes sure that the table is there; another JVM may create it at the same moment. */
    void requireTable(String table, String exists, String create, boolean mayCreate) {
        Optional<DataAccessException> missing = tryTo(exists);
        if (missing.isEmpty()) {
            return;
        }
        if (!mayCreate) {
            throw new IllegalStateException(
                    "Account table " + table + " cannot be read; create it, or set createTableIfNotExists=true",
                    missing.get());
        }
        Optional<DataAccessException> failed = tryTo(create);
        if (failed.isPresent() && tryTo(exists).isPresent()) {
            throw new IllegalStateException(
                    "Account table " + table + " cannot be created; create it by hand, or set createString to what this"
                            + " database understands",
                    failed.get());
        }
        LOG.info("Account table {} created", table);
    }

    Optional<AccountInfo> find() {
        return inTransaction("read the login", this::select);
    }

    void store(AccountInfo info) {
        inTransaction("store the login", () -> {
            boolean hadOne = lock();
            if (!hadOne) {
                // Inserted before anything else, so that of two first logins one fails here and tries again.
                jdbc.update(sql.insert(), parameters(info));
            }
            boolean sameAccount = hadOne && select().filter(info::isSameAccount).isPresent();
            if (!sameAccount) {
                jdbc.update(sql.buckets().clear(), loginName);
            }
            return hadOne ? jdbc.update(sql.update(), parameters(info)) : 1;
        });
    }

    void clear() {
        inTransaction("clear the login", () -> {
            lock();
            jdbc.update(sql.buckets().clear(), loginName);
            return jdbc.update(sql.delete(), loginName);
        });
    }

    List<BucketEntry> buckets() {
        return inTransaction(
                "read the buckets",
                () -> jdbc.query(
                        sql.buckets().query(),
                        (row, number) -> new BucketEntry(row.getString("bucketName"), row.getString("bucketId")),
                        loginName));
    }

    Optional<String> findBucketId(String bucketName) {
        return findText(sql.buckets().queryId(), bucketName);
    }

    Optional<String> findBucketName(String bucketId) {
        return findText(sql.buckets().queryName(), bucketId);
    }

    void saveBucket(BucketEntry bucket) {
        inTransaction("save a bucket", () -> {
            lock();
            return insert(bucket);
        });
    }

    void replaceBuckets(List<BucketEntry> buckets) {
        inTransaction("replace the buckets", () -> {
            lock();
            jdbc.update(sql.buckets().clear(), loginName);
            buckets.forEach(this::insert);
            return buckets;
        });
    }

    void removeBucket(String bucketName) {
        inTransaction("remove a bucket", () -> {
            lock();
            return jdbc.update(sql.buckets().delete(), loginName, bucketName);
        });
    }

    private Optional<String> findText(String query, String known) {
        return inTransaction(
                "read a bucket", () -> jdbc.query(query, (row, number) -> row.getString(1), loginName, known).stream()
                        .findFirst());
    }

    private boolean lock() {
        return jdbc.update(sql.lock(), loginName) > 0;
    }

    private int insert(BucketEntry bucket) {
        jdbc.update(sql.buckets().displace(), loginName, bucket.name(), bucket.id());
        return jdbc.update(sql.buckets().insert(), loginName, bucket.name(), bucket.id());
    }

    private Optional<AccountInfo> select() {
        return jdbc.query(sql.query(), (row, number) -> login(row), loginName).stream()
                .findFirst();
    }

    private static AccountInfo login(ResultSet row) throws SQLException {
        String s3ApiUrl = row.getString("s3ApiUrl");
        return new AccountInfo(
                row.getString("accountId"),
                row.getString("applicationKeyId"),
                row.getString("applicationKey"),
                row.getString("authToken"),
                row.getString("apiUrl"),
                row.getString("downloadUrl"),
                // Some databases store an empty text as null.
                s3ApiUrl == null ? "" : s3ApiUrl,
                row.getLong("recommendedPartSize"),
                row.getLong("absoluteMinimumPartSize"),
                AllowedJson.decode(row.getString("allowed")),
                row.getString("realm"));
    }

    private Object[] parameters(AccountInfo info) {
        return new Object[] {
            info.accountId(),
            info.applicationKeyId(),
            info.applicationKey(),
            info.authorizationToken(),
            info.apiUrl(),
            info.downloadUrl(),
            info.s3ApiUrl(),
            info.recommendedPartSize(),
            info.absoluteMinimumPartSize(),
            AllowedJson.encode(info.allowed()),
            info.realm(),
            loginName
        };
    }

    private Optional<DataAccessException> tryTo(String statement) {
        try {
            jdbc.execute(statement);
            return Optional.empty();
        } catch (DataAccessException refused) {
            return Optional.of(refused);
        }
    }

    private <T> T inTransaction(String what, Supplier<T> work) {
        Instant deadline = clock.instant().plus(TIMEOUT);
        for (int attempt = 1; ; attempt++) {
            try {
                return transactions.execute(status -> work.get());
            } catch (DataAccessException | TransactionException failure) {
                boolean late = attempt == ATTEMPTS || clock.instant().isAfter(deadline);
                if (late || !JdbcConflicts.isConflict(failure)) {
                    throw failed(what, failure);
                }
                LOG.debug("Account login {}: {} met another transaction at attempt {}", loginName, what, attempt);
            } catch (IllegalArgumentException unreadable) {
                throw new IllegalStateException(
                        "Account login " + loginName + " cannot be read; clear it and log in again: "
                                + unreadable.getMessage(),
                        unreadable);
            }
        }
    }

    private IllegalStateException failed(String what, RuntimeException failure) {
        String sentence = "Account login " + loginName + ": the database failed to " + what;
        if (JdbcConflicts.isConflict(failure)) {
            return new IllegalStateException(sentence + "; other transactions were in its way all the time", failure);
        }
        if (JdbcConflicts.isAboutValues(failure)) {
            // No cause: databases repeat the refused row in their messages, token and key included.
            return new IllegalStateException(sentence + " because a column refuses its value; compare the tables with"
                    + " those that createTableIfNotExists=true makes");
        }
        return new IllegalStateException(sentence + "; check that it is up and that its tables are there", failure);
    }
}
