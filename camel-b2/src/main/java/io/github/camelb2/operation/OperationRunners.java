package io.github.camelb2.operation;

import java.time.InstantSource;

import org.apache.camel.Processor;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.ProducerOperations;
import io.github.camelb2.client.B2Client;

/** Makes an {@link OperationRunner} for each producer. */
public final class OperationRunners implements ProducerOperations {
    @Override
    public Processor of(B2Client client, B2Configuration options, InstantSource clock) {
        return new OperationRunner(client, options, clock)::run;
    }
}
