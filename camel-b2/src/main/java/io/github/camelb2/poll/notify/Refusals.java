// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts refused notifications, and logs each reason at most once a minute, because anybody may send some. Thread-safe. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationReceiver.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** Why one is refused. */
    enum Reason {
        TOO_LARGE(413, "the body is larger than " + SignedRequests.MAX_BYTES + " bytes"),
        UNSIGNED(401, "it has no header " + NotificationSignature.HEADER),
        OTHER_SECRET(
                401,
                "its signature was not made with the option notificationSecret; if B2 sent it, the rule of the bucket has"
                        + " another secret"),
        RUBBISH(400, "its body is no notification"),
        OTHER_BUCKET(400, "it is of another bucket, whose rule sends to this address");

        private final int status;
        private final String text;

        Reason(int status, String text) {
            this.status = status;
            this.text = text;
        }

        int status() {
            return status;
        }

        String text() {
            return text;
        }
    }

    private final String bucketName;
    private final InstantSource clock;
    private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);
    private final Map<Reason, Instant> logged = new EnumMap<>(Reason.class);

    Refusals(String bucketName, InstantSource clock) {
        this.bucketName = bucketName;
        this.clock = clock;
    }

    synchronized void count(Reason reason) {
        long count = counts.merge(reason, 1L, Long::sum);
        Instant now = clock.instant();
        Instant last = logged.get(reason);
        if (last == null || !now.isBefore(last.plus(PAUSE))) {
            logged.put(reason, now);
            LOG.warn(
                    "Refused an event notification for bucket {}: {} ({} since the start of the consumer)",
                    bucketName,
                    reason.text(),
                    count);
        }
    }

    synchronized long counted(Reason reason) {
        return counts.getOrDefault(reason, 0L);
    }
}
