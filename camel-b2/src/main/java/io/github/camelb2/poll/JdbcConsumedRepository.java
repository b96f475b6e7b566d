// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.sql.SQLException;
import java.util.Objects;

import javax.sql.DataSource;

import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

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
 * room for the file ids that are the default keys. Needs camel-sql. Thread-safe.
 */
public class JdbcConsumedRepository extends JdbcMessageIdRepository {
    /** <a href="https://www.sqlite.org/rescode.html#constraint">SQLite: SQLITE_CONSTRAINT</a>. */
    private static final int SQLITE_CONSTRAINT = 19;

    private static final String TABLE = "CAMEL_B2_CONSUMED";
    private static final String PLACEHOLDER = "CAMEL_MESSAGEPROCESSED";
    private static final String CREATE = "CREATE TABLE " + PLACEHOLDER + " (processorName VARCHAR(255) NOT NULL,"
            + " messageId VARCHAR(1100) NOT NULL, createdAt TIMESTAMP, PRIMARY KEY (processorName, messageId))";

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
}
