// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The tables of the b2 tool's account file, and the steps from each of its earlier shapes to the current one.
 *
 * <p>The steps have the numbers that b2sdk gives them and are recorded in {@code update_done} as it records them, so
 * that neither side repeats the other's. All is done in the caller's transaction.
 */
final class SqliteSchema {
    private static final int CURRENT = 6;

    private static final Set<String> OUR_TABLES =
            Set.of("update_done", "account", "bucket", "bucket_upload_url", "tmp_account");
    private static final Set<String> EVERY_ACCOUNT_HAS =
            Set.of("account_id", "application_key", "account_auth_token", "api_url", "download_url", "realm");

    private static final String CREATE_ACCOUNT = "CREATE TABLE account (account_id TEXT NOT NULL,"
            + " application_key TEXT NOT NULL, account_auth_token TEXT NOT NULL, api_url TEXT NOT NULL,"
            + " download_url TEXT NOT NULL, absolute_minimum_part_size INT NOT NULL,"
            + " recommended_part_size INT NOT NULL, realm TEXT NOT NULL, allowed TEXT,"
            + " account_id_or_app_key_id TEXT, s3_api_url TEXT)";

    private final Connection connection;
    private final Set<String> tables;

    private SqliteSchema(Connection connection, Set<String> tables) {
        this.connection = connection;
        this.tables = tables;
    }

    /** Looks at the file's tables; changes nothing. */
    static SqliteSchema of(Connection connection) throws SQLException {
        Set<String> tables = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
            while (rows.next()) {
                tables.add(rows.getString(1).toLowerCase(Locale.ROOT));
            }
        }
        return new SqliteSchema(connection, tables);
    }

    boolean has(String table) {
        return tables.contains(table);
    }

    /** Whether another program's tables are in it; a new file, and one whose creation broke off, are ours. */
    boolean isForeign() throws SQLException {
        if (!has("account")) {
            return !OUR_TABLES.containsAll(tables);
        }
        Set<String> columns = columnsOfAccount();
        return !columns.containsAll(EVERY_ACCOUNT_HAS)
                || !(columns.contains("recommended_part_size") || columns.contains("minimum_part_size"));
    }

    /** Creates what is missing and takes the steps that were not taken. */
    void upgrade() throws SQLException {
        execute("CREATE TABLE IF NOT EXISTS update_done (update_number INT NOT NULL)");
        execute("CREATE TABLE IF NOT EXISTS bucket (bucket_name TEXT NOT NULL, bucket_id TEXT NOT NULL)");
        execute("CREATE TABLE IF NOT EXISTS bucket_upload_url (bucket_id TEXT NOT NULL, upload_url TEXT NOT NULL,"
                + " upload_auth_token TEXT NOT NULL)");
        if (!has("account")) {
            execute(CREATE_ACCOUNT);
        }
        Set<Integer> done = stepsDone();
        for (int step = 1; step <= CURRENT; step++) {
            if (!done.contains(step)) {
                take(step);
                execute("INSERT INTO update_done (update_number) VALUES (" + step + ")");
            }
        }
    }

    private void take(int step) throws SQLException {
        switch (step) {
            case 1 -> addColumn("allowed");
            case 2 -> addColumn("account_id_or_app_key_id");
            case 3 -> addColumn("s3_api_url");
            case 4 -> splitPartSizes();
            // The last step repairs what older clients wrote into a file that had already taken the one before it.
            default -> rewriteAllowed();
        }
    }

    private void addColumn(String column) throws SQLException {
        if (!columnsOfAccount().contains(column)) {
            execute("ALTER TABLE account ADD COLUMN " + column + " TEXT");
        }
    }

    /** The one part size of old files was the recommended one; the minimum was 5,000,000 bytes then as it is today. */
    private void splitPartSizes() throws SQLException {
        if (columnsOfAccount().contains("recommended_part_size")) {
            return;
        }
        execute("ALTER TABLE account RENAME TO tmp_account");
        execute(CREATE_ACCOUNT);
        String kept = "account_id, application_key, account_auth_token, api_url, download_url, realm, allowed,"
                + " account_id_or_app_key_id, s3_api_url";
        execute("INSERT INTO account (" + kept + ", recommended_part_size, absolute_minimum_part_size) SELECT " + kept
                + ", minimum_part_size, 5000000 FROM tmp_account");
        execute("DROP TABLE tmp_account");
    }

    private void rewriteAllowed() throws SQLException {
        String text;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT allowed FROM account")) {
            text = row.next() ? row.getString(1) : null;
        }
        if (text == null || !AllowedJson.isOutdated(text)) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE account SET allowed = ?")) {
            update.setString(1, AllowedJson.encode(AllowedJson.decode(text)));
            update.executeUpdate();
        }
    }

    private Set<String> columnsOfAccount() throws SQLException {
        Set<String> columns = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM pragma_table_info('account')")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    private Set<Integer> stepsDone() throws SQLException {
        Set<Integer> done = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT update_number FROM update_done")) {
            while (rows.next()) {
                done.add(rows.getInt(1));
            }
        }
        return done;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
