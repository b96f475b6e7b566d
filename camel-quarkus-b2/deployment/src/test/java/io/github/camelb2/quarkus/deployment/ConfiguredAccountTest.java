// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.quarkus.deployment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.logging.LogRecord;

import io.quarkus.test.QuarkusUnitTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.model.Model;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.account.JdbcAccountInfoRepository;

import static org.assertj.core.api.Assertions.assertThat;

/** An application with an account of its own gets no emulator, and shows its secrets nowhere. No service answers at its realm. */
@Tag("full")
class ConfiguredAccountTest {
    private static final String KEY = "K005secretofthecomponent0000001";
    private static final String OF_ROUTE = "K005secretoftheroute00000000002";
    private static final String OF_YAML = "K005secretoftheyamlroute0000003";

    private static final String YAML = """
            - route:
                from:
                  uri: direct:yaml
                  steps:
                    - to:
                        uri: b2:photos
                        parameters:
                          fileName: a.txt
                          applicationKeyId: 005id
                          applicationKey: %s
                          retryTimeout: 1
            """.formatted(OF_YAML);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(
                    jar -> jar.addClasses(Routes.class).addAsResource(new StringAsset(YAML), "camel/secret.camel.yaml"))
            .overrideConfigKey("camel.component.b2.application-key-id", "005id")
            .overrideConfigKey("camel.component.b2.application-key", KEY)
            .overrideConfigKey("camel.component.b2.realm", "http://127.0.0.1:1")
            .overrideConfigKey("camel.component.b2.retry-timeout", "1m")
            .overrideConfigKey("camel.component.b2.account-info-repository", "#bean:login")
            .overrideConfigKey("camel.component.b2-sync.workers", "3")
            .overrideConfigKey("camel.beans.login", "#class:" + JdbcAccountInfoRepository.class.getName())
            .overrideConfigKey("camel.beans.login.data-source", "#autowired")
            .overrideConfigKey("camel.main.routes-include-pattern", "classpath:camel/*.yaml")
            .overrideConfigKey("quarkus.datasource.db-kind", "h2")
            .overrideConfigKey("quarkus.datasource.jdbc.url", "jdbc:h2:mem:configured")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(ConfiguredAccountTest::showNoSecret);

    @Inject
    CamelContext context;

    @Inject
    ProducerTemplate template;

    public static class Routes extends RouteBuilder {
        @Override
        public void configure() {
            from("direct:java")
                    .to("b2:photos?fileName=a.txt&retryTimeout=1&applicationKeyId=005id&applicationKey=RAW(" + OF_ROUTE
                            + ")");
            from("b2:photos?initialDelay=1&delay=1h&retryTimeout=1")
                    .routeId("consumer")
                    .process(exchange -> {});
        }
    }

    private static void showNoSecret(List<LogRecord> records) {
        List<String> texts = new ArrayList<>();
        for (LogRecord record : records) {
            texts.add(record.getMessage()
                    + List.of(record.getParameters() == null ? new Object[0] : record.getParameters()));
        }
        // The summary of the configuration, which names the option.
        assertThat(texts).anyMatch(text -> text.contains("xxxxxx"));
        assertThat(texts).noneMatch(text -> text.contains("Dev Services for Backblaze B2"));
        assertThat(texts).noneMatch(text -> text.contains("K005secret"));
    }

    @Test
    void noEmulatorTakesThePlaceOfTheAccount() {
        assertThat(ConfigProvider.getConfig().getValue("camel.component.b2.realm", String.class))
                .isEqualTo("http://127.0.0.1:1");
        B2Configuration options = context.getComponent("b2", B2Component.class).getConfiguration();
        assertThat(options.getApplicationKey()).isEqualTo(KEY);
        assertThat(options.getRetryTimeout()).isEqualTo(60_000);
    }

    @Test
    void theLoginIsKeptInTheDatabaseOfTheApplication() {
        B2Configuration options = context.getComponent("b2", B2Component.class).getConfiguration();

        assertThat(options.getAccountInfoRepository()).isInstanceOf(JdbcAccountInfoRepository.class);
        assertThat(((JdbcAccountInfoRepository) options.getAccountInfoRepository()).getDataSource())
                .isNotNull();
    }

    @Test
    void routesShowNoSecret() throws Exception {
        List<String> shown = new ArrayList<>();
        shown.add(context.getCamelContextExtension()
                .getContextPlugin(Model.class)
                .getRouteDefinitions()
                .toString());
        context.getEndpoints().forEach(endpoint -> shown.add(endpoint + " " + endpoint.getEndpointUri()));
        for (String route : List.of("direct:java", "direct:yaml")) {
            Exception failure = template.request(
                            route, exchange -> exchange.getMessage().setBody("x"))
                    .getException();
            assertThat(failure).isNotNull();
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                shown.add(String.valueOf(cause));
            }
        }

        assertThat(shown).hasSizeGreaterThan(5).noneMatch(text -> text.contains("K005secret"));
    }

    @Test
    void healthTellsOfTheConsumerThatReachesNoService() {
        Collection<HealthCheck.Result> results = HealthCheckHelper.invokeReadiness(context);

        assertThat(results.stream().map(result -> result.getCheck().getId()).toList())
                .contains("consumer:consumer");
        assertThat(Set.copyOf(results).toString()).doesNotContain("K005secret");
    }
}
