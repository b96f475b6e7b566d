// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.poll.claim.RecentKeys;
import io.github.camelb2.poll.notify.Refusals.Reason;

/**
 * Judges event notifications and passes on the names of the files that they tell of.
 *
 * <p>A request that is not signed by B2 is refused. Of a signed one, events that are older than {@link #LIFE} or were
 * seen before are left out; the answer is a success nevertheless, because B2 delivers at least once and suspends the
 * rule of a target that refuses, and because the poll finds whatever they told of. Thread-safe.
 */
public final class NotificationReceiver {
    /** The largest body: B2 sends at most 50 events of a few kilobytes. */
    public static final int MAX_BYTES = 1 << 20;
    /** How old an event may be, and how far its clock may be ahead. */
    static final Duration LIFE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(NotificationReceiver.class);
    private static final int REMEMBERED_EVENTS = 100_000;

    private final NotificationSignature signature;
    private final String bucketName;
    private final Predicate<String> sink;
    private final InstantSource clock;
    private final RecentKeys seen = new RecentKeys(REMEMBERED_EVENTS);
    private final Refusals refusals;

    /** What B2 is answered. */
    record Answer(int status, String text) {}

    /** @param sink takes the name of a file without waiting; false if it has no room */
    NotificationReceiver(String secret, String bucketName, Predicate<String> sink, InstantSource clock) {
        this.signature = new NotificationSignature(secret);
        this.bucketName = bucketName;
        this.sink = sink;
        this.clock = clock;
        this.refusals = new Refusals(bucketName, clock);
    }

    /**
     * Takes one request.
     *
     * @param signatures the header {@link NotificationSignature#HEADER}, null if there is none
     * @param body the bytes as they came, at most one more than {@link #MAX_BYTES}
     */
    Answer receive(@Nullable String signatures, byte[] body) {
        if (body.length > MAX_BYTES) {
            return refuse(Reason.TOO_LARGE);
        }
        if (signatures == null || signatures.isBlank()) {
            return refuse(Reason.UNSIGNED);
        }
        if (!signature.isValid(signatures, body)) {
            return isTest(body) ? new Answer(200, "test events are not acted on") : refuse(Reason.OTHER_SECRET);
        }
        List<NotificationEvent> events;
        try {
            events = NotificationEvent.parse(body);
        } catch (IOException e) {
            LOG.debug("Not a notification", e);
            return refuse(Reason.RUBBISH);
        }
        long accepted = events.stream().filter(this::accept).count();
        LOG.debug("Accepted {} of {} events for bucket {}", accepted, events.size(), bucketName);
        return new Answer(200, "accepted " + accepted + " of " + events.size());
    }

    private Answer refuse(Reason reason) {
        refusals.count(reason);
        return new Answer(reason.status(), "refused: " + reason.text());
    }

    /** B2's console signs the events with which a rule is tried with a key of its own; nothing follows from them. */
    private static boolean isTest(byte[] body) {
        try {
            List<NotificationEvent> events = NotificationEvent.parse(body);
            return !events.isEmpty() && events.stream().allMatch(NotificationEvent::isTest);
        } catch (IOException e) {
            return false;
        }
    }

    /** How many requests were refused because they were signed with another secret. */
    long signedWithAnotherSecret() {
        return refusals.counted(Reason.OTHER_SECRET);
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
