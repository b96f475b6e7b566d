// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.time.InstantSource;
import java.util.List;

import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;

import io.github.camelb2.B2Endpoint;
import io.github.camelb2.BucketReaders;
import io.github.camelb2.poll.claim.ConsumerMemory;

/** Makes the consumers of one endpoint. */
public final class PollReaders implements BucketReaders.Factory {
    @Override
    public BucketReaders of(B2Endpoint endpoint, InstantSource clock) {
        return new OfEndpoint(endpoint, clock, new ConsumerMemory(clock));
    }

    private record OfEndpoint(B2Endpoint endpoint, InstantSource clock, ConsumerMemory memory)
            implements BucketReaders {
        @Override
        public Consumer consumer(Processor processor) {
            String name = endpoint.getConfiguration().getMemoryName();
            ConsumerMemory used = name == null ? memory : ConsumerMemory.named(endpoint.getCamelContext(), name, clock);
            B2Consumer consumer = new B2Consumer(endpoint, processor, used, clock);
            consumer.setMaxMessagesPerPoll(endpoint.getConfiguration().getMaxMessagesPerPoll());
            return consumer;
        }

        @Override
        public PollingConsumer pollingConsumer() {
            return new B2PollingConsumer(endpoint);
        }

        @Override
        public List<Exchange> browse(int limit) {
            return new BucketBrowser(endpoint, clock).browse(limit);
        }
    }
}
