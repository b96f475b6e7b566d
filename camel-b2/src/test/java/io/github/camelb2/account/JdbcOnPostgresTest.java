// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

class JdbcOnPostgresTest extends JdbcAccountInfoRepositoryContract {
    @Override
    String newDatabase() throws Exception {
        return Databases.postgresUrl();
    }
}
