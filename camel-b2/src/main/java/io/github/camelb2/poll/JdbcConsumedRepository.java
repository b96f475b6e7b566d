// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.StateRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.camelb2.poll.claim.BulkRepository;

/**
 * Remembers in a database what a consumer has consumed, for restarts and for several processes on one bucket.
 *
 * <p>It is Camel's {@link JdbcMessageIdRepository} with three differences. Its table {@code CAMEL_B2_CONSUMED} has room
 * for B2's longest names. Adding a key is one INSERT, so that of two processes that add the same key exactly one is
 * told that it was new, and the other gets {@code false} instead of an exception, on every database with primary keys.
 * And two processes may create the table at the same moment. The account needs SELECT, INSERT and DELETE; creating the
 * table can be left to somebody else with {@code createTableIfNotExists=false}:
 *
 * <pre>{@code
 * CREATE TABLE CAMEL_B2_CONSUMED (
 *   processorName VARCHAR(255) NOT NULL,
 *   messageId VARCHAR(1100) NOT NULL,
 *   createdAt TIMESTAMP,
 *   PRIMARY KEY (processorName, messageId))
 * }</pre>
 *
 * <p>Databases that limit the bytes of a key (MySQL: 3,072) take {@code VARCHAR(300)} for {@code messageId}, which has
 * room for the file ids that are the default keys. As {@code checkpoint} it has a second table, which is made when it is
 * needed:
 *
 * <pre>{@code
 * CREATE TABLE CAMEL_B2_CONSUMED_STATE (
 *   processorName VARCHAR(255) NOT NULL,
 *   stateKey VARCHAR(255) NOT NULL,
 *   stateValue VARCHAR(4000),
 *   PRIMARY KEY (processorName, stateKey))
 * }</pre>
 *
 * <p>Needs camel-sql. Thread-safe.
 */
