// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.tracing;

import java.util.Optional;
import java.util.Set;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import org.apache.camel.CamelContext;

import io.github.camelb2.observe.B2Observer;
import io.github.camelb2.observe.B2ObserverFactory;

/** Makes spans of calls where the API of OpenTelemetry is on the class path. */
public final class TracingFactory implements B2ObserverFactory {
    @Override
    public Optional<B2Observer> create(CamelContext context) {
        // Nothing of OpenTelemetry may be named before it is known to be there.
        return isThere() ? Spans.of(context) : Optional.empty();
    }

    private static boolean isThere() {
        try {
            Class.forName("io.opentelemetry.api.trace.Tracer", false, TracingFactory.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    private static final class Spans {
        static Optional<B2Observer> of(CamelContext context) {
            return Optional.of(new CallSpans(() -> tracer(context)));
        }

        /** As camel-opentelemetry2 finds its own. */
        private static Tracer tracer(CamelContext context) {
            Set<Tracer> bound = context.getRegistry().findByType(Tracer.class);
            return bound.size() == 1
                    ? bound.iterator().next()
                    : GlobalOpenTelemetry.get().getTracer("io.github.camelb2");
        }
    }
}
