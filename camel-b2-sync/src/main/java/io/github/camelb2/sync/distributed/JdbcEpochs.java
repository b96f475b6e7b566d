// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.retry.Sleeper;

/**
 * Keeps in a database which coordinator holds a sync, so that another one can take over when it dies: a row for each name.
 * The table is created if it is not there. Thread-safe; it needs no transactions and no clock of the database.
 *
 * <p>A coordinator that lives counts up in its row. Whoever finds a run that has not ended watches the row for a while, and
 * takes over with the next epoch only if nothing moves in it.
 */
public final class JdbcEpochs implements Epochs {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcEpochs.class);
    private static final String TABLE = "B2_SYNC_RUN";
    private static final String ENDED = "ENDED";
    private static final int LOOKS = 5;

    private final DataSource database;
    private final Duration patience;
    private final InstantSource clock;
    private final Sleeper sleeper;

    /** @param patience how long a row has to stand still until its coordinator counts as dead */
    public JdbcEpochs(DataSource database, Duration patience, InstantSource clock, Sleeper sleeper) {
        this.database = database;
        this.patience = patience;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    private record Row(long epoch, String runId, String state, long beat) {
        boolean isOpen() {
            return !state.equals(ENDED);
        }
    }

    @Override
    public Term begin(String sync, String runId) {
        try {
            createTable();
            Optional<Row> before = find(sync);
            if (before.isPresent() && before.get().isOpen()) {
                refuseIfAlive(sync, before.get());
            }
            long epoch =
                    before.map(row -> Math.max(row.epoch() + 1, clock.millis())).orElseGet(clock::millis);
            boolean isTaken = before.isEmpty() ? insert(sync, epoch, runId) : replace(sync, before.get(), epoch, runId);
            if (!isTaken) {
                throw underWay(sync);
            }
            Optional<String> unfinished = before.filter(Row::isOpen)
                    .map(row ->
                            "run " + row.runId() + " of this sync did not come to its end: its coordinator died while "
                                    + row.state()
                                    + ", and nothing that it planned is done any more; this run, of epoch " + epoch
                                    + ", finds again what it left");
            return new Held(sync, runId, epoch, unfinished);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the database of the option ledger does not say who coordinates sync " + sync + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private void refuseIfAlive(String sync, Row before) throws SQLException {
        for (int look = 0; look < LOOKS; look++) {
            try {
                sleeper.sleep(patience.dividedBy(LOOKS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while sync " + sync + " was taken over", e);
            }
            if (!find(sync).equals(Optional.of(before))) {
                throw underWay(sync);
            }
        }
        LOG.warn("Sync {} is taken over from run {}, which has stood still for {}", sync, before.runId(), patience);
    }

    private static IllegalStateException underWay(String sync) {
        return new IllegalStateException("sync " + sync
                + " is still under way with another coordinator: two runs of one" + " name never overlap");
    }

    private void createTable() throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (exists(connection)) {
                return;
            }
            String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
            // Those compare names without regard to case otherwise.
            boolean isMySql = product.contains("mysql") || product.contains("mariadb");
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE " + TABLE + " (syncName VARCHAR(255) NOT NULL, epoch BIGINT NOT NULL,"
                        + " runId VARCHAR(64) NOT NULL, runState VARCHAR(16) NOT NULL, beat BIGINT NOT NULL,"
                        + " PRIMARY KEY (syncName))" + (isMySql ? " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" : ""));
            } catch (SQLException e) {
                if (!exists(connection)) {
                    throw e;
                }
            }
        }
    }

    private static boolean exists(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM " + TABLE + " WHERE 1 = 0")) {
            return !rows.next();
        } catch (SQLException e) {
            LOG.debug("The table {} is not there", TABLE, e);
            return false;
        }
    }

    private Optional<Row> find(String sync) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT epoch, runId, runState, beat FROM " + TABLE + " WHERE syncName = ?")) {
            select.setString(1, sync);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Row(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getLong(4)))
                        : Optional.empty();
            }
        }
    }

    private boolean insert(String sync, long epoch, String runId) throws SQLException {
        try {
            return update(
                            "INSERT INTO " + TABLE
                                    + " (epoch, runId, runState, beat, syncName) VALUES (?, ?, 'SCANNING', 0, ?)",
                            epoch,
                            runId,
                            sync)
                    == 1;
        } catch (SQLException e) {
            if (find(sync).isEmpty()) {
                throw e;
            }
            return false;
        }
    }

    private boolean replace(String sync, Row before, long epoch, String runId) throws SQLException {
        return update(
                        "UPDATE " + TABLE + " SET epoch = ?, runId = ?, runState = 'SCANNING', beat = 0"
                                + " WHERE syncName = ? AND epoch = ? AND beat = ?",
                        epoch,
                        runId,
                        sync,
                        before.epoch(),
                        before.beat())
                == 1;
    }

    private int update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setObject(i + 1, parameters[i]);
            }
            int rows = update.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return rows;
        }
    }

    /** A row that this coordinator counts up. */
    private final class Held implements Term {
        private final String sync;
        private final String runId;
        private final long epoch;
        private final Optional<String> unfinished;
        private long heldNanos = System.nanoTime();
        private boolean isLost;

        Held(String sync, String runId, long epoch, Optional<String> unfinished) {
            this.sync = sync;
            this.runId = runId;
            this.epoch = epoch;
            this.unfinished = unfinished;
        }

        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public Optional<String> unfinished() {
            return unfinished;
        }

        @Override
        public synchronized boolean holds(String state) {
            if (isLost) {
                return false;
            }
            try {
                isLost = !say(state);
                heldNanos = System.nanoTime();
                return !isLost;
            } catch (SQLException e) {
                // Nobody takes over before the row has stood still for the whole time; removals begin only when it is
                // sure.
                LOG.debug("The database does not say who coordinates sync {}", sync, e);
                boolean mayBeTaken =
                        System.nanoTime() - heldNanos > patience.dividedBy(2).toNanos();
                return !mayBeTaken && !state.equals("REMOVING");
            }
        }

        private boolean say(String state) throws SQLException {
            return update(
                            "UPDATE " + TABLE + " SET beat = beat + 1, runState = ?"
                                    + " WHERE syncName = ? AND epoch = ? AND runId = ?",
                            state,
                            sync,
                            epoch,
                            runId)
                    == 1;
        }

        @Override
        public synchronized void end() {
            try {
                say(ENDED);
            } catch (SQLException e) {
                LOG.warn("The end of run {} is not in the database: the next one takes it for dead", runId, e);
            }
        }
    }
}
