// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

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
    /** That row has the name of which the next run begins where others have their place. */
    private static final String NEXT = "next ";

    private static final int MOST_DAMAGE = 100_000;

    private final Connection connection;
    private final String place;
    /** What is known to be damaged and was not asked for yet. */
    private final Map<String, Long> unheard = new LinkedHashMap<>();

    private boolean isWhole;

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
        boolean isEnded = start == 0 || millis(ENDED + place) == start;
        return new Pass(start, isEnded, isEnded ? "" : next(start));
    }

    private String next(long start) throws IOException {
        try (PreparedStatement select =
                connection.prepareStatement("select PLACE, GOOD_MILLIS from B2_SCRUB where FILE_ID = ?")) {
            select.setString(1, key(NEXT + place));
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getLong(2) == start ? row.getString(1) : "";
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void begin(Pass pass) throws IOException {
        put(PASS + place, pass.startMillis(), place);
        isWhole = pass.next().isEmpty();
        try (PreparedStatement select =
                connection.prepareStatement("select FILE_ID, GOOD_MILLIS, PLACE from B2_SCRUB where GOOD_MILLIS < 0")) {
            try (ResultSet row = select.executeQuery()) {
                while (row.next() && unheard.size() < MOST_DAMAGE) {
                    if (row.getString(3).equals(place)) {
                        unheard.put(row.getString(1), row.getLong(2));
                    }
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public long last(String name, String fileId) throws IOException {
        unheard.remove(key(fileId));
        return millis(fileId);
    }

    @Override
    public void keepRest() {
        isWhole = false;
    }

    /** Of a whole listing what was not asked for is gone. */
    @Override
    public KnownDamage unheard() {
        if (isWhole) {
            return KnownDamage.NONE;
        }
        return new KnownDamage(
                unheard.size(),
                unheard.entrySet().stream()
                        .limit(ScrubReport.MAX_LISTED)
                        .map(one -> new KnownDamage.One("", one.getKey(), Instant.ofEpochMilli(-one.getValue())))
                        .toList());
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
            put(fileId, millis, place);
        }
    }

    private void put(String id, long millis, String where) throws IOException {
        try (PreparedStatement update = connection.prepareStatement(
                        "update B2_SCRUB set GOOD_MILLIS = ?, PLACE = ? where FILE_ID = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into B2_SCRUB (PLACE, FILE_ID, GOOD_MILLIS) values (?, ?, ?)")) {
            update.setLong(1, millis);
            update.setString(2, where);
            update.setString(3, key(id));
            if (update.executeUpdate() == 0) {
                insert.setString(1, where);
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
        if (isWhole) {
            // Gone versions are not damaged any more.
            for (String id : unheard.keySet()) {
                put(id, 0, place);
            }
        }
        if (pass.isEnded()) {
            put(ENDED + place, pass.startMillis(), place);
        }
        put(NEXT + place, pass.startMillis(), pass.next());
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
