// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.poll.notify.NotificationEvent;
import io.github.camelb2.poll.notify.Webhook.Answer;

/**
 * Delivers the events of a store, the oldest first, for as long as the consumer runs; what fails is tried again after a
 * second, two, four, up to a minute, and keeps nothing else waiting. {@link #run} is for one thread, the rest for any.
 */
final class StoredEvents implements EventReceiver.Taking, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredEvents.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final EventStore store;
    private final EventDelivery delivery;
    private final EventBatch batch;
    private final Predicate<NotificationEvent> isWanted;
    private final BooleanSupplier mayBegin;
    private final InstantSource clock;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean isOpen = true;
    /** For the thread of {@link #run}: what failed. */
    private final Map<Path, Pause> pauses = new HashMap<>();

    private record Pause(Instant until, Duration length) {}

    StoredEvents(
            EventStore store,
            EventDelivery delivery,
            EventBatch batch,
            Predicate<NotificationEvent> isWanted,
            BooleanSupplier mayBegin,
            InstantSource clock) {
        this.store = store;
        this.delivery = delivery;
        this.batch = batch;
        this.isWanted = isWanted;
        this.mayBegin = mayBegin;
        this.clock = clock;
    }

    @Override
    public Answer take(List<NotificationEvent> events, byte[] body) {
        if (events.stream().allMatch(delivery::isDone)) {
            return new Answer(200, "delivered before");
        }
        try {
            if (!store.add(body)) {
                LOG.warn("No room for more events: {} requests wait to be delivered", EventStore.MOST);
                return EventReceiver.again("too many events wait");
            }
        } catch (IOException e) {
            LOG.warn("Events could not be stored; B2 sends them again", e);
            return EventReceiver.again("the events could not be stored");
        }
        news.release();
        return new Answer(200, "stored");
    }

    @Override
    public void run() {
        while (isOpen) {
            try {
                Instant next = deliverDue();
                long wait = Math.max(1, Duration.between(clock.instant(), next).toMillis());
                if (news.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Delivers what is due, and says when there is more to do at the latest. */
    private Instant deliverDue() throws InterruptedException {
        Instant next = clock.instant().plus(LONGEST_PAUSE);
        List<Path> stored;
        try {
            stored = store.stored();
        } catch (IOException e) {
            LOG.warn("The directory of stored events cannot be listed", e);
            return clock.instant().plus(FIRST_PAUSE);
        }
        for (Path request : stored) {
            Pause pause = pauses.get(request);
            if (!isOpen || !mayBegin.getAsBoolean()) {
                return clock.instant().plus(FIRST_PAUSE);
            }
            if (pause == null || !clock.instant().isBefore(pause.until())) {
                deliver(request);
            }
            Pause after = pauses.get(request);
            next = after != null && after.until().isBefore(next) ? after.until() : next;
        }
        return next;
    }

    private void deliver(Path request) throws InterruptedException {
        try {
            List<NotificationEvent> events = NotificationEvent.parse(Files.readAllBytes(request));
            List<NotificationEvent> wanted = events.stream()
                    .filter(it -> !it.isTest() && isWanted.test(it))
                    .toList();
            if (batch.deliver(wanted, Duration.ZERO) == 0) {
                store.remove(request);
                pauses.remove(request);
                return;
            }
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            setAside(request, e);
            return;
        } catch (IOException e) {
            LOG.warn("Stored events cannot be read or taken away: {}", request, e);
        }
        Pause before = pauses.get(request);
        Duration length = before == null ? FIRST_PAUSE : before.length().multipliedBy(2);
        length = length.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : length;
        pauses.put(request, new Pause(clock.instant().plus(length), length));
    }

    private void setAside(Path request, IOException reason) {
        try {
            LOG.warn("Stored events are no JSON, and stay in {}", store.setAside(request), reason);
            pauses.remove(request);
        } catch (IOException e) {
            LOG.warn("Stored events that are no JSON cannot be taken out of the way: {}", request, e);
        }
    }

    /** Begins no further event. */
    void close() {
        isOpen = false;
        news.release();
    }
}
