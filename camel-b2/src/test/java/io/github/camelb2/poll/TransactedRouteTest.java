// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

import io.github.camelb2.B2Constants;

import static org.assertj.core.api.Assertions.assertThat;

/** A transacted route that stores in the database which also remembers what was consumed. */
class TransactedRouteTest extends ConsumerTestSupport {
    private final AtomicInteger attempts = new AtomicInteger();
    private JdbcConnectionPool database;
    private JdbcTemplate sql;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        database = JdbcConnectionPool.create("jdbc:h2:mem:transacted;DB_CLOSE_DELAY=-1", "sa", "");
        sql = new JdbcTemplate(database);
        sql.execute("CREATE TABLE STORED (name VARCHAR(100))");
        made.getRegistry()
                .bind("transactions", new SpringTransactionPolicy(new DataSourceTransactionManager(database)));
        made.getRegistry().bind("consumed", new JdbcConsumedRepository(database, "transacted"));
        return made;
    }

    @AfterEach
    void closeDatabase() {
        sql.execute("SHUTDOWN");
        database.dispose();
    }

    private enum Ending {
        FAILS {
            @Override
            void add(ProcessorDefinition<?> route) {
                route.throwException(new IllegalStateException("after storing"));
            }
        },
        ROLLS_BACK {
            @Override
            void add(ProcessorDefinition<?> route) {
                route.markRollbackOnly();
            }
        };

        abstract void add(ProcessorDefinition<?> route);
    }

    @ParameterizedTest
    @EnumSource
    void versionWhoseTransactionWasRolledBackIsDeliveredAgain(Ending ending) throws Exception {
        put("a", "1");
        consume("deleteAfterRead=true&idempotentRepository=#consumed", route -> {
            var first = route.transacted("transactions")
                    .process(this::record)
                    .process(this::store)
                    .choice()
                    .when(it -> attempts.incrementAndGet() == 1);
            ending.add(first);
            first.end();
        });

        poll();
        assertThat(delivered).containsExactly("a=1");
        assertThat(rowsStored()).isEmpty();
        assertThat(stored()).containsExactly("a=1");

        failures.clear();
        assertThat(polled()).containsExactly("a=1");
        assertThat(rowsStored()).containsExactly("a");
        assertThat(stored()).isEmpty();
    }

    private void store(Exchange exchange) {
        sql.update("INSERT INTO STORED VALUES (?)", exchange.getMessage().getHeader(B2Constants.FILE_NAME));
    }

    private List<String> rowsStored() {
        return sql.queryForList("SELECT name FROM STORED", String.class);
    }
}
