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
import io.github.camelb2.Deliver;
import io.github.camelb2.poll.claim.ConsumerMemory;
import io.github.camelb2.poll.event.B2EventConsumer;
import io.github.camelb2.poll.scan.Refused;

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
            if (endpoint.getConfiguration().getDeliver() == Deliver.event) {
                return new B2EventConsumer(endpoint, processor, used, clock);
            }
            B2Consumer consumer = new B2Consumer(endpoint, processor, used, clock);
            consumer.setMaxMessagesPerPoll(endpoint.getConfiguration().getMaxMessagesPerPoll());
            return consumer;
        }

        @Override
        public PollingConsumer pollingConsumer() {
            if (endpoint.getConfiguration().getDeliver() == Deliver.event) {
                throw Refused.option(
                        "deliver",
                        Deliver.event,
                        "events come by themselves and cannot be asked for; use it in from()");
            }
            return new B2PollingConsumer(endpoint);
        }

        @Override
        public List<Exchange> browse(int limit) {
            return new BucketBrowser(endpoint, clock).browse(limit);
        }
    }
}
