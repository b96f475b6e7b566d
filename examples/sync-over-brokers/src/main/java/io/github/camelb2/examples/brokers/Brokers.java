// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.brokers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/** An Artemis in this JVM, and a Kafka if the answers go over one. */
final class Brokers implements AutoCloseable {
    private final String url;
    private final EmbeddedActiveMQ artemis = new EmbeddedActiveMQ();
    private final Optional<KafkaClusterTestKit> kafka;

    private Brokers(boolean withKafka) throws Exception {
        this.url = "tcp://127.0.0.1:" + freePort();
        artemis.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("tcp", url));
        artemis.start();
        this.kafka = withKafka ? Optional.of(startKafka()) : Optional.empty();
    }

    /** @param results {@code jms} or {@code kafka}: what the answers go over */
    static Brokers start(String results) throws Exception {
        if (!results.equals("jms") && !results.equals("kafka")) {
            throw new IllegalArgumentException("write jms or kafka, not " + results);
        }
        return new Brokers(results.equals("kafka"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static KafkaClusterTestKit startKafka() throws Exception {
        KafkaClusterTestKit kafka = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder()
                        .setCombined(true)
                        .setNumBrokerNodes(1)
                        .setNumControllerNodes(1)
                        .build())
                .setConfigProp("offsets.topic.replication.factor", "1")
                .setConfigProp("offsets.topic.num.partitions", "1")
                .setConfigProp("group.initial.rebalance.delay.ms", "0")
                .build();
        kafka.format();
        kafka.startup();
        kafka.waitForReadyBrokers();
        return kafka;
    }

    /** Where Artemis is. */
    String url() {
        return url;
    }

    /** The endpoint that the answers go over. */
    String results() {
        return kafka.map(cluster -> "kafka:b2sync.results?brokers=" + cluster.bootstrapServers()
                        + "&groupId=coordinator&autoOffsetReset=earliest")
                .orElse("jms:queue:b2sync.results");
    }

    @Override
    public void close() throws Exception {
        artemis.stop();
        if (kafka.isPresent()) {
            kafka.get().close();
        }
    }
}
