// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Account files as the b2 tools of all times have left them, written with the statements that those tools run. */
final class ToolFiles {
    /** What tools up to 4.3 wrote for a key that is restricted to one bucket. */
    static final String OLD_ALLOWED = "{\"bucketId\": \"id-1\", \"bucketName\": \"photos\","
            + " \"capabilities\": [\"readFiles\", \"listFiles\"], \"namePrefix\": \"it''s/\"}";

    /** What tools since 4.4 write for a key that is restricted to two buckets, one of them gone. */
    static final String NEW_ALLOWED = "{\"buckets\": [{\"id\": \"id-1\", \"name\": \"photos\"},"
            + " {\"id\": \"id-2\", \"name\": null}], \"capabilities\": [\"readFiles\"], \"namePrefix\": null}";

    private static final String ACCOUNT_4 = "(account_id TEXT NOT NULL, application_key TEXT NOT NULL,"
            + " account_auth_token TEXT NOT NULL, api_url TEXT NOT NULL, download_url TEXT NOT NULL,"
            + " absolute_minimum_part_size INT NOT NULL DEFAULT 5000000, recommended_part_size INT NOT NULL,"
            + " realm TEXT NOT NULL, allowed TEXT, account_id_or_app_key_id TEXT, s3_api_url TEXT)";

    private ToolFiles() {}

    /** The tables of a tool that has taken the first {@code steps} schema steps, with a login to master key. */
    static void write(Path file, int steps) throws SQLException {
        List<String> sql = new ArrayList<>(List.of(
                "CREATE TABLE update_done (update_number INT NOT NULL)",
                "CREATE TABLE account (account_id TEXT NOT NULL, application_key TEXT NOT NULL,"
                        + " account_auth_token TEXT NOT NULL, api_url TEXT NOT NULL, download_url TEXT NOT NULL,"
                        + " minimum_part_size INT NOT NULL, realm TEXT NOT NULL)",
                "CREATE TABLE bucket (bucket_name TEXT NOT NULL, bucket_id TEXT NOT NULL)",
                "CREATE TABLE bucket_upload_url (bucket_id TEXT NOT NULL, upload_url TEXT NOT NULL,"
                        + " upload_auth_token TEXT NOT NULL)",
                "INSERT INTO account VALUES ('0123456789ab', 'master secret', 'old token', 'https://api/old',"
                        + " 'https://f/old', 100000000, 'production')",
                "INSERT INTO bucket VALUES ('photos', 'id-1')"));
        List<List<String>> steppedBy = List.of(
                List.of("ALTER TABLE account ADD COLUMN allowed TEXT"),
                List.of("ALTER TABLE account ADD COLUMN account_id_or_app_key_id TEXT"),
                List.of("ALTER TABLE account ADD COLUMN s3_api_url TEXT"),
                List.of(
                        "CREATE TABLE tmp_account " + ACCOUNT_4,
                        "INSERT INTO tmp_account (account_id, application_key, account_auth_token, api_url,"
                                + " download_url, recommended_part_size, realm, allowed, account_id_or_app_key_id,"
                                + " s3_api_url) SELECT account_id, application_key, account_auth_token, api_url,"
                                + " download_url, minimum_part_size, realm, allowed, account_id_or_app_key_id,"
                                + " s3_api_url FROM account",
                        "DROP TABLE account",
                        "CREATE TABLE account " + ACCOUNT_4.replace(" DEFAULT 5000000", ""),
                        "INSERT INTO account SELECT * FROM tmp_account",
                        "DROP TABLE tmp_account"),
                List.of(),
                List.of());
        for (int step = 1; step <= steps; step++) {
            sql.addAll(steppedBy.get(step - 1));
            sql.add("INSERT INTO update_done VALUES (" + step + ")");
        }
        execute(file, sql.toArray(String[]::new));
    }

    static void execute(Path file, String... statements) throws SQLException {
        try (Connection connection = open(file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of all rows, as text. */
    static List<String> query(Path file, String sql) throws SQLException {
        try (Connection connection = open(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
