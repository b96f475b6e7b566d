// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.step;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExtendedCamelContext;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.request.ConcatenateRequest;
import io.github.camelb2.operation.request.UploadRequest;

/**
 * Tells the consumers that an exchange came from what its steps store, so that none takes that for new. One for each Camel
 * context.
 *
 * <p>An exchange carries the names of its consumers as a text, which is there in every copy of it, in another route, and
 * in an aggregation that was written to a disk. Thread-safe.
 */
public final class SourceConsumers {
    private static final String PROPERTY = "CamelB2SourceConsumers";
    private static final String BETWEEN = ",";

    private final Map<String, Set<Listener>> listeners = new ConcurrentHashMap<>();

    /** A consumer that wants to know what its exchanges store. */
    public interface Listener {
        /** Something is about to be stored under that name, in whatever bucket; {@link #ended} follows in any case. */
        void begins(String fileName);

        /** It is stored. */
        void stored(String bucketName, FileVersion version);

        /** No more is being stored under that name by whoever said {@link #begins}. */
        void ended(String fileName);
    }

    private SourceConsumers() {}

    /**
     * From now on that consumer hears of it.
     *
     * @param consumer its name, without a comma
     * @return ends it
     */
    public static Runnable add(CamelContext context, String consumer, Listener listener) {
        Map<String, Set<Listener>> all = of(context).listeners;
        all.computeIfAbsent(consumer, it -> new CopyOnWriteArraySet<>()).add(listener);
        return () -> all.computeIfPresent(consumer, (name, some) -> {
            some.remove(listener);
            return some.isEmpty() ? null : some;
        });
    }

    private static SourceConsumers of(CamelContext context) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        synchronized (extension) {
            SourceConsumers known = extension.getContextPlugin(SourceConsumers.class);
            if (known == null) {
                known = new SourceConsumers();
                extension.addContextPlugin(SourceConsumers.class, known);
            }
            return known;
        }
    }

    /** The exchange comes from that consumer. */
    public static void mark(Exchange exchange, String consumer) {
        exchange.setProperty(PROPERTY, consumer);
    }

    /** What one exchange has goes into another one: both come from the consumers of both. */
    public static void join(Exchange one, Exchange other) {
        Set<String> names = new LinkedHashSet<>(names(one));
        names.addAll(names(other));
        if (!names.isEmpty()) {
            one.setProperty(PROPERTY, String.join(BETWEEN, names));
            other.setProperty(PROPERTY, String.join(BETWEEN, names));
        }
    }

    private static List<String> names(Exchange exchange) {
        String names = exchange.getProperty(PROPERTY, String.class);
        return names == null ? List.of() : List.of(names.split(BETWEEN));
    }

    private static List<Listener> listeners(Exchange exchange) {
        List<String> names = names(exchange);
        if (names.isEmpty()) {
            return List.of();
        }
        Map<String, Set<Listener>> all = of(exchange.getContext()).listeners;
        return names.stream()
                .flatMap(it -> all.getOrDefault(it, Set.of()).stream())
                .toList();
    }

    /** The exchange has stored that version. */
    static void stored(Exchange exchange, String bucketName, FileVersion version) {
        listeners(exchange).forEach(it -> it.stored(bucketName, version));
    }

    /** One step of the exchange, from before it stores something until all have heard of it. */
    public static final class Step implements AutoCloseable {
        private final List<Listener> listeners;
        private final List<String> names = new ArrayList<>();

        private Step(List<Listener> listeners) {
            this.listeners = listeners;
        }

        /** A step of that exchange. */
        public static Step of(Exchange exchange) {
            return new Step(listeners(exchange));
        }

        /** It is about to do what is asked for, and answers that. */
        public <R> R begins(R request) {
            String name = listeners.isEmpty() ? null : nameIn(request);
            if (name != null) {
                names.add(name);
                listeners.forEach(it -> it.begins(name));
            }
            return request;
        }

        @Override
        public void close() {
            names.forEach(name -> listeners.forEach(it -> it.ended(name)));
        }

        /** The name under which something is stored; null where nothing is. */
        private static @Nullable String nameIn(Object request) {
            if (request instanceof UploadRequest upload) {
                return upload.file().fileName();
            }
            if (request instanceof ConcatenateRequest concatenation) {
                return concatenation.file().fileName();
            }
            if (request instanceof CopyFile copy) {
                return copy.fileName();
            }
            return request instanceof HideFile hide ? hide.fileName() : null;
        }
    }
}
