// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.jmstob2;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An Artemis in this JVM, which others reach too. */
final class Broker implements AutoCloseable {
    private final String url;
    private final EmbeddedActiveMQ artemis = new EmbeddedActiveMQ();

    private Broker(String url) {
        this.url = url;
    }

    static Broker start() throws Exception {
        Broker broker = new Broker("tcp://127.0.0.1:" + freePort());
        broker.artemis.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAddressSetting("#", losesNothing())
                .addAcceptorConfiguration("tcp", broker.url));
        broker.artemis.start();
        return broker;
    }

    /**
     * Without these an Artemis drops a message that was delivered ten times. The death of one process counts as several
     * deliveries: what one of its sessions had goes to the next one, of which the broker does not know yet that it is dead.
     * A pause in between makes it count as one. What is delivered too often for all that is
     * put aside: in the queue {@code DLQ.orders}.
     */
    private static AddressSettings losesNothing() {
        return new AddressSettings()
                .setRedeliveryDelay(1_000)
                .setMaxDeliveryAttempts(100)
                .setDeadLetterAddress(SimpleString.of("dead-letters"))
                .setAutoCreateDeadLetterResources(true);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return url;
    }

    /** Messages that it has not been told to forget. */
    long left(String queue) {
        Queue found = server().locateQueue(queue);
        return found == null ? 0 : found.getMessageCount();
    }

    ActiveMQServer server() {
        return artemis.getActiveMQServer();
    }

    @Override
    public void close() throws Exception {
        artemis.stop();
    }
}
