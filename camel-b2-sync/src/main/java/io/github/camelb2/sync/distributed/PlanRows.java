// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.wire.PathPlanJson;
import io.github.camelb2.sync.wire.PlanResultJson;

/**
 * The rows of the plans of one sync, those that are still to be written on the heap. Not thread-safe: whoever writes
 * guards it.
 */
final class PlanRows {
    private static final int PAGE = 1_000;

    private static final String INSERT = "INSERT INTO " + LedgerTables.PLAN
            + " (plan, attempt, worker, result, syncName, planId) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String UPDATE = "UPDATE " + LedgerTables.PLAN
            + " SET plan = ?, attempt = ?, worker = ?, result = ? WHERE syncName = ? AND planId = ?";
    private static final String DELETE = "DELETE FROM " + LedgerTables.PLAN + " WHERE syncName = ? AND planId = ?";
    private static final String READ = "SELECT planId, plan, attempt, worker, result FROM " + LedgerTables.PLAN
            + " WHERE syncName = ? AND planId > ? ORDER BY planId";

    private static final String DELETE_FILE = "DELETE FROM " + LedgerTables.FILE + " WHERE syncName = ? AND fileId = ?";
    private static final String INSERT_FILE =
            "INSERT INTO " + LedgerTables.FILE + " (syncName, fileId, planId, path, isStored) VALUES (?, ?, ?, ?, ?)";
    private static final String READ_FILES =
            "SELECT fileId, planId, path, isStored FROM " + LedgerTables.FILE + " WHERE syncName = ?";

    /** One row as it is to be; the result is null while the plan has none. */
    private record Row(
            long planId,
            String plan,
            int attempt,
            @Nullable String worker,
            @Nullable String result) {}

    private final String sync;
    private final Map<Long, Row> inserts = new LinkedHashMap<>();
    private final Map<Long, Row> updates = new LinkedHashMap<>();
    /** By id; empty for one that is gone. */
    private final Map<String, Optional<BegunFile>> files = new LinkedHashMap<>();

    private boolean mayBeThere;

    PlanRows(String sync) {
        this.sync = sync;
    }

    /** How many are to be written. */
    int size() {
        return inserts.size() + updates.size() + files.size();
    }

    void insert(PathPlan plan) {
        inserts.put(plan.planId(), new Row(plan.planId(), PathPlanJson.write(plan), 1, null, null));
    }

    void attempted(PathPlan plan, int attempt) {
        put(new Row(plan.planId(), PathPlanJson.write(plan), attempt, null, null));
    }

    void ended(PathPlan plan, String worker, PlanResult result) {
        // Of a removal, as much as was given may be less than what waited.
        put(new Row(plan.planId(), PathPlanJson.write(plan), 1, worker, PlanResultJson.write(result)));
    }

    private void put(Row row) {
        if (inserts.containsKey(row.planId())) {
            inserts.put(row.planId(), row);
        } else {
            updates.put(row.planId(), row);
        }
    }

    /** Writes what waits; {@link #written} is called when that is sure. */
    void write(Connection connection) throws SQLException {
        if (mayBeThere) {
            // The answer to the last try may have been lost, and not the rows.
            delete(connection);
        }
        mayBeThere = true;
        write(connection, INSERT, inserts.values());
        write(connection, UPDATE, updates.values());
        writeFiles(connection);
    }

    void written() {
        forgetPlans();
        files.clear();
    }

    /** The plans that are to be written are not wanted any more. */
    void forgetPlans() {
        mayBeThere = false;
        inserts.clear();
        updates.clear();
    }

    void begun(BegunFile file) {
        files.put(file.fileId(), Optional.of(file));
    }

    void gone(String fileId) {
        files.put(fileId, Optional.empty());
    }

    private void writeFiles(Connection connection) throws SQLException {
        for (Map.Entry<String, Optional<BegunFile>> one : files.entrySet()) {
            LedgerTables.update(connection, DELETE_FILE, sync, one.getKey());
            if (one.getValue().isPresent()) {
                BegunFile file = one.getValue().get();
                LedgerTables.update(
                        connection,
                        INSERT_FILE,
                        sync,
                        file.fileId(),
                        file.planId(),
                        file.path(),
                        file.isStored() ? 1 : 0);
            }
        }
    }

    /** Also those of runs before. */
    List<BegunFile> readFiles(LedgerTables tables) throws SQLException {
        List<BegunFile> all = new ArrayList<>();
        tables.inTransaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(READ_FILES)) {
                select.setString(1, sync);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        all.add(new BegunFile(
                                rows.getString(1), rows.getLong(2), rows.getString(3), rows.getInt(4) != 0));
                    }
                }
            }
            return true;
        });
        return all;
    }

    private void delete(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            for (Row row : inserts.values()) {
                delete.setString(1, sync);
                delete.setLong(2, row.planId());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private void write(Connection connection, String sql, Iterable<Row> rows) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            boolean isEmpty = true;
            for (Row row : rows) {
                write.setString(1, row.plan());
                write.setInt(2, row.attempt());
                set(write, 3, row.worker());
                set(write, 4, row.result());
                write.setString(5, sync);
                write.setLong(6, row.planId());
                write.addBatch();
                isEmpty = false;
            }
            if (!isEmpty) {
                write.executeBatch();
            }
        }
    }

    private static void set(PreparedStatement write, int index, @Nullable String value) throws SQLException {
        if (value == null) {
            write.setNull(index, Types.VARCHAR);
        } else {
            write.setString(index, value);
        }
    }

    /**
     * All of the sync in the order of their numbers, page by page.
     *
     * @param onPage called behind each page
     */
    void read(LedgerTables tables, PlanLedger.Reader reader, Runnable onPage) throws SQLException {
        long last = Long.MIN_VALUE;
        List<PlanLedger.Kept> page = new ArrayList<>();
        do {
            page.clear();
            long after = last;
            tables.inTransaction(connection -> readPage(connection, after, page));
            page.forEach(reader::take);
            onPage.run();
            last = page.isEmpty() ? last : page.get(page.size() - 1).plan().planId();
        } while (page.size() == PAGE);
    }

    private boolean readPage(Connection connection, long after, List<PlanLedger.Kept> page) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setMaxRows(PAGE);
            select.setString(1, sync);
            select.setLong(2, after);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String worker = rows.getString(4);
                    String result = rows.getString(5);
                    page.add(new PlanLedger.Kept(
                            PathPlanJson.read(rows.getString(2)),
                            rows.getInt(3),
                            worker == null ? "" : worker,
                            result == null ? Optional.empty() : Optional.of(PlanResultJson.read(result))));
                }
            }
        }
        return true;
    }
}
