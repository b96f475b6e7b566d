// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.quarkus.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Map;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.spi.DataType;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.B2Component;
import io.github.camelb2.account.JdbcAccountInfoRepository;

import static org.assertj.core.api.Assertions.assertThat;

/** An application that says nothing of accounts works on an emulator, with all that Camel Quarkus does not find by itself. */
@Tag("full")
class DevServicesTest {
    private static final String YAML = """
            - route:
                from:
                  uri: direct:kamelet
                  steps:
                    - to:
                        uri: kamelet:b2-sink
                        parameters:
                          bucketName: photos
                          fileName: kamelet.txt
            """;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Routes.class, Accounts.class)
                    .addAsResource(new StringAsset(YAML), "camel/kamelet.camel.yaml"))
            .overrideConfigKey("quarkus.camel.b2.devservices.buckets", "photos,reports")
            .overrideConfigKey("quarkus.camel.b2.devservices.components", "b2,archive")
            .overrideConfigKey("camel.component.archive.retry-timeout", "1m")
            .overrideConfigKey("camel.kamelet.b2-sink.applicationKeyId", "{{camel.component.b2.application-key-id}}")
            .overrideConfigKey("camel.kamelet.b2-sink.applicationKey", "{{camel.component.b2.application-key}}")
            .overrideConfigKey("camel.kamelet.b2-sink.realm", "{{camel.component.b2.realm:production}}")
            .overrideConfigKey("camel.main.routes-include-pattern", "classpath:camel/*.yaml")
            .overrideConfigKey("quarkus.datasource.db-kind", "h2")
            .overrideConfigKey("quarkus.datasource.jdbc.url", "jdbc:h2:mem:logins");

    @Inject
    CamelContext context;

    @Inject
    ProducerTemplate template;

    @Inject
    AgroalDataSource database;

    public static class Routes extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:upload").toD("${header.account}:photos");
            from("direct:read").to("b2:photos?operation=downloadFile").convertBodyTo(String.class);
            from("direct:poll")
                    .pollEnrich()
                    .simple("b2:${header.bucket}?prefix=poll/&delay=1h")
                    .timeout(20_000)
                    .transformDataType(new DataType("b2:application-cloudevents"));
        }
    }

    /** A second account, whose login is kept in the database. */
    @ApplicationScoped
    static class Accounts {
        @Produces
        @Named("archive")
        B2Component archive(AgroalDataSource database) {
            JdbcAccountInfoRepository login = new JdbcAccountInfoRepository();
            login.setDataSource(database);
            B2Component archive = new B2Component();
            archive.getConfiguration().setAccountInfoRepository(login);
            return archive;
        }
    }

    @Test
    void filesGoToTheEmulatorAndComeBack() {
        upload("b2", "a.jpg", "a picture");

        assertThat(read("a.jpg")).isEqualTo("a picture");
    }

    @Test
    void theEmulatorIsReachedFromThisMachineOnly() {
        assertThat(ConfigProvider.getConfig().getValue("camel.component.b2.realm", String.class))
                .startsWith("http://127.0.0.1:");
    }

    @Test
    void twoAccountsHaveOptionsOfTheirOwnAndOneKeepsItsLoginInTheDatabase() throws Exception {
        upload("archive", "kept.txt", "kept");

        B2Component archive = context.getComponent("archive", B2Component.class);
        assertThat(archive.getConfiguration().getRetryTimeout()).isEqualTo(60_000);
        assertThat(context.getComponent("b2", B2Component.class)
                        .getConfiguration()
                        .getRetryTimeout())
                .isNotEqualTo(60_000);
        try (Connection connection = database.getConnection();
                ResultSet logins = connection.createStatement().executeQuery("SELECT COUNT(*) FROM CAMEL_B2_ACCOUNT")) {
            logins.next();
            assertThat(logins.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void aBucketThatEachMessageNamesIsPolledThroughOneConsumerAndMakesCloudEvents() {
        upload("b2", "poll/event.txt", "polled");

        Map<String, Object> headers = template.request(
                        "direct:poll", message -> message.getMessage().setHeader("bucket", "photos"))
                .getMessage()
                .getHeaders();

        assertThat(headers).containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, "poll/event.txt");
        assertThat(context.getCamelContextExtension()
                        .getFactoryFinder("META-INF/services/org/apache/camel/poll-dynamic/")
                        .findClass("b2"))
                .isPresent();
    }

    @Test
    void aRouteTemplateSyncs() throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target"), "notes");
        Files.writeString(directory.resolve("one.txt"), "1");
        TemplatedRouteBuilder.builder(context, "b2-sync")
                .parameter("name", "notes")
                .parameter("source", directory.toAbsolutePath().toString())
                .parameter("destination", "b2://photos/notes")
                .add();

        template.requestBody("direct:b2-sync-notes", (Object) null);

        assertThat(read("notes/one.txt")).isEqualTo("1");
    }

    @Test
    void aKameletOfTheJarStores() {
        template.sendBody("direct:kamelet", "by Kamelet");

        assertThat(read("kamelet.txt")).isEqualTo("by Kamelet");
    }

    private void upload(String account, String name, String content) {
        template.sendBodyAndHeaders("direct:upload", content, Map.of("account", account, "CamelB2FileName", name));
    }

    private Object read(String name) {
        return template.requestBodyAndHeader("direct:read", null, "CamelB2FileName", name);
    }
}
