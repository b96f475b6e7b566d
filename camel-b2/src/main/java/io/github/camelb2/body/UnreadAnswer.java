// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.body;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.B2Client;

/**
 * The answer that has described a file, with the content that nobody has begun to read: the first reading takes it, and no
 * other request is sent for it. It is given up, as if it had never been, when its exchange is done, when nobody
 * reads it for the idle timeout, and when connections get scarce. Thread-safe.
 */
public final class UnreadAnswer implements OpenBodies.Body {
    /** There is none. */
    public static final UnreadAnswer NONE = new UnreadAnswer(null, null, Duration.ZERO, "");

    private static final Logger LOG = LoggerFactory.getLogger(UnreadAnswer.class);

    private final AtomicReference<@Nullable InputStream> content;
    private final @Nullable OpenBodies bodies;
    private final Duration idleTimeout;
    private final String origin;
    private final long openedNanos = System.nanoTime();

    private UnreadAnswer(
            @Nullable InputStream content, @Nullable OpenBodies bodies, Duration idleTimeout, String origin) {
        this.content = new AtomicReference<>(content);
        this.bodies = bodies;
        this.idleTimeout = idleTimeout;
        this.origin = origin;
    }

    /**
     * One that counts as a holder of a connection from now on.
     *
     * @param content closed when it is given up; by whoever takes it otherwise
     * @param origin what it is, for whoever asks who has the connections
     */
    public static UnreadAnswer of(InputStream content, B2Client client, Duration idleTimeout, String origin) {
        OpenBodies bodies = OpenBodies.of(client);
        UnreadAnswer answer = new UnreadAnswer(content, bodies, idleTimeout, origin);
        bodies.waits(answer);
        return answer;
    }

    /** Given up when the exchange is done, so that no connection outlives it. */
    public void closeWith(Exchange exchange) {
        if (content.get() != null) {
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    giveUp();
                }
            });
        }
    }

    /** The content, for the first who asks; empty for all others, and when it was given up. */
    public Optional<InputStream> take() {
        InputStream taken = content.getAndSet(null);
        if (taken != null && bodies != null) {
            bodies.waitsNoMore(this);
        }
        return Optional.ofNullable(taken);
    }

    /** Gives its connection back, unless somebody has begun to read. */
    public void giveUp() {
        take().ifPresent(unread -> {
            try {
                unread.close();
            } catch (IOException e) {
                // Nobody wants the bytes, and the stream has given up its connection.
                LOG.debug("Giving up the unread answer of {} failed", origin, e);
            }
        });
    }

    @Override
    public Duration idleTimeout() {
        return idleTimeout;
    }

    @Override
    public void pauseIfIdle() {
        if (System.nanoTime() - openedNanos >= idleTimeout.toNanos()) {
            giveUp();
        }
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public String toString() {
        return "UnreadAnswer[" + origin + (content.get() == null ? ", gone]" : "]");
    }
}
