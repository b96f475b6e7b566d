// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.account.JdbcAccountInfoRepository;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** An application as a user writes it: properties, a DataSource, YAML routes (in resources/camel), and a second account. */
@CamelSpringBootTest
@SpringBootTest(
        classes = StartedApplicationTest.Application.class,
        properties = {
            "camel.component.b2.auto-create-bucket=true",
            "camel.component.b2.retry-timeout=1m",
            "camel.component.archive.content-type=text/plain",
            "camel.b2.route-templates=true",
            "camel.b2.login.store=jdbc",
            "camel.b2.login.jdbc.login-name=invoices",
            "camel.b2.login.jdbc.table-name=LOGINS",
            "other.secret-elsewhere=${camel.component.b2.application-key}",
            "management.endpoint.configprops.show-values=always",
            "management.endpoint.env.show-values=always",
            "management.endpoints.jmx.exposure.include=*",
            "management.health.livenessstate.enabled=true",
            "spring.jmx.enabled=true"
        })
class StartedApplicationTest {
    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    @RegisterExtension
    static final B2EmulatorExtension ARCHIVE = new B2EmulatorExtension();

    @TempDir
    static Path source;

    @Autowired
    private CamelContext context;

    @Autowired
    private ProducerTemplate template;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private ConfigurationPropertiesReportEndpoint configprops;

    @Autowired
    private EnvironmentEndpoint env;

    @Autowired
    private HealthEndpoint health;

    @Configuration
    @EnableAutoConfiguration
    static class Application {
        @Bean
        DataSource dataSource() {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL("jdbc:h2:mem:starter;DB_CLOSE_DELAY=-1");
            return h2;
        }

        /** The second account; its options are camel.component.archive.*. */
        @Bean
        B2Component archive() {
            return new B2Component();
        }
    }

    @DynamicPropertySource
    static void accounts(DynamicPropertyRegistry registry) {
        registry.add("camel.component.b2.realm", () -> B2.emulator().url());
        registry.add(
                "camel.component.b2.application-key-id", () -> B2.emulator().applicationKeyId());
        registry.add("camel.component.b2.application-key", () -> B2.emulator().applicationKey());
        registry.add("camel.component.archive.realm", () -> ARCHIVE.emulator().url());
        registry.add("camel.component.archive.application-key-id", () -> ARCHIVE.emulator()
                .applicationKeyId());
        registry.add("camel.component.archive.application-key", () -> ARCHIVE.emulator()
                .applicationKey());
        registry.add("photos", source::toString);
    }

    @Test
    void kameletsOnTheClassPathAreFound() {
        template.sendBody("direct:kamelet", "x");

        assertThat(B2.emulator().state().names("boot-bucket")).contains("by-kamelet.txt");
    }

    @Test
    void aYamlRouteUploads() {
        Object fileId = template.requestBodyAndHeader("direct:upload", "hello", "CamelB2FileName", "a.txt");

        assertThat(String.valueOf(fileId)).isNotEmpty();
        assertThat(B2.emulator().state().names("boot-bucket")).contains("a.txt");
        assertThat(options("b2").getRetryTimeout()).isEqualTo(60_000);
    }

    @Test
    void aSyncByTemplateRuns() throws Exception {
        Files.writeString(source.resolve("one.txt"), "1");

        template.requestBody("direct:b2-sync-docs", (Object) null);

        assertThat(B2.emulator().state().names("boot-bucket")).contains("docs/one.txt");
    }

    @Test
    void aCoordinatorAndAWorkerByTemplateRunWithTheDataSourceAsLedger() throws Exception {
        template.requestBodyAndHeader("direct:upload", "makes the bucket", "CamelB2FileName", "first.txt");
        Files.writeString(source.resolve("two.txt"), "2");

        Object report = template.requestBody("direct:b2-sync-coordinator-shared", (Object) null);

        assertThat(B2.emulator().state().names("boot-bucket")).contains("shared/two.txt");
        assertThat(String.valueOf(report)).contains("0 failed").contains("by 1 workers");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet runs = statement.executeQuery("SELECT runState FROM B2_SYNC_RUN WHERE syncName = 'shared'")) {
            assertThat(runs.next()).isTrue();
            assertThat(runs.getString(1)).isEqualTo("ENDED");
        }
    }

    @Test
    void eachAccountHasItsOwnProperties() {
        ARCHIVE.emulator().state().createBucket("archived");

        template.sendBody("archive:archived?fileName=old.txt", "old");

        assertThat(ARCHIVE.emulator().state().names("archived")).containsExactly("old.txt");
        assertThat(options("archive").getContentType()).isEqualTo("text/plain");
        assertThat(options("archive").isAutoCreateBucket()).isFalse();
        assertThat(options("b2").getContentType()).isEqualTo("b2/x-auto");
        assertThat(options("archive").getApplicationKey())
                .isEqualTo(ARCHIVE.emulator().applicationKey())
                .isNotEqualTo(options("b2").getApplicationKey());
    }

    @Test
    void theLoginIsKeptInTheDatabaseOfTheApplication() throws Exception {
        template.sendBodyAndHeader("direct:upload", "hello", "CamelB2FileName", "login.txt");

        assertThat(options("b2").getAccountInfoRepository()).isInstanceOf(JdbcAccountInfoRepository.class);
        try (var connection = dataSource.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT * FROM LOGINS")) {
            assertThat(rows.next()).isTrue();
        }
        assertThat(context.getRegistry().findByType(AccountInfoRepository.class))
                .singleElement()
                .satisfies(login -> assertThat(((JdbcAccountInfoRepository) login).getLoginName())
                        .isEqualTo("invoices"));
    }

    @Test
    void actuatorShowsOptionsAndNoSecret() {
        String key = B2.emulator().applicationKey();
        String properties = configprops.configurationProperties().getContexts().values().stream()
                .flatMap(beans -> beans.getBeans().entrySet().stream())
                .map(bean -> bean.getKey() + bean.getValue().getProperties())
                .toList()
                .toString();
        String environment = env.environment(null).getPropertySources().stream()
                .map(source -> source.getProperties().entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue().getValue())
                        .toList()
                        .toString())
                .toList()
                .toString();

        assertThat(properties)
                .contains(
                        "applicationKeyId=" + B2.emulator().applicationKeyId(),
                        "applicationKey=******",
                        "retryTimeout=1m")
                .doesNotContain(key);
        assertThat(environment)
                .contains("camel.component.b2.application-key=******", "other.secret-elsewhere=******")
                .contains("camel.component.archive.application-key=******")
                .doesNotContain(key)
                .doesNotContain(ARCHIVE.emulator().applicationKey());
    }

    @Test
    void actuatorKnowsTheHealthOfTheRoutes() {
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    private B2Configuration options(String component) {
        return context.getComponent(component, B2Component.class).getConfiguration();
    }
}
