// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;

import javax.sql.DataSource;

/** What databases disagree on: the types of columns, and how a row is locked. */
enum JdbcDialect {
    /** SQLite, H2, PostgreSQL and others that take standard SQL. */
    standard("VARCHAR(%d)", "BIGINT", "VARCHAR(100000)", 255, ""),

    /** MySQL and MariaDB, which else compare names without regard to case. */
    mysql("VARCHAR(%d)", "BIGINT", "MEDIUMTEXT", 255, " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"),

    oracle("VARCHAR2(%d)", "NUMBER(19)", "CLOB", 255, ""),

    /** An index there has 900 bytes at most, of two for each character. */
    sqlserver("NVARCHAR(%d)", "BIGINT", "NVARCHAR(MAX)", 190, "");

    private final String text;
    private final String number;
    private final String longText;
    private final int bucketName;
    private final String tableOptions;

    JdbcDialect(String text, String number, String longText, int bucketName, String tableOptions) {
        this.text = text;
        this.number = number;
        this.longText = longText;
        this.bucketName = bucketName;
        this.tableOptions = tableOptions;
    }

    /**
     * The one of that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists them
     */
    static JdbcDialect named(String name) {
        return Arrays.stream(values())
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("JdbcAccountInfoRepository: option dialect=" + name
                        + " cannot be: write auto or one of " + Arrays.toString(values())));
    }

    /** The one that the database names itself by. */
    static JdbcDialect of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return ofProduct(connection.getMetaData().getDatabaseProductName());
        }
    }

    static JdbcDialect ofProduct(String product) {
        String name = product.toLowerCase(Locale.ROOT);
        if (name.contains("mysql") || name.contains("mariadb")) {
            return mysql;
        }
        if (name.contains("oracle")) {
            return oracle;
        }
        return name.contains("sql server") ? sqlserver : standard;
    }

    private String text(int length) {
        return String.format(Locale.ROOT, text, length);
    }

    String createLogins(String table) {
        return "CREATE TABLE " + table + " (loginName " + text(255) + " NOT NULL, accountId " + text(64) + " NOT NULL,"
                + " applicationKeyId " + text(64) + " NOT NULL, applicationKey " + text(255) + ","
                + " authToken " + text(4000) + " NOT NULL, apiUrl " + text(255) + " NOT NULL, downloadUrl " + text(255)
                + " NOT NULL, s3ApiUrl " + text(255) + ", recommendedPartSize " + number + " NOT NULL,"
                + " absoluteMinimumPartSize " + number + " NOT NULL, allowed " + longText + " NOT NULL,"
                + " realm " + text(255) + " NOT NULL, PRIMARY KEY (loginName))" + tableOptions;
    }

    String createBuckets(String table) {
        return "CREATE TABLE " + table + " (loginName " + text(255) + " NOT NULL, bucketName " + text(bucketName)
                + " NOT NULL, bucketId " + text(64) + " NOT NULL, PRIMARY KEY (loginName, bucketName),"
                + " UNIQUE (loginName, bucketId))" + tableOptions;
    }
}
