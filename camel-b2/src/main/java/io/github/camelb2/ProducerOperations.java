// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.InstantSource;

import org.apache.camel.CamelContext;
import org.apache.camel.Processor;

import io.github.camelb2.lending.B2ClientLease;

/** Makes what runs the operations of a producer. Implemented where operations live, found by {@link EndpointParts}. */
public interface ProducerOperations {
    /** Prepares a context for routes that have steps of {@code b2:}; harmless where that was done before. */
    void prepare(CamelContext context);

    /**
     * Looks at the options of a producer before it is made.
     *
     * @throws IllegalArgumentException if one of its URI would be ignored
     */
    void check(B2Configuration options);

    /** A thread-safe processor that takes messages through the operations they ask for, as long as the loan lasts. */
    Processor of(B2ClientLease lease, B2Configuration options, InstantSource clock);
}
