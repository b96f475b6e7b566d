// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.poll.notify.Refusals.Reason;
import io.github.camelb2.poll.notify.Webhook.Answer;

/**
 * Lets through what B2 has signed, and answers everything else: strangers are refused, test events are answered with 200.
 * Thread-safe.
 */
public final class SignedRequests {
    /** The largest body: B2 sends at most 50 events of a few kilobytes. */
    public static final int MAX_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(SignedRequests.class);

    private final NotificationSignature signature;
    private final Refusals refusals;

    /** @param secrets one, or several with commas between them while one replaces another */
    public SignedRequests(String secrets, String bucketName, InstantSource clock) {
        this.signature = new NotificationSignature(secrets);
        this.refusals = new Refusals(bucketName, clock);
    }

    /**
     * What is answered to one request.
     *
     * @param signatures the header {@link NotificationSignature#HEADER}, null if there is none
     * @param body the bytes as they came, at most one more than {@link #MAX_BYTES}
     * @param taking answers the events of a request that B2 has signed, but for test events
     */
    public Answer answer(@Nullable String signatures, byte[] body, Function<List<NotificationEvent>, Answer> taking) {
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
        return taking.apply(events);
    }

    /** Refuses what B2 has signed for another bucket: its rule sends to the wrong address, which must be seen. */
    public Answer refuseOtherBucket() {
        return refuse(Reason.OTHER_BUCKET);
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
    public long signedWithAnotherSecret() {
        return refusals.counted(Reason.OTHER_SECRET);
    }
}
