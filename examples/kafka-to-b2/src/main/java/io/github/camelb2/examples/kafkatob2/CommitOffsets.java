// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.kafkatob2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;

/** Commits the last record of each partition that is in a batch, when all of them are safe. */
final class CommitOffsets implements Processor {
    @Override
    public void process(Exchange exchange) {
        Map<Object, KafkaManualCommit> last = new LinkedHashMap<>();
        for (Object member : exchange.getMessage().getBody(List.class)) {
            Exchange message = (Exchange) member;
            String partition = message.getMessage().getHeader(KafkaConstants.TOPIC) + "/"
                    + message.getMessage().getHeader(KafkaConstants.PARTITION);
            last.put(partition, message.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class));
        }
        last.values().forEach(KafkaManualCommit::commit);
    }
}
