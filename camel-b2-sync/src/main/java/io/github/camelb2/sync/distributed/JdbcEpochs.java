// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.sync.wire.ScanEndJson;

/**
 * Keeps in a database which coordinator holds a sync, and the plans of its run, so that another one can take over when it
 * dies. The tables are created if they are not there. Thread-safe; it needs no clock of the database.
 *
 * <p>A coordinator that lives counts up in its row. Whoever finds a run that has not ended watches the row for a while, and
 * takes over with the next epoch only if nothing moves in it.
 */
public final class JdbcEpochs implements Epochs {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcEpochs.class);
    private static final int LOOKS = 5;

    private final DataSource database;
    private final LedgerTables tables;
    private final Duration patience;
    private final InstantSource clock;
    private final Sleeper sleeper;

    /** @param patience how long a row has to stand still until its coordinator counts as dead */
    public JdbcEpochs(DataSource database, Duration patience, InstantSource clock, Sleeper sleeper) {
        this.database = database;
        this.tables = new LedgerTables(database);
        this.patience = patience;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    private record Row(long epoch, String runId, String state, long beat) {
        boolean isOpen() {
            return !state.equals(JdbcTerm.ENDED) && !state.equals(JdbcTerm.LEFT);
        }
    }

    @Override
    public Term begin(String sync, String runId) {
        try {
            tables.create();
            Optional<Row> before = find(sync);
            if (before.isPresent() && before.get().isOpen()) {
                refuseIfAlive(sync, before.get());
            }
            return take(sync, runId, before);
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

    private Optional<Row> find(String sync) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT epoch, runId, runState, beat FROM " + LedgerTables.RUN + " WHERE syncName = ?")) {
            select.setString(1, sync);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Row(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getLong(4)))
                        : Optional.empty();
            }
        }
    }

    /** The row becomes this run's, and with it what a run before has left, or that is forgotten: all at once. */
    private Term take(String sync, String runId, Optional<Row> before) throws SQLException {
        Holding holding = new Holding(clock, System::nanoTime);
        long epoch =
                before.map(row -> Math.max(row.epoch() + 1, clock.millis())).orElseGet(clock::millis);
        List<Term.Left> left = new ArrayList<>(1);
        boolean isTaken;
        try {
            isTaken = tables.inTransaction(connection -> {
                if (!replace(connection, sync, before, epoch, runId)) {
                    return false;
                }
                if (before.isPresent() && before.get().isOpen()) {
                    adopt(connection, sync, before.get(), runId).ifPresent(left::add);
                }
                if (left.isEmpty()) {
                    forget(connection, sync);
                }
                return true;
            });
        } catch (SQLException e) {
            if (find(sync).equals(before)) {
                throw e;
            }
            // Whoever was quicker has inserted the row.
            isTaken = false;
        }
        if (!isTaken) {
            throw underWay(sync);
        }
        Optional<Term.Unfinished> unfinished = before.filter(Row::isOpen)
                .map(row -> new Term.Unfinished(
                        row.runId(), row.state(), left.stream().findFirst()));
        boolean isSettled =
                before.filter(row -> row.state().equals(JdbcTerm.LEFT)).isEmpty();
        Duration settling = isSettled ? Duration.ZERO : Holding.removalTime(patience);
        return new JdbcTerm(tables, patience, sleeper, sync, runId, epoch, unfinished, holding, settling);
    }

    private static boolean replace(Connection connection, String sync, Optional<Row> before, long epoch, String runId)
            throws SQLException {
        int rows = before.isEmpty()
                ? LedgerTables.update(
                        connection,
                        "INSERT INTO " + LedgerTables.RUN
                                + " (epoch, runId, runState, beat, syncName) VALUES (?, ?, 'SCANNING', 0, ?)",
                        epoch,
                        runId,
                        sync)
                : LedgerTables.update(
                        connection,
                        "UPDATE " + LedgerTables.RUN + " SET epoch = ?, runId = ?, runState = 'SCANNING', beat = 0"
                                + " WHERE syncName = ? AND epoch = ? AND beat = ?",
                        epoch,
                        runId,
                        sync,
                        before.get().epoch(),
                        before.get().beat());
        return rows == 1;
    }

    /** What a run left counts only if it is that run's: not one that was before it. */
    private static Optional<Term.Left> adopt(Connection connection, String sync, Row before, String runId)
            throws SQLException {
        int rows = LedgerTables.update(
                connection,
                "UPDATE " + LedgerTables.SCAN + " SET runId = ? WHERE syncName = ? AND runId = ?",
                runId,
                sync,
                before.runId());
        if (rows != 1) {
            return Optional.empty();
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT options, told FROM " + LedgerTables.SCAN + " WHERE syncName = ?")) {
            select.setString(1, sync);
            try (ResultSet found = select.executeQuery()) {
                return found.next()
                        ? Optional.of(new Term.Left(found.getString(1), ScanEndJson.read(found.getString(2))))
                        : Optional.empty();
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("Run {} of sync {} was one of another version of this software", before.runId(), sync, e);
            return Optional.empty();
        }
    }

    private static void forget(Connection connection, String sync) throws SQLException {
        LedgerTables.update(connection, "DELETE FROM " + LedgerTables.SCAN + " WHERE syncName = ?", sync);
        LedgerTables.update(connection, "DELETE FROM " + LedgerTables.PLAN + " WHERE syncName = ?", sync);
        LedgerTables.forgetPlansOfFiles(connection, sync);
    }
}
