// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Endpoint;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.poll.after.ClientUsers;
import io.github.camelb2.poll.after.Waiting;
import io.github.camelb2.poll.after.WorkFile;
import io.github.camelb2.poll.claim.Claim;
import io.github.camelb2.poll.claim.ConsumerMemory;
import io.github.camelb2.poll.claim.OwnFiles;
import io.github.camelb2.poll.notify.NotificationFeed;
import io.github.camelb2.poll.scan.ConsumedNames;
import io.github.camelb2.poll.scan.VersionScanner.Figures;

/**
 * Delivers every new file version of a bucket, in constant memory.
 *
 * <p>A poll goes on with the sweep through the bucket until it has found a batch of new versions or come to the end. Each
 * is claimed when it is found, and the claim ends with its exchange, on whatever thread that is, or with the batch if
 * its turn does not come.
 */
@ManagedResource(description = "Managed B2 consumer")
public final class B2Consumer extends ScheduledBatchPollingConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(B2Consumer.class);

    /** The most versions claimed at a time; a larger or unlimited batch is consumed in such pieces. */
    private static final int PIECE = 1000;

    private final ConsumerMemory memory;
    private final InstantSource clock;
    private final FileNameOption fileName;
    private final Waiting waiting;
    private final ConsumerEvents events;
    private final OwnFiles.Reader reader = new Reader();
    private boolean isPolled;
    private final Object renewing = new Object();
    /** Whose key the session works with; guarded by renewing. */
    private @Nullable Credentials key;

    private volatile @Nullable PollSession session;
    private volatile @Nullable NotificationFeed notifications;
    private volatile boolean hasListed;

    public B2Consumer(B2Endpoint endpoint, Processor processor, ConsumerMemory memory, InstantSource clock) {
        super(endpoint, processor);
        this.memory = memory;
        this.clock = clock;
        this.fileName = new FileNameOption(endpoint);
        this.events = new ConsumerEvents(this);
        this.waiting = new Waiting(
                () -> memory.timer(endpoint.getCamelContext()),
                () -> endpoint.getCamelContext().isStopping()
                        || endpoint.getCamelContext().isStopped(),
                Duration.ofMillis(endpoint.getConfiguration().getBodyHoldTimeout()));
    }

    /** Its exchanges are given to somebody who asks for them. */
    void setPolled(boolean polled) {
        this.isPolled = polled;
    }

    @Override
    public B2Endpoint getEndpoint() {
        return (B2Endpoint) super.getEndpoint();
    }

    @Override
    protected void doBuild() throws Exception {
        super.doBuild();
        HealthCheck polls = getHealthCheck();
        if (polls != null && !(polls instanceof ConsumerHealthDetails)) {
            setHealthCheck(new ConsumerHealthDetails(polls, this));
        }
    }

    @Override
    protected void doStart() throws Exception {
        B2Configuration options = getEndpoint().getConfiguration();
        ConsumerCheck.check(options, this);
        boolean isStarted = false;
        try {
            begin(options);
            super.doStart();
            isStarted = true;
        } finally {
            if (!isStarted) {
                end();
            }
        }
    }

    private void begin(B2Configuration options) throws Exception {
        key = getEndpoint().getComponent().keyOfNow(options);
        session = open(options, memory.acquire(getEndpoint().getCamelContext(), options), clock.instant());
        check(session());
        if (options.isNotifications()) {
            notifications = NotificationFeed.open(
                    getEndpoint(),
                    session().bucket(),
                    this::consumeName,
                    session().serviceClock());
        }
    }

    /** Takes over the repositories, to be released with the client. */
    private PollSession open(B2Configuration options, ConsumerMemory.Repositories repositories, Instant began) {
        B2ClientLease lease = borrow(options);
        // The claims of exchanges under way are renewed as long as these use the client.
        ClientUsers users = new ClientUsers(() -> {
            lease.close();
            memory.release(getEndpoint().getCamelContext());
        });
        boolean isOpen = false;
        try {
            OperationScope scope = new OperationScope(lease, options, clock);
            VersionMessages messages = new VersionMessages(getEndpoint(), scope);
            PollSession opened = new PollSession(
                    scope,
                    repositories,
                    messages,
                    getExceptionHandler(),
                    users,
                    waiting,
                    this::ended,
                    reader,
                    clock,
                    began);
            users.atEnd(opened.own().listen(getEndpoint().getCamelContext()));
            isOpen = true;
            return opened;
        } finally {
            if (!isOpen) {
                users.leave();
            }
        }
    }

    /** What B2 says now keeps the route from starting; that it says nothing does not, the first poll asks again. */
    private static void check(PollSession opened) {
        try {
            opened.check();
        } catch (B2Exception e) {
            LOG.debug("The check before the start found no answer", e);
        }
    }

    private B2ClientLease borrow(B2Configuration options) {
        boolean isBorrowed = false;
        try {
            B2ClientLease lease = getEndpoint().getComponent().borrowClient(options);
            isBorrowed = true;
            return lease;
        } finally {
            if (!isBorrowed) {
                memory.release(getEndpoint().getCamelContext());
            }
        }
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        super.prepareShutdown(suspendOnly, forced);
        if (!suspendOnly && !forced) {
            waiting.settle();
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        waiting.endAll();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        end();
    }

    /** With the key of now: that of the component may have been rotated. What is under way ends with the old one. */
    private PollSession sessionOfNow() throws Exception {
        PollSession current = session();
        B2Configuration options = getEndpoint().getConfiguration();
        Credentials now = getEndpoint().getComponent().keyOfNow(options);
        PollSession fresh;
        synchronized (renewing) {
            if (session != current || Objects.equals(key, now)) {
                return session();
            }
            // From the same beginning: what has come since then is not passed over.
            fresh = open(options, memory.acquire(getEndpoint().getCamelContext(), options), current.began());
            key = now;
            session = fresh;
        }
        LOG.info("{} goes on with the application key that the component has now", getEndpoint());
        current.end();
        return fresh;
    }

    private void end() {
        NotificationFeed feed = notifications;
        notifications = null;
        if (feed != null) {
            feed.close();
        }
        PollSession ended;
        synchronized (renewing) {
            ended = session;
            session = null;
        }
        hasListed = false;
        if (ended != null) {
            ended.end();
        }
    }

    private PollSession session() {
        PollSession current = session;
        if (current == null) {
            throw new IllegalStateException("The consumer of " + getEndpoint() + " is not started");
        }
        return current;
    }

    @Override
    protected int poll() throws Exception {
        return poll(null);
    }

    /** @param dynamic what the option fileName is evaluated on; null to evaluate it on nothing */
    @Override
    protected int poll(@Nullable Exchange dynamic) throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        PollSession current = sessionOfNow();
        try {
            if (!current.prepare(this::isBatchAllowed) || !current.isAllowed()) {
                return 0;
            }
            if (fileName.isSet()) {
                return consume(current.look(fileName.evaluate(dynamic))::next);
            }
            Figures before = current.lastSweep();
            int count = consume(current::next);
            report(before, current.lastSweep());
            return count;
        } catch (B2Exception e) {
            addLastErrorDetail("b2.call", e.call());
            addLastErrorDetail("b2.subject", e.subject());
            addLastErrorDetail("b2.code", e.code());
            throw e;
        }
    }

    /** Gives new versions, at most so many; fewer mean that there are no more for now. */
    private interface Source {
        List<Claim> next(int limit, BooleanSupplier goOn);
    }

    private int consume(Source source) throws Exception {
        int most = maxMessagesPerPoll <= 0 ? Integer.MAX_VALUE : maxMessagesPerPoll;
        int count = 0;
        boolean mayHaveMore = true;
        while (mayHaveMore && count < most && isBatchAllowed()) {
            int limit = Math.min(PIECE, most - count);
            List<Claim> claims = source.next(limit, this::isBatchAllowed);
            markListed();
            events.claimed(claims.size());
            mayHaveMore = claims.size() >= limit;
            count += processBatch(new ArrayDeque<>(claims));
        }
        return count;
    }

    /** Ready as soon as B2 has answered, not after a batch that may take long. */
    private void markListed() {
        hasListed = true;
        forceConsumerAsReady();
    }

    private void report(Figures before, Figures now) {
        if (!before.equals(now)) {
            events.swept(now);
            LOG.debug(
                    "A sweep of bucket {} saw {} versions with {} class C transactions",
                    getEndpoint().getConfiguration().getBucketName(),
                    now.versions(),
                    now.calls());
        }
    }

    @Override
    public int processBatch(Queue<Object> queue) throws Exception {
        int total = queue.size();
        int index = 0;
        try {
            while (index < total && isBatchAllowed()) {
                pendingExchanges = total - index - 1;
                deliver((Claim) queue.remove(), index, total);
                index++;
            }
        } finally {
            pendingExchanges = 0;
            giveBack(queue.stream().map(Claim.class::cast).toList());
        }
        return index;
    }

    private void deliver(Claim claim, int index, int total) {
        WorkFile file;
        try {
            file = session().fetch(claim);
        } catch (B2Exception e) {
            session().leave(claim);
            getExceptionHandler().handleException("Fetching " + claim + " failed", e);
            return;
        }
        deliver(claim, file, index, total);
    }

    private void deliver(Claim claim, @Nullable WorkFile file, int index, int total) {
        Exchange exchange = createExchange(true);
        boolean isHandedOver = false;
        try {
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, total);
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == total - 1);
            session().begin(exchange, claim, file, isPolled);
            isHandedOver = true;
            events.delivered(claim.version(), session().serviceClock().instant());
        } finally {
            if (!isHandedOver) {
                giveBack(List.of(claim));
                if (file != null) {
                    file.delete();
                }
                releaseExchange(exchange, false);
            }
        }
        getAsyncProcessor().process(exchange, defaultConsumerCallback(exchange, true));
    }

    /** Delivers what is new of one name; for any thread. Does nothing while a poll could not either. */
    private void consumeName(String name) {
        PollSession current = session;
        if (current == null || !current.isReady() || !isPollAllowed() || !current.isAllowed()) {
            return;
        }
        // Rules that somebody else made tell of more than this consumer reaches.
        if (!ConsumedNames.contain(name, getEndpoint().getConfiguration())) {
            LOG.debug("Left {} alone, which a notification told of: it is not among what is consumed", name);
            return;
        }
        PollSession.NameScan scan = current.look(name);
        List<Claim> claims;
        // One look: what fails now must not be found again by going on.
        do {
            claims = scan.next(PIECE, this::isBatchAllowed);
            events.claimed(claims.size());
            deliverAll(claims);
        } while (claims.size() >= PIECE);
    }

    private void ended(String name, boolean isSuccess) {
        events.ended(isSuccess);
        NotificationFeed feed = notifications;
        if (feed != null) {
            feed.ended(name, isSuccess);
        }
    }

    private void deliverAll(List<Claim> claims) {
        Queue<Claim> queue = new ArrayDeque<>(claims);
        try {
            for (int index = 0; index < claims.size() && isBatchAllowed(); index++) {
                deliver(queue.remove(), index, claims.size());
            }
        } finally {
            giveBack(queue);
        }
    }

    private void giveBack(Collection<Claim> claims) {
        PollSession current = session;
        if (current == null) {
            Claim.closeAll(claims);
        } else {
            current.giveBack(claims);
        }
    }

    /** Only a listing that B2 answered makes a consumer ready: not one that failed, nor a wait for the next try. */
    @Override
    public boolean isConsumerReady() {
        return hasListed;
    }

    /** What is wrong with the repository of the login; empty while it works, and while the consumer is stopped. */
    Optional<String> repositoryTrouble() {
        PollSession current = session;
        return current == null ? Optional.empty() : current.repositoryTrouble();
    }

    @ManagedAttribute(
            description = "How many notifications were refused since the start because they were signed with"
                    + " another secret than notificationSecret")
    public long getNotificationsSignedWithOtherSecret() {
        NotificationFeed feed = notifications;
        return feed == null ? 0 : feed.signedWithAnotherSecret();
    }

    @ManagedAttribute(
            description =
                    "How many files the route has stored where it consumes, since the start; they are not delivered"
                            + " to it unless includeOwn is set")
    public long getOwnFiles() {
        PollSession current = session;
        return current == null ? 0 : current.own().count();
    }

    private final class Reader implements OwnFiles.Reader {
        @Override
        public String route() {
            return getRouteId() == null ? "Whoever polls " + getEndpoint() : "Route " + getRouteId();
        }

        @Override
        public String sourceName() {
            return OwnFiles.sourceName(getEndpoint());
        }

        @Override
        public boolean isAskedByName() {
            return isPolled && fileName.isSet();
        }

        @Override
        public void lookAgain(String name) {
            NotificationFeed feed = notifications;
            if (feed != null) {
                feed.lookAgain(name);
            }
        }
    }

    /** What the last sweep through the bucket did; empty while the consumer is stopped. */
    public Optional<Figures> findLastSweep() {
        PollSession current = session;
        return current == null ? Optional.empty() : Optional.of(current.lastSweep());
    }

    /** What the last sweep through the bucket did. */
    public Figures lastSweep() {
        return session().lastSweep();
    }
}