public class JdbcConsumedRepository extends JdbcMessageIdRepository
        implements BulkRepository, StateRepository<String, String> {
    /** <a href="https://www.sqlite.org/rescode.html#constraint">SQLite: SQLITE_CONSTRAINT</a>. */
    private static final int SQLITE_CONSTRAINT = 19;

    /**
     * H2 compares every row that it finds with the whole list, so that a list of 1,000 takes it twice as long as five of
     * 200; on the other side of a network each list is a round trip. Oracle takes none beyond 1,000.
     */
    private static final int MOST_KEYS = 200;

    private static final String TABLE = "CAMEL_B2_CONSUMED";
    private static final String PLACEHOLDER = "CAMEL_MESSAGEPROCESSED";
    private static final String CREATE = "CREATE TABLE " + PLACEHOLDER + " (processorName VARCHAR(255) NOT NULL,"
            + " messageId VARCHAR(1100) NOT NULL, createdAt TIMESTAMP, PRIMARY KEY (processorName, messageId))";

    private static final String STATE_COLUMNS = " (processorName VARCHAR(255) NOT NULL, stateKey VARCHAR(255) NOT NULL,"
            + " stateValue VARCHAR(4000), PRIMARY KEY (processorName, stateKey))";

    /**
     * Whether the database compares rows of columns with a list of rows. H2 uses its index for nothing else, and some
     * databases do not know it.
     */
    private volatile boolean knowsRows = true;

    private volatile boolean hasStateTable;

    private final InstantSource clock = InstantSource.system();

    /** To be filled by setters: {@code dataSource} (or jdbcTemplate and transactionTemplate) and processorName. */
    public JdbcConsumedRepository() {
        setTableName(TABLE);
    }

    /** @param processorName tells the consumers that share a table apart: one name for each, the same in every process */
    public JdbcConsumedRepository(DataSource dataSource, String processorName) {
        super(dataSource, processorName);
        setTableName(TABLE);
    }

    /** Unlike the setter of its base class, this one is in use. */
    @Override
    public void setDataSource(DataSource dataSource) {
        super.setDataSource(dataSource);
        setJdbcTemplate(new JdbcTemplate(dataSource));
        setTransactionTemplate(createTransactionTemplate(dataSource));
    }

    @Override
    protected void doInit() throws Exception {
        String ownCreate = ownCreateString();
        super.doInit();
        // Setting a table name resets every statement to Camel's, with its 100 characters for a key.
        setCreateString(ownCreate == null ? CREATE.replace(PLACEHOLDER, tableName()) : ownCreate);
    }

    private @Nullable String ownCreateString() {
        String set = getCreateString();
        return Objects.equals(set, DEFAULT_CREATE_STRING) ? null : set;
    }

    private String tableName() {
        String name = getTableName();
        return name == null ? PLACEHOLDER : name;
    }

    @Override
    protected void doStart() throws Exception {
        try {
            super.doStart();
        } catch (DataAccessException e) {
            if (!tableExists()) {
                throw e;
            }
            log.debug("Another process created the table {} at the same moment", getTableName());
        }
    }

    private boolean tableExists() {
        try {
            jdbcTemplate.execute(getTableExistsString());
            return true;
        } catch (DataAccessException e) {
            log.debug("Table {} cannot be read", getTableName(), e);
            return false;
        }
    }

    @Override
    public boolean add(String key) {
        try {
            return insert(key) == 1;
        } catch (DataAccessException e) {
            if (isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Spring knows what most databases say to a duplicate, and not what SQLite says. */
    private static boolean isDuplicate(DataAccessException failure) {
        return failure instanceof DuplicateKeyException
                || failure.getMostSpecificCause() instanceof SQLException sql
                        && sql.getErrorCode() == SQLITE_CONSTRAINT
                        && sql.getSQLState() == null;
    }

    @Override
    public Set<String> containedOf(Collection<String> keys) {
        if (!DEFAULT_QUERY_STRING.replace(DEFAULT_TABLENAME, tableName()).equals(getQueryString())) {
            // Whoever set another query wants another answer.
            return keys.stream().filter(this::contains).collect(Collectors.toSet());
        }
        List<String> all = List.copyOf(keys);
        Set<String> found = new HashSet<>();
        for (int from = 0; from < all.size(); from += MOST_KEYS) {
            found.addAll(among(all.subList(from, Math.min(all.size(), from + MOST_KEYS))));
        }
        return found;
    }

    private List<String> among(List<String> keys) {
        List<String> padded = padded(keys);
        if (knowsRows) {
            try {
                return ask(
                        "(processorName, messageId) IN (" + commas("(?, ?)", padded.size()) + ")",
                        padded.stream().flatMap(key -> Stream.of(processorName, key)));
            } catch (BadSqlGrammarException e) {
                log.debug("This database compares no rows of columns with a list", e);
                knowsRows = false;
            }
        }
        return ask(
                "processorName = ? AND messageId IN (" + commas("?", padded.size()) + ")",
                Stream.concat(Stream.of(processorName), padded.stream()));
    }

    private List<String> ask(String condition, Stream<String> parameters) {
        String sql = "SELECT messageId FROM " + tableName() + " WHERE " + condition;
        Object[] values = parameters.toArray();
        return Objects.requireNonNull(
                transactionTemplate.execute(status -> jdbcTemplate.queryForList(sql, String.class, values)));
    }

    /** Of a few lengths only, because a database prepares a statement for each of them. */
    private static List<String> padded(List<String> keys) {
        int length = 8;
        while (length < keys.size()) {
            length *= 5;
        }
        List<String> padded = new ArrayList<>(keys);
        padded.addAll(Collections.nCopies(length - keys.size(), keys.get(0)));
        return padded;
    }

    private static String commas(String item, int count) {
        return String.join(", ", Collections.nCopies(count, item));
    }

    /** Where the sweep of a consumer is, for the option {@code checkpoint}. Needs UPDATE as well, and a table of its own. */
    @Override
    public void setState(String key, String value) {
        ensureStateTable();
        if (update(key, value) == 0) {
            try {
                write(
                        "INSERT INTO " + stateTable() + " (stateValue, processorName, stateKey) VALUES (?, ?, ?)",
                        key,
                        value);
            } catch (DataAccessException e) {
                if (!isDuplicate(e)) {
                    throw e;
                }
                update(key, value);
            }
        }
    }

    private int update(String key, String value) {
        return write(
                "UPDATE " + stateTable() + " SET stateValue = ? WHERE processorName = ? AND stateKey = ?", key, value);
    }

    private int write(String sql, String key, String value) {
        return Objects.requireNonNull(
                transactionTemplate.execute(status -> jdbcTemplate.update(sql, value, processorName, key)));
    }

    @Override
    public @Nullable String getState(String key) {
        ensureStateTable();
        String sql = "SELECT stateValue FROM " + stateTable() + " WHERE processorName = ? AND stateKey = ?";
        List<String> found = Objects.requireNonNull(transactionTemplate.execute(
                status -> jdbcTemplate.queryForList(sql, String.class, processorName, key)));
        return found.isEmpty() ? null : found.get(0);
    }

    private String stateTable() {
        return tableName() + "_STATE";
    }

    /** Only who sets {@code checkpoint} needs the table. */
    private void ensureStateTable() {
        if (hasStateTable || isStateTableThere()) {
            hasStateTable = true;
            return;
        }
        if (isCreateTableIfNotExists()) {
            try {
                jdbcTemplate.execute("CREATE TABLE " + stateTable() + STATE_COLUMNS);
            } catch (DataAccessException e) {
                if (!isStateTableThere()) {
                    throw e;
                }
                log.debug("Another process created the table {} at the same moment", stateTable());
            }
            hasStateTable = true;
        }
    }

    private boolean isStateTableThere() {
        try {
            jdbcTemplate.execute("SELECT 1 FROM " + stateTable() + " WHERE 1 = 0");
            return true;
        } catch (DataAccessException e) {
            log.debug("Table {} cannot be read", stateTable(), e);
            return false;
        }
    }

    @Override
    public void addAll(Collection<String> keys) {
        Set<String> known = containedOf(keys);
        List<String> fresh = keys.stream().filter(it -> !known.contains(it)).toList();
        Timestamp now = Timestamp.from(clock.instant());
        List<Object[]> rows = fresh.stream()
                .map(key -> new Object[] {processorName, key, now})
                .toList();
        try {
            transactionTemplate.executeWithoutResult(status -> jdbcTemplate.batchUpdate(getInsertString(), rows));
        } catch (DataAccessException e) {
            log.debug("One of {} keys could not be added with the others", fresh.size(), e);
            fresh.forEach(this::add);
        }
    }
}
