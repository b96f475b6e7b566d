// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.InstantSource;

import org.apache.camel.Producer;

/** Makes the producers of streaming uploads. Implemented where these live, found by {@link EndpointParts}. */
public interface StreamProducers {
    /**
     * A producer that gathers messages into files; not started. All of one endpoint share what they gather.
     *
     * @throws IllegalArgumentException if the options of the endpoint cannot be
     */
    Producer of(B2Endpoint endpoint, InstantSource clock);
}
