// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.poll.claim.ConsumerMemory.Repositories;
import io.github.camelb2.poll.notify.NotificationEvent;

/**
 * Delivers one event: claimed by its id, so that nobody who shares the repositories delivers it at the same time, and
 * remembered when its exchange has succeeded, so that nobody does it again. Thread-safe.
 */
final class EventDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);
    private static final String KEY = "~event-";
    /** B2's ids have 64 characters. */
    private static final int LONGEST_ID = 200;

    private final DefaultConsumer consumer;
    private final IdempotentRepository delivered;
    private final IdempotentRepository inProgress;

    /** What became of an event. */
    enum Outcome {
        /** Its exchange has succeeded, now or before. */
        DONE,

        /** Its exchange has failed, or a repository has. */
        FAILED,

        /** Somebody else delivers it just now. */
        UNDER_WAY
    }

    EventDelivery(DefaultConsumer consumer, Repositories repositories) {
        this.consumer = consumer;
        this.delivered = repositories.consumed();
        this.inProgress = repositories.inProgress();
    }

    /** Whether it was delivered before; false where that cannot be told. */
    boolean isDone(NotificationEvent event) {
        try {
            return delivered.contains(keyOf(event));
        } catch (RuntimeException e) {
            LOG.debug("The idempotentRepository does not say whether event {} was delivered", event.id(), e);
            return false;
        }
    }

    /** Delivers it unless that was done; ends when its exchange has. */
    Outcome deliver(NotificationEvent event) {
        try {
            return claimed(event);
        } catch (RuntimeException e) {
            // Repositories are other people's code and throw what they like; B2 sends the event again.
            consumer.getExceptionHandler().handleException("Event " + event.id() + " cannot be delivered now", e);
            return Outcome.FAILED;
        }
    }

    private Outcome claimed(NotificationEvent event) {
        String key = keyOf(event);
        if (delivered.contains(key)) {
            return Outcome.DONE;
        }
        if (!inProgress.add(key)) {
            return Outcome.UNDER_WAY;
        }
        try {
            // Its last holder may have delivered it between our looking and our holding.
            if (delivered.contains(key)) {
                return Outcome.DONE;
            }
            if (!isProcessed(event)) {
                return Outcome.FAILED;
            }
            delivered.add(key);
            delivered.confirm(key);
            return Outcome.DONE;
        } finally {
            inProgress.remove(key);
        }
    }

    private boolean isProcessed(NotificationEvent event) {
        Exchange exchange = consumer.createExchange(false);
        try {
            EventMessages.write(exchange.getMessage(), event);
            consumer.getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        try {
            Exception failure = exchange.getException();
            if (failure != null) {
                consumer.getExceptionHandler()
                        .handleException("Processing event " + event.id() + " failed", exchange, failure);
            }
            return failure == null && !exchange.isRollbackOnly() && !exchange.isRollbackOnlyLast();
        } finally {
            consumer.releaseExchange(exchange, false);
        }
    }

    /** An event without an id of use is known by everything that it says. */
    private static String keyOf(NotificationEvent event) {
        return event.id().isBlank() || event.id().length() > LONGEST_ID
                ? KEY + digest(event.toString())
                : KEY + event.id();
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
