// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.sync.plan.ScanEnd;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.wire.ScanEndJson;

/**
 * A row that one coordinator counts up, and the rows of its plans. Whatever it writes, it writes together with the next
 * count: when another coordinator has the row, nothing is written any more.
 *
 * <p>Thread-safe: the monitor guards what waits to be written, also while it is written, so that whoever brings more waits
 * as long as the database takes.
 */
final class JdbcTerm implements Term, PlanLedger {
    static final String ENDED = "ENDED";

    /** It has ended, and removals of it may still be with the broker. */
    static final String LEFT = "LEFT";

    private static final Logger LOG = LoggerFactory.getLogger(JdbcTerm.class);
    private static final int MOST_WAITING = 500;
    private static final Duration RETRY = Duration.ofMillis(200);

    private final LedgerTables tables;
    private final Duration patience;
    private final Sleeper sleeper;
    private final String sync;
    private final String runId;
    private final long epoch;
    private final Optional<Unfinished> unfinished;
    private final PlanRows rows;
    private String state = "SCANNING";
    private boolean isScanned;
    private final Holding holding;
    private final Duration settling;
    private String ending = ENDED;
    private boolean isLost;
    /** What comes late of a run that has ended, an answer or a look at the time, must not open its row again. */
    private boolean isEnded;

    /**
     * @param holding  when the row was taken
     * @param settling how long the first plan waits
     */
    JdbcTerm(
            LedgerTables tables,
            Duration patience,
            Sleeper sleeper,
            String sync,
            String runId,
            long epoch,
            Optional<Unfinished> unfinished,
            Holding holding,
            Duration settling) {
        this.tables = tables;
        this.patience = patience;
        this.sleeper = sleeper;
        this.sync = sync;
        this.runId = runId;
        this.epoch = epoch;
        this.unfinished = unfinished;
        this.holding = holding;
        this.settling = settling;
        this.rows = new PlanRows(sync);
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public Optional<Unfinished> unfinished() {
        return unfinished;
    }

    @Override
    public PlanLedger plans() {
        return this;
    }

    @Override
    public synchronized boolean holds(String now) {
        if (isEnded) {
            return !isLost;
        }
        state = now;
        try {
            return write(connection -> true);
        } catch (SQLException e) {
            // Nobody takes over before the row has stood still for the whole time; removals begin only when it is
            // sure.
            LOG.debug("The database does not say who coordinates sync {}", sync, e);
            return isHeldFor(patience.dividedBy(2)) && !now.equals("REMOVING");
        }
    }

    private boolean isHeldFor(Duration time) {
        return !isLost && holding.since().compareTo(time) < 0;
    }

    @Override
    public synchronized boolean mayRemove() {
        boolean isSure = state.equals("REMOVING") && isHeldFor(patience.dividedBy(4));
        return isSure || holds("REMOVING");
    }

    @Override
    public String loss() {
        return "another coordinator has taken sync " + sync + " over from epoch " + epoch
                + ", or the database of the ledger does not say";
    }

    @Override
    public Duration removalTime() {
        return Holding.removalTime(patience);
    }

    @Override
    public Duration settling() {
        return settling;
    }

    @Override
    public synchronized void leavesRemovals() {
        ending = LEFT;
    }

    /** All that waits, and this, together with the next count of the row; false if the row is another's. */
    private boolean write(LedgerTables.Work more) throws SQLException {
        if (isLost) {
            return false;
        }
        Holding.Moment begun = holding.now();
        isLost = !tables.inTransaction(connection -> {
            if (!count(connection)) {
                return false;
            }
            rows.write(connection);
            return more.write(connection);
        });
        if (!isLost) {
            rows.written();
            holding.heldAt(begun);
        }
        return !isLost;
    }

    private boolean count(Connection connection) throws SQLException {
        return LedgerTables.update(
                        connection,
                        "UPDATE " + LedgerTables.RUN + " SET beat = beat + 1, runState = ?"
                                + " WHERE syncName = ? AND epoch = ? AND runId = ?",
                        state,
                        sync,
                        epoch,
                        runId)
                == 1;
    }

    /** The same, for as long as nobody can have taken over. */
    private void writePatiently(LedgerTables.Work more) {
        while (true) {
            try {
                if (!write(more)) {
                    throw new IllegalStateException("another coordinator has taken sync " + sync + " over");
                }
                return;
            } catch (SQLException e) {
                if (!isHeldFor(patience.dividedBy(2))) {
                    throw new IllegalStateException("the database of the option ledger is away: " + e.getMessage(), e);
                }
                LOG.debug("The database does not take the plans of sync {}", sync, e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            sleeper.sleep(RETRY.compareTo(patience) < 0 ? RETRY : patience.dividedBy(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the ledger of sync " + sync + " was written", e);
        }
    }

    private synchronized void add(Consumer<PlanRows> change, int most) {
        if (isEnded) {
            return;
        }
        change.accept(rows);
        if (rows.size() > most) {
            writePatiently(connection -> true);
        }
    }

    @Override
    public synchronized void keep(PathPlan plan) {
        add(waiting -> waiting.insert(plan), isScanned ? 0 : MOST_WAITING);
    }

    @Override
    public void again(PathPlan plan) {
        add(waiting -> waiting.attempted(plan, 1), MOST_WAITING);
    }

    @Override
    public void attempted(PathPlan plan, int attempt) {
        add(waiting -> waiting.attempted(plan, attempt), MOST_WAITING);
    }

    @Override
    public void ended(PathPlan plan, String worker, PlanResult result) {
        add(waiting -> waiting.ended(plan, worker, result), MOST_WAITING);
    }

    @Override
    public synchronized void scanned(String options, ScanEnd end) {
        writePatiently(connection -> LedgerTables.update(
                        connection,
                        "INSERT INTO " + LedgerTables.SCAN + " (syncName, runId, options, told) VALUES (?, ?, ?, ?)",
                        sync,
                        runId,
                        options,
                        ScanEndJson.write(end))
                == 1);
        isScanned = true;
    }

    @Override
    public void read(Reader reader) {
        try {
            rows.read(tables, reader, this::saySoWhileReading);
            synchronized (this) {
                isScanned = true;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database of the option ledger does not tell the plans: " + e, e);
        }
    }

    @Override
    public void begun(BegunFile file) {
        add(waiting -> waiting.begun(file), 0);
    }

    @Override
    public void gone(String fileId) {
        add(waiting -> waiting.gone(fileId), MOST_WAITING);
    }

    @Override
    public List<BegunFile> begunFiles() {
        try {
            return rows.readFiles(tables);
        } catch (SQLException e) {
            throw new IllegalStateException("the database of the option ledger does not tell the large files: " + e, e);
        }
    }

    /** Millions of plans take longer to read than others wait before they take over. */
    private void saySoWhileReading() {
        if (!holds("TRANSFERRING")) {
            throw new IllegalStateException("another coordinator has taken sync " + sync + " over");
        }
    }

    @Override
    public synchronized void end() {
        try {
            state = ending;
            isEnded = true;
            rows.forgetPlans();
            write(connection -> {
                // Those that are left are no plan's any more: the next run counts its plans anew.
                LedgerTables.forgetPlansOfFiles(connection, sync);
                LedgerTables.update(connection, "DELETE FROM " + LedgerTables.SCAN + " WHERE syncName = ?", sync);
                LedgerTables.update(connection, "DELETE FROM " + LedgerTables.PLAN + " WHERE syncName = ?", sync);
                return true;
            });
        } catch (SQLException e) {
            LOG.warn("The end of run {} is not in the database: the next one takes it for dead", runId, e);
        }
    }
}
