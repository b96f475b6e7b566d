// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.observe;

import java.util.Optional;

import org.apache.camel.CamelContext;

/** Makes an observer for each context where what it needs is there; found by {@link java.util.ServiceLoader}. */
public interface B2ObserverFactory {
    /** An observer of that context; empty where there is nothing for it to tell. */
    Optional<B2Observer> create(CamelContext context);
}
