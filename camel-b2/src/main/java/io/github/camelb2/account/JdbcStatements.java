// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import org.jspecify.annotations.Nullable;

/**
 * The SQL of {@link JdbcAccountInfoRepository}: standard SQL that all databases run alike, apart from what {@link
 * JdbcDialect} says of the tables. Nothing is quoted,
 * so that each database folds the names to the case it prefers.
 *
 * <p>Parameters, in order. Login: {@code accountId, applicationKeyId, applicationKey, authToken, apiUrl, downloadUrl,
 * s3ApiUrl, recommendedPartSize, absoluteMinimumPartSize, allowed, realm, loginName}, the same for insert and update.
 * Buckets: {@code loginName, bucketName, bucketId}. Statements that only choose rows: {@code loginName}.
 */
record JdbcStatements(String lock, String query, String insert, String update, String delete, Buckets buckets) {

    /** The SQL of the bucket table. */
    record Buckets(
            String query,
            String queryId,
            String queryName,
            String insert,
            String displace,
            String delete,
            String clear) {
        static Buckets on(String table) {
            String rows = " FROM " + table + " WHERE loginName = ?";
            return new Buckets(
                    "SELECT bucketName, bucketId" + rows,
                    "SELECT bucketId" + rows + " AND bucketName = ?",
                    "SELECT bucketName" + rows + " AND bucketId = ?",
                    "INSERT INTO " + table + " (loginName, bucketName, bucketId) VALUES (?, ?, ?)",
                    "DELETE" + rows + " AND (bucketName = ? OR bucketId = ?)",
                    "DELETE" + rows + " AND bucketName = ?",
                    "DELETE" + rows);
        }
    }

    static JdbcStatements on(String table, String bucketTable) {
        return new JdbcStatements(
                // Takes the row's lock on every database, where SELECT FOR UPDATE is not known to all.
                "UPDATE " + table + " SET loginName = loginName WHERE loginName = ?",
                "SELECT accountId, applicationKeyId, applicationKey, authToken, apiUrl, downloadUrl, s3ApiUrl,"
                        + " recommendedPartSize, absoluteMinimumPartSize, allowed, realm FROM " + table
                        + " WHERE loginName = ?",
                "INSERT INTO " + table + " (accountId, applicationKeyId, applicationKey, authToken, apiUrl,"
                        + " downloadUrl, s3ApiUrl, recommendedPartSize, absoluteMinimumPartSize, allowed, realm,"
                        + " loginName) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                "UPDATE " + table + " SET accountId = ?, applicationKeyId = ?, applicationKey = ?, authToken = ?,"
                        + " apiUrl = ?, downloadUrl = ?, s3ApiUrl = ?, recommendedPartSize = ?,"
                        + " absoluteMinimumPartSize = ?, allowed = ?, realm = ? WHERE loginName = ?",
                "DELETE FROM " + table + " WHERE loginName = ?",
                Buckets.on(bucketTable));
    }

    /** These with some replaced by what the user has configured; null keeps the standard. */
    JdbcStatements replacedBy(
            @Nullable String newQuery,
            @Nullable String newInsert,
            @Nullable String newUpdate,
            @Nullable String newDelete) {
        return new JdbcStatements(
                lock,
                or(newQuery, query),
                or(newInsert, insert),
                or(newUpdate, update),
                or(newDelete, delete),
                buckets);
    }

    static String or(@Nullable String configured, String standard) {
        return configured == null ? standard : configured;
    }

    static String exists(String table) {
        return "SELECT 1 FROM " + table + " WHERE 1 = 0";
    }
}
