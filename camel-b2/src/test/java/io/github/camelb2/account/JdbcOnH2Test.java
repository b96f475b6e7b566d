// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

class JdbcOnH2Test extends JdbcAccountInfoRepositoryContract {
    @Override
    String newDatabase() {
        return Databases.h2Url();
    }
}
