// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JdbcDialectTest {
    @ParameterizedTest
    @CsvSource({
        "MySQL, mysql",
        "MariaDB, mysql",
        "Oracle, oracle",
        "Microsoft SQL Server, sqlserver",
        "PostgreSQL, standard",
        "H2, standard",
        "SQLite, standard",
    })
    void aDatabaseIsKnownByTheNameThatItGivesItself(String product, JdbcDialect dialect) {
        assertThat(JdbcDialect.ofProduct(product)).isEqualTo(dialect);
    }

    @Test
    void aDialectThatIsNoneIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> JdbcDialect.named("db2"))
                .hasMessageContaining("dialect=db2")
                .hasMessageContaining("sqlserver");
    }
}
