// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of the ledger, in the database of the user. Thread-safe. */
final class LedgerTables {
    /** Who holds each sync. */
    static final String RUN = "B2_SYNC_RUN";
    /** What the scans of its run told, if they have ended. */
    static final String SCAN = "B2_SYNC_SCAN";
    /** The plans of its run. */
    static final String PLAN = "B2_SYNC_PLAN";

    /** The large files that workers have begun, of runs before too. */
    static final String FILE = "B2_SYNC_FILE";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerTables.class);

    private final DataSource database;

    LedgerTables(DataSource database) {
        this.database = database;
    }

    /** Something that is written all at once, or not at all. */
    @FunctionalInterface
    interface Work {
        /** @return whether it is to be kept */
        boolean write(Connection connection) throws SQLException;
    }

    /** Answers what the work answers. */
    boolean inTransaction(Work work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean commitsItself = connection.getAutoCommit();
            connection.setAutoCommit(false);
            boolean isKept = false;
            try {
                isKept = work.write(connection);
                if (isKept) {
                    connection.commit();
                }
                return isKept;
            } finally {
                if (!isKept) {
                    connection.rollback();
                }
                connection.setAutoCommit(commitsItself);
            }
        }
    }

    /** How many rows it changed. */
    static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setObject(i + 1, parameters[i]);
            }
            return update.executeUpdate();
        }
    }

    static void forgetPlansOfFiles(Connection connection, String sync) throws SQLException {
        update(connection, "UPDATE " + FILE + " SET planId = ? WHERE syncName = ?", BegunFile.OF_OTHER_RUN, sync);
    }

    /** Makes those that are not there. */
    void create() throws SQLException {
        try (Connection connection = database.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
            boolean isMySql = product.contains("mysql") || product.contains("mariadb");
            // Those compare names without regard to case otherwise.
            String end = isMySql ? ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" : ")";
            String text = isMySql ? "LONGTEXT" : product.contains("postgres") ? "TEXT" : "CLOB";
            create(
                    connection,
                    RUN,
                    "syncName VARCHAR(255) NOT NULL, epoch BIGINT NOT NULL, runId VARCHAR(64) NOT NULL,"
                            + " runState VARCHAR(16) NOT NULL, beat BIGINT NOT NULL, PRIMARY KEY (syncName)" + end);
            create(
                    connection,
                    SCAN,
                    "syncName VARCHAR(255) NOT NULL, runId VARCHAR(64) NOT NULL, options VARCHAR(64) NOT NULL,"
                            + " told " + text + " NOT NULL, PRIMARY KEY (syncName)" + end);
            create(
                    connection,
                    PLAN,
                    "syncName VARCHAR(255) NOT NULL, planId BIGINT NOT NULL, plan " + text + " NOT NULL,"
                            + " attempt INTEGER NOT NULL, worker VARCHAR(255), result " + text
                            + ", PRIMARY KEY (syncName, planId)" + end);
            create(
                    connection,
                    FILE,
                    "syncName VARCHAR(255) NOT NULL, fileId VARCHAR(255) NOT NULL, planId BIGINT NOT NULL, path " + text
                            + " NOT NULL, isStored INTEGER NOT NULL, PRIMARY KEY (syncName, fileId)" + end);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private static void create(Connection connection, String table, String rest) throws SQLException {
        if (exists(connection, table)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table + " (" + rest);
        } catch (SQLException e) {
            rollback(connection);
            if (!exists(connection, table)) {
                throw e;
            }
        }
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM " + table + " WHERE 1 = 0")) {
            return !rows.next();
        } catch (SQLException e) {
            LOG.debug("The table {} is not there", table, e);
            rollback(connection);
            return false;
        }
    }

    /** PostgreSQL does nothing more in a transaction in which something failed. */
    private static void rollback(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }
}
