// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.metrics;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.http.ConnectionCounts;
import io.github.camelb2.observe.B2Observer;
import io.github.camelb2.observe.ConsumerEvent;
import io.github.camelb2.observe.SyncEvent;

/**
 * The meters {@code camel.b2.*} of one context. Made by itself where Micrometer and a registry are there; a bean of this
 * type, made with {@link #B2Meters(MeterRegistry, String, Detail)}, goes before it. Thread-safe.
 *
 * <p>No tag holds the name of a file, and the only ones that grow with the application are the ids of its routes and the
 * names of its syncs.
 */
public final class B2Meters implements B2Observer {
    /** The tag that Camel's own meters have, too. */
    static final String CONTEXT = "camelContext";

    /** How fine the meters of calls are. */
    public enum Detail {
        /** By call, transaction class and outcome. */
        CALLS,
        /** By the bucket that an endpoint names as well: only where buckets are few. */
        BUCKETS
    }

    /** Who has no registry by then has none, and each search costs. */
    private static final int MOST_SEARCHES = 10;

    private final Supplier<@Nullable MeterRegistry> search;
    private final AtomicInteger searches = new AtomicInteger();
    private final Tags common;
    private final Detail detail;
    private final SyncMeters syncs = new SyncMeters();
    private final Set<B2Client> clients = new CopyOnWriteArraySet<>();
    private volatile @Nullable MeterRegistry found;

    /**
     * Meters for a bean in the registry.
     *
     * @param context the name of the Camel context, for the tag {@code camelContext}
     */
    public B2Meters(MeterRegistry registry, String context, Detail detail) {
        this(() -> registry, context, detail);
    }

    /** @param search answers null as long as there is no registry; asked ten times at most */
    B2Meters(Supplier<@Nullable MeterRegistry> search, String context, Detail detail) {
        this.search = search;
        this.common = Tags.of(CONTEXT, context);
        this.detail = detail;
    }

    @Override
    public ClientListener calls() {
        return new Calls();
    }

    @Override
    public void opened(B2Client client) {
        MeterRegistry registry = registry();
        clients.add(client);
        if (registry != null) {
            gauge(registry, "camel.b2.connections.leased", "Connections to B2 in use", ConnectionCounts::leased);
            gauge(registry, "camel.b2.connections.pending", "Requests that wait for one", ConnectionCounts::pending);
            gauge(registry, "camel.b2.connections.max", "Connections that may be open", ConnectionCounts::max);
            Gauge.builder("camel.b2.concurrency.tuned", clients, B2Meters::mostTuned)
                    .description("Parts of one file in flight with maxConcurrency=auto")
                    .tags(common)
                    .register(registry);
        }
    }

    private void gauge(MeterRegistry registry, String name, String what, ToLongFunction<ConnectionCounts> figure) {
        Gauge.builder(name, clients, all -> sum(all, figure))
                .description(what)
                .tags(common)
                .register(registry);
    }

    private static double mostTuned(Set<B2Client> clients) {
        return clients.stream().mapToInt(B2Client::tunedConcurrency).max().orElse(0);
    }

    private static long sum(Set<B2Client> clients, ToLongFunction<ConnectionCounts> figure) {
        return clients.stream()
                .flatMap(client -> client.connections().stream())
                .mapToLong(figure)
                .sum();
    }

    @Override
    public void closed(B2Client client) {
        clients.remove(client);
    }

    @Override
    public void consumed(ConsumerEvent event) {
        MeterRegistry registry = registry();
        if (registry == null) {
            return;
        }
        Tags route = common.and("routeId", event.routeId());
        Counter.builder("camel.b2.consumer.versions")
                .description("File versions by what a consumer did with them")
                .tags(route.and("state", lower(event.kind())))
                .register(registry)
                .increment(event.versions());
        if (event.kind() == ConsumerEvent.Kind.DELIVERED) {
            Timer.builder("camel.b2.consumer.lag")
                    .description("From the upload of a version to its delivery")
                    .tags(route)
                    .register(registry)
                    .record(event.lag());
        }
    }

    @Override
    public void synced(SyncEvent event) {
        MeterRegistry registry = registry();
        if (registry != null) {
            syncs.tell(event, registry, common.and("sync", event.name()));
        }
    }

    private @Nullable MeterRegistry registry() {
        MeterRegistry known = found;
        if (known == null && searches.getAndUpdate(made -> Math.min(made + 1, MOST_SEARCHES)) < MOST_SEARCHES) {
            known = search.get();
            found = known;
        }
        return known;
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private final class Calls implements ClientListener {
        @Override
        public void onRequest(SentRequest request) {
            MeterRegistry registry = registry();
            if (registry == null) {
                return;
            }
            String transactionClass = request.transactionClass().name();
            Timer.builder("camel.b2.requests")
                    .description("Requests to B2, every try of a call for itself")
                    .tags(tags(request)
                            .and("transactionClass", transactionClass)
                            .and("outcome", request.outcome().name()))
                    .register(registry)
                    .record(request.took());
            if (request.transactions() > 0) {
                Counter.builder("camel.b2.transactions")
                        .description("Transactions as B2 bills them")
                        .tags(common.and("transactionClass", transactionClass))
                        .register(registry)
                        .increment(request.transactions());
            }
            if (request.sent() > 0) {
                bytes("camel.b2.sent", "Bytes of files that were sent", request, registry)
                        .increment(request.sent());
            }
        }

        private Counter bytes(String name, String what, SentRequest request, MeterRegistry registry) {
            return Counter.builder(name)
                    .description(what)
                    .baseUnit("bytes")
                    .tags(tags(request))
                    .register(registry);
        }

        private Tags tags(SentRequest request) {
            Tags tags = common.and("call", request.call());
            return detail == Detail.BUCKETS ? tags.and("bucket", request.bucket()) : tags;
        }

        @Override
        public void onDownloaded(SentRequest request, long bytes) {
            MeterRegistry registry = registry();
            if (registry != null) {
                bytes("camel.b2.received", "Bytes of files that came, which are billed", request, registry)
                        .increment(bytes);
            }
        }

        @Override
        public void onRetry(String call, String reason, int attempt, Duration wait) {
            count("camel.b2.retries", "Tries that follow a failed one", "call", call, "reason", RetryReason.of(reason));
        }

        @Override
        public void onAuthorized(String applicationKeyId) {
            count("camel.b2.logins", "Logins that B2 granted");
        }

        @Override
        public void onUploadResumed(String fileName, long bytes) {
            count("camel.b2.uploads.resumed", "Large uploads that went on where an earlier one was cut off");
        }

        private void count(String name, String what, String... tags) {
            MeterRegistry registry = registry();
            if (registry != null) {
                Counter.builder(name)
                        .description(what)
                        .tags(common.and(tags))
                        .register(registry)
                        .increment();
            }
        }
    }
}
