// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.sync.option.SideAccount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A user and password in an address of a sync are refused where they have no meaning, and stand nowhere. */
class SyncAddressSecretsTest {
    private static final String PASSWORD = "s3cr3tPassword";
    private static final String SYNC = "b2-sync:nightly?source=/tmp&destination=b2://media";

    @ParameterizedTest
    @CsvSource({
        "destinationRealm, '&destinationRealm=https://me:s3cr3tPassword@b2.example.com'",
        "destinationRealm, '&destination-realm=RAW(https://me:s3cr3tPassword@b2.example.com)'",
        "sourceRealm, '&sourceRealm=https%3A%2F%2Fs3cr3tPassword%40b2.example.com'",
        "backupDir, '&backupDir=b2://K005id:s3cr3tPassword@media/old&backupSuffix=.old'"
    })
    void anEndpointOfSuchAnAddressIsRefusedWithoutShowingIt(String option, String options) throws Exception {
        refuse(option, SYNC + options);
    }

    @Test
    void aKeyBeforeTheBucketIsRefusedWithoutShowingIt() throws Exception {
        refuse("destination", "b2-sync:nightly?source=/tmp&destination=b2://K005id:s3cr3tPassword@media");
        refuse("source", "b2-sync:nightly?destination=/tmp&source=b2:K005id:s3cr3tPassword@media/a");
    }

    private static void refuse(String option, String uri) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to(uri);
                }
            });

            assertThatThrownBy(context::start)
                    .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain(PASSWORD))
                    .rootCause()
                    .hasMessageContaining("Option " + option + "=");
            assertThat(shownBy(context)).doesNotContain(PASSWORD);
        }
    }

    /** Endpoints of others may need a password in their URI: it is used, and not shown. */
    @Test
    void aPasswordInTheUriOfAnotherEndpointIsNotShown() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to(SYNC + "&reportTo=RAW(log:lines?marker=x&password=s3cr3tPassword)");
                    from("direct:other").to(SYNC + "&reportTo=RAW(log:lines?marker=x&password=another)");
                }
            });
            context.build();

            assertThat(shownBy(context)).doesNotContain(PASSWORD);
            assertThat(new SideAccount("source", "b2", null, null, "https://me:s3cr3tPassword@host", null).toString())
                    .doesNotContain(PASSWORD);
        }
    }

    private static String shownBy(DefaultCamelContext context) {
        StringBuilder shown = new StringBuilder();
        for (Endpoint it : context.getEndpoints()) {
            shown.append(it).append(it.getEndpointUri()).append(it.getEndpointKey());
        }
        context.getCamelContextExtension()
                .getContextPlugin(Model.class)
                .getRouteDefinitions()
                .forEach(route -> shown.append(route).append(route.getOutputs()));
        return shown.toString();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
