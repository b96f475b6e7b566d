// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** What the route in {@code resources/camel} stores. */
@ApplicationScoped
@Named("report")
public class Report {
    /** How things are. */
    public String text() {
        return "All is well.";
    }
}
