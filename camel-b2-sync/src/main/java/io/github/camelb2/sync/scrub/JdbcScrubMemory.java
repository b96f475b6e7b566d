// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * Keeps when each version was found good in a table {@code B2_SCRUB} of any database, which it makes where there is none.
 * Rows of versions that are gone stay; they are never asked for again. Each find is committed at once.
 */
public final class JdbcScrubMemory implements ScrubMemory {
    private static final String TABLE =
            "create table B2_SCRUB (PLACE varchar(1200) not null, FILE_ID varchar(250) not null,"
                    + " GOOD_MILLIS bigint not null, primary key (FILE_ID))";
    private static final String PASS = "pass ";
    private static final String ENDED = "ended ";

    private final Connection connection;
    private final String place;

    /**
     * Connects.
     *
     * @param place what is read, as a user writes it
     * @throws IOException if the database refuses
     */
    public JdbcScrubMemory(DataSource source, String place) throws IOException {
        this.place = place;
        try {
            connection = source.getConnection();
        } catch (SQLException e) {
            throw failed(e);
        }
        try {
            connection.setAutoCommit(true);
            try (ResultSet there = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
                boolean isThere = false;
                while (there.next()) {
                    isThere |= there.getString("TABLE_NAME").equalsIgnoreCase("B2_SCRUB");
                }
                if (!isThere) {
                    try (PreparedStatement create = connection.prepareStatement(TABLE)) {
                        create.execute();
                    }
                }
            }
        } catch (SQLException e) {
            close();
            throw failed(e);
        }
    }

    private static IOException failed(SQLException e) {
        return new IOException("the database of scrubDataSource failed: " + e.getMessage(), e);
    }

    @Override
    public Pass pass() throws IOException {
        long start = millis(PASS + place);
        return new Pass(start, start == 0 || millis(ENDED + place) == start);
    }

    @Override
    public void begin(Pass pass) throws IOException {
        put(PASS + place, pass.startMillis());
    }

    @Override
    public long last(String name, String fileId) throws IOException {
        return millis(fileId);
    }

    private long millis(String id) throws IOException {
        try (PreparedStatement select =
                connection.prepareStatement("select GOOD_MILLIS from B2_SCRUB where FILE_ID = ?")) {
            select.setString(1, key(id));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Places may be longer than ids. */
    private static String key(String id) {
        return id.length() <= 250 ? id : id.substring(0, 200) + "#" + id.hashCode();
    }

    @Override
    public void keep(String name, String fileId, long millis) throws IOException {
        if (millis(fileId) != millis) {
            put(fileId, millis);
        }
    }

    private void put(String id, long millis) throws IOException {
        try (PreparedStatement update =
                        connection.prepareStatement("update B2_SCRUB set GOOD_MILLIS = ? where FILE_ID = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into B2_SCRUB (PLACE, FILE_ID, GOOD_MILLIS) values (?, ?, ?)")) {
            update.setLong(1, millis);
            update.setString(2, key(id));
            if (update.executeUpdate() == 0) {
                insert.setString(1, place);
                insert.setString(2, key(id));
                insert.setLong(3, millis);
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void finish(Pass pass) throws IOException {
        if (pass.isEnded()) {
            put(ENDED + place, pass.startMillis());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
