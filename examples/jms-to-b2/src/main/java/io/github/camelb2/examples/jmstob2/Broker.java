// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.jmstob2;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

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
                .addAcceptorConfiguration("tcp", broker.url));
        broker.artemis.start();
        return broker;
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
        Queue found = artemis.getActiveMQServer().locateQueue(queue);
        return found == null ? 0 : found.getMessageCount();
    }

    @Override
    public void close() throws Exception {
        artemis.stop();
    }
}
