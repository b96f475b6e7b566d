// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.util.regex.Pattern;

/** The rule for names of tables, which keeps SQL out of the statements that are made with them. */
final class JdbcTableName {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*(\\.[a-zA-Z_][a-zA-Z0-9_]*)?");

    private JdbcTableName() {}

    /** @throws IllegalArgumentException naming the option if the name is none */
    static void require(String option, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("JdbcAccountInfoRepository: option " + option + "=" + name
                    + " is not a table name; use letters, digits and '_', with a schema and a dot before it if needed");
        }
    }
}
