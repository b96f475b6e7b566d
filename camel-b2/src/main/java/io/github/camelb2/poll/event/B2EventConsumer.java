// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Endpoint;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.file.VersionFilter;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.poll.claim.ConsumerMemory;
import io.github.camelb2.poll.claim.ConsumerMemory.Repositories;
import io.github.camelb2.poll.notify.EventTypes;
import io.github.camelb2.poll.notify.NotificationEvent;
import io.github.camelb2.poll.notify.NotificationRuleSetup;
import io.github.camelb2.poll.notify.SignedRequests;
import io.github.camelb2.poll.notify.Webhook;
import io.github.camelb2.poll.scan.ConsumedNames;
import io.github.camelb2.poll.scan.PolledBucket;

/**
 * Delivers B2's events as messages, without a listing: the consumer with {@code deliver=event}.
 *
 * <p>B2 is answered with 200 when the exchanges of a request have succeeded, or, with {@code eventDirectory}, when its
 * events are on the disk; with 503 otherwise, so that B2 sends them again. Each event is delivered once by all who share
 * the repositories.
 *
 * <p>A route that stops suspends it first and waits for what is under way, for as long as the context allows.
 */
@ManagedResource(description = "Managed B2 consumer of events")
public final class B2EventConsumer extends DefaultConsumer implements Suspendable {
    /** Requests that are delivered at a time, and as many more that wait: each holds a thread of the HTTP server. */
    private static final int AT_ONCE = 4;

    private final ConsumerMemory memory;
    private final InstantSource clock;
    private @Nullable B2ClientLease lease;
    private @Nullable ExecutorService threads;
    private @Nullable Webhook webhook;
    private volatile @Nullable SignedRequests requests;
    private volatile @Nullable EventStore store;
    private @Nullable StoredEvents stored;
    private boolean isAcquired;

    public B2EventConsumer(B2Endpoint endpoint, Processor processor, ConsumerMemory memory, InstantSource clock) {
        super(endpoint, processor);
        this.memory = memory;
        this.clock = clock;
    }

    @Override
    public B2Endpoint getEndpoint() {
        return (B2Endpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        B2Configuration options = getEndpoint().getConfiguration();
        EventTypes types = EventCheck.check(options);
        boolean isStarted = false;
        try {
            begin(options, types);
            super.doStart();
            isStarted = true;
        } finally {
            if (!isStarted) {
                end();
            }
        }
    }

    private void begin(B2Configuration options, EventTypes types) throws Exception {
        Repositories repositories = memory.acquire(getEndpoint().getCamelContext(), options);
        isAcquired = true;
        B2ClientLease borrowed = getEndpoint().getComponent().borrowClient(options);
        lease = borrowed;
        Predicate<NotificationEvent> isWanted = wanted(options, types);
        SignedRequests gate =
                new SignedRequests(String.valueOf(options.getNotificationSecret()), options.getBucketName(), clock);
        requests = gate;
        webhook = Webhook.open(
                getEndpoint().getCamelContext(),
                options,
                new EventReceiver(gate, options.getBucketName(), isWanted, taking(options, repositories, isWanted)));
        if (options.getNotificationUrl() != null) {
            PolledBucket bucket = new PolledBucket(new OperationScope(borrowed, options, clock));
            bucket.createIfWanted();
            NotificationRuleSetup.ensure(bucket, options, types);
        }
    }

    /** Rules that somebody else made tell of more than is asked for here. */
    private static Predicate<NotificationEvent> wanted(B2Configuration options, EventTypes types) {
        VersionFilter filter = VersionFilter.of(options);
        return event -> types.contain(event.type())
                && ConsumedNames.contain(event.objectName(), options)
                && filter.acceptsName(event.objectName());
    }

    private EventReceiver.Taking taking(
            B2Configuration options, Repositories repositories, Predicate<NotificationEvent> isWanted)
            throws IOException {
        EventDelivery delivery = new EventDelivery(this, repositories);
        EventBatch batch = new EventBatch(delivery, this::mayBegin, clock);
        ExecutorServiceManager manager = getEndpoint().getCamelContext().getExecutorServiceManager();
        String directory = options.getEventDirectory();
        if (directory == null) {
            ExecutorService pool = manager.newThreadPool(
                    this,
                    "B2Events",
                    new ThreadPoolProfileBuilder("b2-events")
                            .poolSize(AT_ONCE)
                            .maxPoolSize(AT_ONCE)
                            .maxQueueSize(AT_ONCE)
                            .keepAliveTime(1L, TimeUnit.MINUTES)
                            .allowCoreThreadTimeOut(true)
                            .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                            .build());
            threads = pool;
            return EventReceiver.delivering(batch, pool, EventReceiver.PATIENCE);
        }
        EventStore opened = EventStore.open(Path.of(directory));
        store = opened;
        StoredEvents events = new StoredEvents(opened, delivery, batch, isWanted, this::mayBegin, clock);
        stored = events;
        ExecutorService thread = manager.newSingleThreadExecutor(this, "B2Events");
        threads = thread;
        thread.execute(events);
        return events;
    }

    private boolean mayBegin() {
        return isRunAllowed() && !isSuspendingOrSuspended();
    }

    @Override
    protected void doStop() throws Exception {
        try {
            end();
        } finally {
            // It stops the steps of the route: not before what is under way in them has ended.
            super.doStop();
        }
    }

    private void end() {
        Webhook listening = webhook;
        webhook = null;
        if (listening != null) {
            listening.close();
        }
        StoredEvents delivering = stored;
        stored = null;
        if (delivering != null) {
            delivering.close();
        }
        ExecutorService running = threads;
        threads = null;
        if (running != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(running);
        }
        closeStore();
        B2ClientLease borrowed = lease;
        lease = null;
        if (borrowed != null) {
            borrowed.close();
        }
        if (isAcquired) {
            isAcquired = false;
            memory.release(getEndpoint().getCamelContext());
        }
    }

    private void closeStore() {
        EventStore opened = store;
        store = null;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The directory of stored events cannot be given back", e);
            }
        }
    }

    @ManagedAttribute(
            description = "How many requests with events were refused since the start because they were signed with"
                    + " another secret than notificationSecret")
    public long getNotificationsSignedWithOtherSecret() {
        SignedRequests gate = requests;
        return gate == null ? 0 : gate.signedWithAnotherSecret();
    }

    @ManagedAttribute(description = "How many requests are stored in eventDirectory whose events are not all delivered")
    public int getStoredRequests() {
        EventStore opened = store;
        return opened == null ? 0 : opened.size();
    }
}
