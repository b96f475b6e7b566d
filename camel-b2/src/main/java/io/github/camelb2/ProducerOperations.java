package io.github.camelb2;

import java.time.InstantSource;

import org.apache.camel.Processor;

import io.github.camelb2.client.B2Client;

/** Makes what runs the operations of a producer. Implemented where operations live, found by {@link EndpointParts}. */
public interface ProducerOperations {
    /** A thread-safe processor that takes messages through the operations they ask for, as long as the client is open. */
    Processor of(B2Client client, B2Configuration options, InstantSource clock);
}
