// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.InstantSource;
import java.util.List;

import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;

/** Makes the consumers of one endpoint, which share what they remember. Implemented where consumers live. */
public interface BucketReaders {
    /** A consumer that delivers new versions to the processor; not started. */
    Consumer consumer(Processor processor);

    /** A consumer that gives one new version at a time to whoever asks; not started. */
    PollingConsumer pollingConsumer();

    /** What a consumer would find, consumed before or not, at most so many. */
    List<Exchange> browse(int limit);

    /** Makes the readers of an endpoint; found by {@link EndpointParts}. */
    interface Factory {
        /** Those of this endpoint, whose options are read when a consumer is made. */
        BucketReaders of(B2Endpoint endpoint, InstantSource clock);
    }
}
