// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.jmstob2;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.jms.Connection;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.apache.activemq.artemis.api.core.ActiveMQRemoteDisconnectException;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the broker does with orders whose consumers die, which no consumer can do anything about. */
@Tag("full")
class BrokerTest {
    private static final int ORDERS = 200;
    private static final int CONSUMERS = 16;

    /**
     * The sessions of a dead connection are cleared up one after the other, and what the first had is handed to those that
     * are still to be cleared up: one death counts as many deliveries, and of too many an Artemis makes a dead letter, or
     * nothing where it has no address for those.
     */
    @Test
    void noOrderIsDroppedOrPutAsideHoweverManyConsumersDieWithTheirProcess() throws Exception {
        try (Broker broker = Broker.start();
                ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(broker.url())) {
            connections.setReconnectAttempts(0);
            send(connections, ORDERS);
            for (int death = 0; death < 5; death++) {
                Connection connection = connections.createConnection();
                List<MessageConsumer> consumers = consumers(connection);
                connection.start();
                await().until(() -> handedOut(broker) > 0 && handedOut(broker) == broker.left("orders"));
                loseConnections(broker);
                await().until(() -> handedOut(broker) == 0);
                assertThat(consumers).hasSize(CONSUMERS);
            }

            assertThat(broker.left("orders")).isEqualTo(ORDERS);
            assertThat(broker.left("DLQ.orders")).isZero();
        }
    }

    @Test
    void orderThatFailsTooOftenIsPutAside() throws Exception {
        try (Broker broker = Broker.start();
                ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory(broker.url())) {
            broker.server()
                    .getAddressSettingsRepository()
                    .addMatch(
                            "orders",
                            new AddressSettings().setRedeliveryDelay(0).setMaxDeliveryAttempts(2));
            send(connections, 1);
            try (JMSContext context = connections.createContext(JMSContext.SESSION_TRANSACTED)) {
                JMSConsumer consumer = context.createConsumer(context.createQueue("orders"));
                for (int delivery = 0; delivery < 2; delivery++) {
                    assertThat(consumer.receive(10_000)).isNotNull();
                    context.rollback();
                }
            }

            await().until(() -> broker.left("DLQ.orders") == 1 && broker.left("orders") == 0);
        }
    }

    private static void send(ActiveMQConnectionFactory connections, int count) {
        try (JMSContext context = connections.createContext()) {
            var orders = context.createQueue("orders");
            IntStream.range(0, count).forEach(i -> context.createProducer().send(orders, "order " + i));
        }
    }

    private static long handedOut(Broker broker) {
        return broker.server().locateQueue("orders").getDeliveringCount();
    }

    private static void loseConnections(Broker broker) {
        for (RemotingConnection connection :
                broker.server().getRemotingService().getConnections()) {
            connection.fail(new ActiveMQRemoteDisconnectException("killed"));
        }
    }

    private static List<MessageConsumer> consumers(Connection connection) throws Exception {
        List<MessageConsumer> consumers = new ArrayList<>();
        for (int i = 0; i < CONSUMERS; i++) {
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            consumers.add(session.createConsumer(session.createQueue("orders")));
        }
        return consumers;
    }
}
