// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;

/**
 * The repositories of one endpoint's consumers: what was consumed, and what is being consumed now.
 *
 * <p>It belongs to the endpoint, so that a route that is stopped and started again, and an exchange that outlives its
 * consumer, find the same ones. Thread-safe.
 */
public final class ConsumerMemory {
    private static final int DEFAULT_CAPACITY = 100_000;
    private static final Map<CamelContext, Map<String, ConsumerMemory>> NAMED =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final InstantSource clock;
    private final Duration renewal;
    private @Nullable IdempotentRepository consumed;
    private @Nullable IdempotentRepository inProgress;
    private @Nullable ScheduledExecutorService timer;
    private boolean isRenewing;
    private int users;

    /** @param clock tells the time that claims shared with other processes are measured by */
    public ConsumerMemory(InstantSource clock) {
        this(clock, LeasedClaims.RENEWAL);
    }

    /** @param renewal how often claims that are shared with other processes are renewed */
    public ConsumerMemory(InstantSource clock, Duration renewal) {
        this.clock = clock;
        this.renewal = renewal;
    }

    /** The one of that name, for as long as the context lives. */
    public static ConsumerMemory named(CamelContext context, String name, InstantSource clock) {
        return NAMED.computeIfAbsent(context, it -> new ConcurrentHashMap<>())
                .computeIfAbsent(name, it -> new ConsumerMemory(clock));
    }

    /** What was consumed, and what is being consumed. */
    public record Repositories(IdempotentRepository consumed, IdempotentRepository inProgress) {}

    /** The repositories of the options, or else of our own, started. One {@link #release} for each time. */
    public synchronized Repositories acquire(CamelContext context, B2Configuration options) throws Exception {
        IdempotentRepository known = consumed;
        if (known == null) {
            IdempotentRepository set = options.getIdempotentRepository();
            known = started(context, set == null ? new RecentKeys(DEFAULT_CAPACITY) : set);
            consumed = known;
        }
        IdempotentRepository claims = inProgress;
        if (claims == null) {
            IdempotentRepository set = options.getInProgressRepository();
            claims = started(context, set == null ? claims(known) : set);
            inProgress = claims;
        }
        StateRepository<String, String> places = options.getCheckpoint();
        if (places != null) {
            start(context, places);
        }
        users++;
        if (claims instanceof LeasedClaims leased && !isRenewing) {
            isRenewing = true;
            long period = renewal.toMillis();
            timer(context).scheduleAtFixedRate(leased::renewQuietly, period, period, TimeUnit.MILLISECONDS);
        }
        return new Repositories(known, claims);
    }

    /** Ends the renewal of shared claims when nobody uses them any more. */
    public synchronized void release(CamelContext context) {
        users--;
        ScheduledExecutorService running = timer;
        if (users == 0 && running != null) {
            // Nothing is left that it waits for.
            context.getExecutorServiceManager().shutdownNow(running);
            timer = null;
            isRenewing = false;
        }
    }

    /** The thread for what has to be done in time; only for who has not given back what {@link #acquire} gave. */
    public synchronized ScheduledExecutorService timer(CamelContext context) {
        ScheduledExecutorService running = timer;
        if (running == null) {
            running = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "B2Claims");
            timer = running;
        }
        return running;
    }

    private IdempotentRepository claims(IdempotentRepository known) {
        boolean isOfThisProcess = known instanceof RecentKeys
                || known instanceof MemoryIdempotentRepository
                || known instanceof FileIdempotentRepository;
        // No bound: there are never more than exchanges under way, and forgetting one would deliver it twice.
        return isOfThisProcess
                ? MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>())
                : new LeasedClaims(known, clock);
    }

    /** The context stops a repository with itself, because other routes may use it as well. */
    private static IdempotentRepository started(CamelContext context, IdempotentRepository repository)
            throws Exception {
        start(context, repository);
        return repository;
    }

    private static void start(CamelContext context, Service repository) throws Exception {
        if (!context.hasService(repository)) {
            context.addService(repository, true, true);
        }
    }
}
