// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Endpoint;
import io.github.camelb2.poll.scan.PolledBucket;

/**
 * Receives B2's event notifications over the context's HTTP server and has the names that they tell of looked at, on a
 * thread of its own and after B2 was answered.
 */
public final class NotificationFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationFeed.class);
    private static final int WAITING_NAMES = 10_000;
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final CamelContext context;
    private final NotifiedNames names = new NotifiedNames(WAITING_NAMES);
    private final NotificationReceiver receiver;
    private final Consumer<String> look;
    private final LookBackoff backoff;
    private final ExecutorService thread;
    private volatile boolean isOpen = true;
    private @Nullable Webhook webhook;

    private NotificationFeed(
            CamelContext context,
            B2Configuration options,
            Duration pollDelay,
            Consumer<String> look,
            InstantSource clock) {
        this.context = context;
        this.backoff = new LookBackoff(pollDelay, WAITING_NAMES, clock);
        this.look = look;
        String secret = Objects.requireNonNull(options.getNotificationSecret(), "notificationSecret");
        this.receiver = new NotificationReceiver(secret, options.getBucketName(), names::offer, clock);
        this.thread = context.getExecutorServiceManager().newSingleThreadExecutor(this, "B2Notifications");
    }

    /**
     * Starts receiving, and sets up the rule of the bucket if there is an address for it.
     *
     * @param look looks at one name
     * @throws IllegalStateException if {@code platform-http} is not there; the message names the artifact
     */
    public static NotificationFeed open(B2Endpoint b2, PolledBucket bucket, Consumer<String> look, InstantSource clock)
            throws Exception {
        B2Configuration options = b2.getConfiguration();
        NotificationFeed feed =
                new NotificationFeed(b2.getCamelContext(), options, Duration.ofMillis(b2.getDelay()), look, clock);
        boolean isStarted = false;
        try {
            feed.webhook = Webhook.open(b2.getCamelContext(), options, feed.receiver);
            if (options.getNotificationUrl() != null) {
                NotificationRuleSetup.ensure(bucket, options, NotificationRuleSetup.ofVersions(options));
            }
            feed.thread.execute(feed::work);
            isStarted = true;
            return feed;
        } finally {
            if (!isStarted) {
                feed.close();
            }
        }
    }

    private void work() {
        while (isOpen) {
            try {
                Optional<String> name = names.poll(WAIT);
                name.ifPresent(this::look);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * The poll finds what could not be looked at now. Repositories and routes are other people's code and throw what they
     * like; whatever it is, the next notification must find this thread alive.
     */
    private void look(String name) {
        if (!backoff.mayLook(name)) {
            LOG.debug("Left {} to the next poll: its delivery failed just now", name);
            return;
        }
        try {
            look.accept(name);
        } catch (RuntimeException e) {
            backoff.ended(name, false);
            LOG.warn("Could not look at {}, which a notification told of; the next sweep will", name, e);
        }
    }

    /** A notification of that name could not be acted on yet. */
    public void lookAgain(String name) {
        names.offer(name);
    }

    /** The delivery of a file of that name has ended; after a failure it is not looked at again for a while. */
    public void ended(String name, boolean isSuccess) {
        backoff.ended(name, isSuccess);
    }

    /** How many requests were refused because they were signed with another secret. */
    public long signedWithAnotherSecret() {
        return receiver.signedWithAnotherSecret();
    }

    @Override
    public void close() {
        isOpen = false;
        names.wake();
        Webhook open = webhook;
        if (open != null) {
            open.close();
        }
        context.getExecutorServiceManager().shutdownGraceful(thread);
    }
}
