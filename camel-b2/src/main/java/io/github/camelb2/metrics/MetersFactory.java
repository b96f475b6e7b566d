// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.metrics;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.metrics.B2Meters.Detail;
import io.github.camelb2.observe.B2Observer;
import io.github.camelb2.observe.B2ObserverFactory;

/** Makes meters where Micrometer is on the class path, in the registry that Camel's own meters go to. */
public final class MetersFactory implements B2ObserverFactory {
    /** The name that camel-micrometer looks its registry up by. */
    private static final String CAMELS = "metricsRegistry";

    @Override
    public Optional<B2Observer> create(CamelContext context) {
        // Nothing of Micrometer may be named before it is known to be there.
        return isThere() ? Meters.of(context) : Optional.empty();
    }

    private static boolean isThere() {
        try {
            Class.forName("io.micrometer.core.instrument.MeterRegistry", false, MetersFactory.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    private static final class Meters {
        static Optional<B2Observer> of(CamelContext context) {
            boolean hasOwn = !context.getRegistry().findByType(B2Meters.class).isEmpty();
            return hasOwn
                    ? Optional.empty()
                    : Optional.of(new B2Meters(() -> registry(context), context.getName(), Detail.CALLS));
        }

        private static @Nullable MeterRegistry registry(CamelContext context) {
            MeterRegistry named = context.getRegistry().lookupByNameAndType(CAMELS, MeterRegistry.class);
            if (named != null) {
                return named;
            }
            Set<MeterRegistry> all = context.getRegistry().findByType(MeterRegistry.class);
            // Spring Boot has one for each system that it exports to, and one that writes to all of them.
            List<MeterRegistry> chosen = all.size() == 1
                    ? List.copyOf(all)
                    : all.stream()
                            .filter(CompositeMeterRegistry.class::isInstance)
                            .toList();
            return chosen.size() == 1 ? chosen.get(0) : null;
        }
    }
}
