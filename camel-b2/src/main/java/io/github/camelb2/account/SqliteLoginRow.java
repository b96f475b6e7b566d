// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;

/** Reads the login of an account file whose columns may be those of any earlier tool. */
final class SqliteLoginRow {
    /** What B2 has always asked of a part; files of old tools do not say it. */
    private static final long MINIMUM_PART_SIZE = 5_000_000;

    private final ResultSet row;
    private final Set<String> columns = new HashSet<>();

    private SqliteLoginRow(ResultSet row) throws SQLException {
        this.row = row;
        ResultSetMetaData names = row.getMetaData();
        for (int i = 1; i <= names.getColumnCount(); i++) {
            columns.add(names.getColumnName(i));
        }
    }

    static AccountInfo read(ResultSet row) throws SQLException {
        return new SqliteLoginRow(row).read();
    }

    private AccountInfo read() throws SQLException {
        String accountId = row.getString("account_id");
        boolean hasTwoSizes = columns.contains("recommended_part_size");
        String keyId = textOrNull("account_id_or_app_key_id");
        String s3ApiUrl = textOrNull("s3_api_url");
        return new AccountInfo(
                accountId,
                // The master key of an account is known by the account's own id.
                keyId == null ? accountId : keyId,
                row.getString("application_key"),
                row.getString("account_auth_token"),
                row.getString("api_url"),
                row.getString("download_url"),
                s3ApiUrl == null ? "" : s3ApiUrl,
                row.getLong(hasTwoSizes ? "recommended_part_size" : "minimum_part_size"),
                hasTwoSizes ? row.getLong("absolute_minimum_part_size") : MINIMUM_PART_SIZE,
                AllowedJson.decode(textOrNull("allowed")),
                row.getString("realm"));
    }

    private @Nullable String textOrNull(String column) throws SQLException {
        return columns.contains(column) ? row.getString(column) : null;
    }
}
