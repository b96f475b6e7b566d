// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

/** The statements for MariaDB, as H2 understands them in its compatibility mode. */
class JdbcOnH2AsMariaDbTest extends JdbcAccountInfoRepositoryContract {
    @Override
    String newDatabase() {
        return Databases.h2Url() + ";MODE=MariaDB";
    }

    @Override
    String dialect() {
        return "mysql";
    }
}
