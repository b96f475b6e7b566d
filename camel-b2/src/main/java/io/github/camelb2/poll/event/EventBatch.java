// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.event;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.github.camelb2.poll.event.EventDelivery.Outcome;
import io.github.camelb2.poll.notify.NotificationEvent;

/**
 * Delivers the events of one request one after the other; a failure of one keeps no other from being delivered.
 * Thread-safe.
 */
final class EventBatch {
    /** How often it is looked whether another process has come to the end of an event. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final EventDelivery delivery;
    private final BooleanSupplier mayBegin;
    private final InstantSource clock;
    /** Has no permit but for the moment in which an event of this process ends. */
    private final Semaphore ended = new Semaphore(0);

    /** @param mayBegin false while the consumer stops, when no further event is begun */
    EventBatch(EventDelivery delivery, BooleanSupplier mayBegin, InstantSource clock) {
        this.delivery = delivery;
        this.mayBegin = mayBegin;
        this.clock = clock;
    }

    /**
     * Delivers them all, also what is behind a failure and behind the time limit, so that a repetition of the request finds
     * it done.
     *
     * @param waiting how long to wait for what others deliver just now
     * @return how many are not done
     */
    int deliver(List<NotificationEvent> events, Duration waiting) throws InterruptedException {
        Instant limit = clock.instant().plus(waiting);
        int failed = 0;
        List<NotificationEvent> left = events;
        while (true) {
            List<NotificationEvent> underWay = new ArrayList<>();
            for (NotificationEvent event : left) {
                Outcome outcome = mayBegin.getAsBoolean() ? delivery.deliver(event) : Outcome.FAILED;
                ended.release(ended.getQueueLength());
                failed += outcome == Outcome.FAILED ? 1 : 0;
                if (outcome == Outcome.UNDER_WAY) {
                    underWay.add(event);
                }
            }
            if (underWay.isEmpty() || !clock.instant().isBefore(limit)) {
                return failed + underWay.size();
            }
            left = underWay;
            boolean unused = ended.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
