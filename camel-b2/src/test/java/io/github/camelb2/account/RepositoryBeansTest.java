// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Endpoint;
import io.github.camelb2.client.api.AccountInfoRepository;

import static org.assertj.core.api.Assertions.assertThat;

/** The repositories as beans of Camel, and what the documentation says of them. */
class RepositoryBeansTest {
    private static final String PAGE = read(Path.of("../src/main/docs/account-information.adoc"));

    @Test
    void theAccountFileIsTheRepositoryOfTheComponent() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            SqliteAccountInfoRepository repository = new SqliteAccountInfoRepository();
            context.getRegistry().bind("logins", repository);
            context.getComponent("b2", B2Component.class).getConfiguration().setAccountInfoRepository(repository);

            assertThat(repositoryOf(context)).isSameAs(repository);
        }
    }

    @Test
    void theDatabaseIsTheRepositoryOfTheComponent() throws Exception {
        try (CamelContext context = new DefaultCamelContext();
                HikariDataSource dataSource = Databases.pool(Databases.h2Url(), 2)) {
            JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository(dataSource, "invoices");
            repository.setStoreApplicationKey(false);
            context.getRegistry().bind("logins", repository);
            context.getComponent("b2", B2Component.class).getConfiguration().setAccountInfoRepository(repository);

            assertThat(repositoryOf(context)).isSameAs(repository);
        }
    }

    private static AccountInfoRepository repositoryOf(CamelContext context) {
        B2Endpoint endpoint = context.getEndpoint("b2:photos", B2Endpoint.class);
        return endpoint.getConfiguration().getAccountInfoRepository();
    }

    @Test
    void everyOptionIsSetFromText() throws Exception {
        try (CamelContext context = new DefaultCamelContext();
                HikariDataSource dataSource = Databases.pool(Databases.h2Url(), 2)) {
            context.getRegistry().bind("dataSource", dataSource);
            JdbcAccountInfoRepository jdbc = new JdbcAccountInfoRepository();
            SqliteAccountInfoRepository sqlite = new SqliteAccountInfoRepository();

            bind(
                    context,
                    jdbc,
                    Map.of(
                            "dataSource", "#bean:dataSource",
                            "loginName", "invoices",
                            "createTableIfNotExists", "false",
                            "storeApplicationKey", "true",
                            "tableName", "A",
                            "bucketTableName", "B",
                            "updateString", "UPDATE A"));
            bind(context, sqlite, Map.of("file", "~/x", "lockTimeout", "90s"));

            assertThat(jdbc.getDataSource()).isSameAs((DataSource) dataSource);
            assertThat(jdbc.getLoginName()).isEqualTo("invoices");
            assertThat(jdbc.isCreateTableIfNotExists()).isFalse();
            assertThat(jdbc.isStoreApplicationKey()).isTrue();
            assertThat(jdbc.getTableName() + jdbc.getBucketTableName()).isEqualTo("AB");
            assertThat(jdbc.getUpdateString()).isEqualTo("UPDATE A");
            assertThat(sqlite.getFile()).isEqualTo("~/x");
            assertThat(sqlite.getLockTimeout()).isEqualTo(Duration.ofSeconds(90));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SqliteAccountInfoRepository", "JdbcAccountInfoRepository"})
    void toolsAndDocumentationKnowEveryOption(String bean) throws Exception {
        JsonNode model = new ObjectMapper()
                .readTree(read(
                        Path.of("src/generated/resources/META-INF/services/org/apache/camel/bean/" + bean + ".json")))
                .get("bean");

        assertThat(model.get("interfaceType").asText()).isEqualTo(AccountInfoRepository.class.getName());
        assertThat(model.get("properties")).isNotEmpty();
        model.get("properties").fieldNames().forEachRemaining(option -> assertThat(PAGE)
                .contains("`" + option + "`"));
    }

    @Test
    void theDocumentedTablesAreThoseThatAreCreated() {
        for (String sql : List.of(
                JdbcDialect.standard.createLogins("CAMEL_B2_ACCOUNT"),
                JdbcDialect.standard.createBuckets("CAMEL_B2_BUCKET"))) {
            assertThat(PAGE.replaceAll("\\s+", "")).contains(sql.replaceAll("\\s+", ""));
        }
    }

    private static void bind(CamelContext context, Object bean, Map<String, Object> options) {
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(bean)
                .withProperties(new HashMap<>(options))
                .withMandatory(true)
                .bind();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
