// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.jmstob2;

import java.nio.file.Path;

import jakarta.jms.JMSContext;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the README says of {@code asyncConsumer=true}: it fills a file by one thread, and the broker forgets before that. */
@Tag("full")
class AsynchronousConsumerTest {
    @TempDir
    Path work;

    @Test
    void oneConsumerFillsAFileAndTheBrokerForgetsItsMessagesBeforeItIsStored() throws Exception {
        try (Broker broker = Broker.start();
                B2Emulator b2 = B2Emulator.start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            b2.state().createBucket("jms-async");
            B2Configuration options =
                    context.getComponent("b2", B2Component.class).getConfiguration();
            options.setRealm(b2.url());
            options.setApplicationKeyId(b2.applicationKeyId());
            options.setApplicationKey(b2.applicationKey());
            context.addComponent(
                    "jms", JmsComponent.jmsComponentAutoAcknowledge(new ActiveMQConnectionFactory(broker.url())));
            // No class of its own: the application looks for route builders in this package, and would take it for one
            // of its.
            RouteBuilder.addRoutes(context, routes -> routes.from("jms:queue:orders?asyncConsumer=true")
                    .to("b2:jms-async?streamingUploadMode=true&fileName=orders&acknowledge=file"
                            + "&batchMessageNumber=3&spoolDirectory=" + work));
            context.start();

            send(broker, "1", "2");
            await().until(() -> context.getInflightRepository().size() == 2 && broker.left("orders") == 0);
            assertThat(b2.state().names("jms-async")).isEmpty();
            send(broker, "3");

            await().until(() -> b2.state().names("jms-async").contains("orders"));
        }
    }

    private static void send(Broker broker, String... bodies) {
        try (ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(broker.url());
                JMSContext context = connections.createContext()) {
            for (String body : bodies) {
                context.createProducer().send(context.createQueue("orders"), body);
            }
        }
    }
}
