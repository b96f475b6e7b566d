// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.time.InstantSource;

import org.apache.camel.CamelContext;
import org.apache.camel.Processor;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.ProducerOperations;
import io.github.camelb2.lending.B2ClientLease;

/** Makes an {@link OperationRunner} for each producer. */
public final class OperationRunners implements ProducerOperations {
    @Override
    public void prepare(CamelContext context) {
        new CopyingSteps().load(context);
    }

    @Override
    public void check(B2Configuration options) {
        OptionCheck.checkProducer(options);
    }

    @Override
    public Processor of(B2ClientLease lease, B2Configuration options, InstantSource clock) {
        return new OperationRunner(lease, options, clock)::run;
    }
}
