// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.client.model.bucket.NotificationRule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A user and password that somebody writes into an address are refused, and stand nowhere. */
class AddressSecretsTest {
    private static final String PASSWORD = "s3cr3tPassword";

    @ParameterizedTest
    @CsvSource({
        "realm, b2:media?realm=https://me:s3cr3tPassword@b2.example.com",
        "realm, b2:media?Realm=RAW(https://me:s3cr3tPassword@b2.example.com)",
        "realm, b2:media?realm=https%3A%2F%2Fme%3As3cr3tPassword%40b2.example.com",
        "realm, b2:media?realm=me:s3cr3tPassword@b2.example.com",
        "realm, b2:media?realm=https://b2.example.com?token=s3cr3tPassword",
        "downloadUrl, b2:media?download-url=https://s3cr3tPassword@cdn.example.com",
        "notificationUrl, b2:media?notificationUrl=https://me:s3cr3tPassword@hooks.example.com/b2&notifications=true"
                + "&notificationSecret=#property:hmac",
        "bucketName, b2:K005id:s3cr3tPassword@media",
        "bucketName, b2://K005id:s3cr3tPassword@media?prefix=a/"
    })
    void anEndpointOfSuchAnAddressIsRefusedWithoutShowingIt(String option, String uri) throws Exception {
        try (DefaultCamelContext context = context()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    if (option.equals("notificationUrl")) {
                        from(uri).to("mock:out");
                    } else {
                        from("direct:in").to(uri);
                    }
                }
            });

            assertThatThrownBy(context::start)
                    .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain(PASSWORD))
                    .satisfies(failure -> assertThat(stackTrace(failure)).contains("Option " + option + "="));
            assertThat(shownBy(context)).doesNotContain(PASSWORD);
        }
    }

    @Test
    void oneThatTheComponentIsConfiguredWithIsRefusedWithoutShowingIt() throws Exception {
        try (DefaultCamelContext context = context();
                CapturedLogs logs = CapturedLogs.open()) {
            context.getComponent("b2", B2Component.class)
                    .getConfiguration()
                    .setRealm("https://me:s3cr3tPassword@b2.example.com");
            context.start();

            assertThatThrownBy(() -> context.getEndpoint("b2:media"))
                    .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain(PASSWORD))
                    .rootCause()
                    .hasMessageContaining("Option realm=https://xxxxxx@b2.example.com");
            assertThat(logs.lines()).noneMatch(line -> line.contains(PASSWORD));
        }
    }

    @Test
    void whatStandsInTheTargetOfARuleIsNotShown() {
        NotificationRule rule = NotificationRule.of(
                "others-rule",
                List.of("b2:ObjectCreated:*"),
                NotificationRule.Target.webhook(
                        "https://me:s3cr3tPassword@hooks.example.com/b2?k=s3cr3tPassword", null));

        assertThat(rule.toString()).doesNotContain(PASSWORD).contains("hooks.example.com/b2");
    }

    /** What has no user in it stays as it is written, and two of them are two endpoints. */
    @Test
    void addressesWithoutAUserAreShown() throws Exception {
        try (DefaultCamelContext context = context()) {
            Endpoint one = context.getEndpoint("b2:media?downloadUrl=https://cdn.example.com/a@b");
            Endpoint other = context.getEndpoint("b2:media?downloadUrl=https://cdn.example.com/c@d");

            assertThat(one.getEndpointUri()).contains("cdn.example.com");
            assertThat(one).isNotEqualTo(other);
        }
    }

    private static DefaultCamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().addOverrideProperty("hmac", "0123456789abcdef0123456789abcdef");
        return context;
    }

    private static String shownBy(CamelContext context) throws Exception {
        StringBuilder shown = new StringBuilder();
        context.getEndpoints()
                .forEach(it -> shown.append(it).append(it.getEndpointUri()).append(it.getEndpointKey()));
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteDefinition route : model.getRouteDefinitions()) {
            shown.append(route).append(route.getInput()).append(route.getOutputs());
        }
        return shown.toString();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
