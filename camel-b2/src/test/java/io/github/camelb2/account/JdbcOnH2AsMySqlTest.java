// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

/** The statements for MySQL, as H2 understands them in its compatibility mode. */
class JdbcOnH2AsMySqlTest extends JdbcAccountInfoRepositoryContract {
    @Override
    String newDatabase() {
        return Databases.h2Url() + ";MODE=MySQL";
    }

    @Override
    String dialect() {
        return "mysql";
    }
}
