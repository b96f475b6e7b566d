// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.brokers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
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
                .addAddressSetting("#", losesNothing())
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

    /**
     * Without these an Artemis drops a message that was delivered ten times, and the death of one worker counts as several
     * deliveries: what one of its sessions had goes to the next one, which is dead too.
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
