// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.poll.claim.RecentKeys;
import io.github.camelb2.poll.notify.Webhook.Answer;

/**
 * Judges event notifications and passes on the names of the files that they tell of.
 *
 * <p>A request that is not signed by B2 is refused. Of a signed one, events that are older than {@link #LIFE} or were
 * seen before are left out; the answer is a success nevertheless, because B2 delivers at least once and suspends the
 * rule of a target that refuses, and because the poll finds whatever they told of. Thread-safe.
 */
public final class NotificationReceiver implements Webhook.Receiver {
    /** How old an event may be, and how far its clock may be ahead. */
    static final Duration LIFE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(NotificationReceiver.class);
    private static final int REMEMBERED_EVENTS = 100_000;

    private final SignedRequests requests;
    private final String bucketName;
    private final Predicate<String> sink;
    private final InstantSource clock;
    private final RecentKeys seen = new RecentKeys(REMEMBERED_EVENTS);

    /** @param sink takes the name of a file without waiting; false if it has no room */
    NotificationReceiver(String secrets, String bucketName, Predicate<String> sink, InstantSource clock) {
        this.requests = new SignedRequests(secrets, bucketName, clock);
        this.bucketName = bucketName;
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    public Answer receive(@Nullable String signatures, byte[] body) {
        return requests.answer(signatures, body, this::take);
    }

    private Answer take(List<NotificationEvent> events) {
        long accepted = events.stream().filter(this::accept).count();
        LOG.debug("Accepted {} of {} events for bucket {}", accepted, events.size(), bucketName);
        return new Answer(200, "accepted " + accepted + " of " + events.size());
    }

    /** How many requests were refused because they were signed with another secret. */
    long signedWithAnotherSecret() {
        return requests.signedWithAnotherSecret();
    }

    private boolean accept(NotificationEvent event) {
        if (!event.tellsOfVersion() || !event.bucketName().equals(bucketName)) {
            return false;
        }
        long age = Math.abs(clock.millis() - event.timestamp());
        if (age > LIFE.toMillis()) {
            LOG.debug("Left out event {} of {}: it is {} ms away", event.id(), event.objectName(), age);
            return false;
        }
        if (!seen.add(event.id())) {
            LOG.debug("Left out event {} of {}: it came before", event.id(), event.objectName());
            return false;
        }
        return sink.test(event.objectName());
    }
}
