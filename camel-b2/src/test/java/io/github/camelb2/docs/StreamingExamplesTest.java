// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2TestSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The routes of the page on streaming uploads, in Java and YAML, in one context that is stopped at the end. */
class StreamingExamplesTest extends B2TestSupport {
    @TempDir
    static Path spool;

    private String bucket;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        bucket = B2.createBucket();
        Properties properties = new Properties();
        properties.setProperty("bucket", bucket);
        properties.setProperty("spool", spool.toString());
        properties.setProperty("queue", "seda:queue");
        properties.setProperty("orders", "seda:orders");
        properties.setProperty("records", "seda:records");
        made.getPropertiesComponent().setInitialProperties(properties);
        PluginHelper.getRoutesLoader(made)
                .loadRoutes(
                        ResourceHelper.resolveResource(made, "classpath:docs/streaming.yaml"),
                        ResourceHelper.resolveResource(made, "classpath:docs/streaming-file.yaml"));
        return made;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new StreamingExamples();
    }

    @Test
    void everyRouteOfThePageStoresItsFiles() throws Exception {
        MockEndpoint stored = getMockEndpoint("mock:stored");
        stored.expectedMessageCount(1);
        template().sendBody("direct:first", "one");
        template().sendBody("direct:first", "two");
        template().sendBody("direct:yaml", "three");
        template().sendBodyAndHeaders("direct:partitions", "four", Map.of("country", "a/b"));
        template().sendBody("seda:queue?waitForTaskToComplete=Always", "five");
        template().sendBody("seda:orders?waitForTaskToComplete=Never", "six");
        template().sendBody("seda:records?waitForTaskToComplete=Never", List.of(message("seven"), message("eight")));
        for (int i = 0; i < 100; i++) {
            template().sendBody("direct:events", "{}");
        }
        stored.assertIsSatisfied();
        // They are done with their files, which the stop stores at the latest.
        await().until(() -> context().getInflightRepository().size() == 2);

        context().stop();

        assertThat(text("logs/app.log")).isEqualTo("one\ntwo\n");
        assertThat(text("logs/yaml.log")).isEqualTo("three\n");
        assertThat(text("orders.txt")).isEqualTo("six\n");
        assertThat(text("records.txt")).isEqualTo("seven\neight\n");
        assertThat(text("events.json")).isEqualTo("{}".repeat(100));
        assertThat(b2().state().names(bucket))
                .anyMatch(name -> name.matches("orders/a%2Fb/\\d{4}-\\d{2}-\\d{2}\\.json\\.gz"))
                .anyMatch(name -> name.matches("queue-.{36}\\.txt"));
    }

    private Exchange message(String body) {
        Exchange message = new DefaultExchange(context());
        message.getMessage().setBody(body);
        return message;
    }

    private String text(String name) {
        return new String(b2().state().bytes(bucket, name), StandardCharsets.UTF_8);
    }
}
