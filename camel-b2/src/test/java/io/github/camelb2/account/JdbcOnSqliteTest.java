// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

class JdbcOnSqliteTest extends JdbcAccountInfoRepositoryContract {
    @TempDir
    Path directory;

    @Override
    String newDatabase() {
        return Databases.sqliteUrl(directory.resolve("logins.db"));
    }
}
