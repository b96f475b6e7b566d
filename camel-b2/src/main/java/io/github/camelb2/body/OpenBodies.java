// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.body;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.http.ConnectionHolders;

/**
 * The bodies that hold a connection of one client: how many there are and whose, and a check that takes the connection
 * from those that nobody reads. Thread-safe.
 */
public final class OpenBodies implements ConnectionHolders {
    private static final Map<B2Client, OpenBodies> OF_CLIENT = Collections.synchronizedMap(new WeakHashMap<>());
    private static final int NAMED = 5;

    private final Set<Body> open = ConcurrentHashMap.newKeySet();

    /** Those of them that nobody has begun to read, the oldest first. */
    private final Queue<UnreadAnswer> unread = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean isChecking = new AtomicBoolean();

    private OpenBodies() {}

    /** A body that may hold a connection. */
    public interface Body {
        /** How long it may hold a connection without being read. */
        Duration idleTimeout();

        /** Gives the connection back if nobody has read for that long; the next reading goes on where it was. */
        void pauseIfIdle();

        /** What it is and which route has it. */
        String origin();
    }

    /** Those of a client. */
    public static OpenBodies of(B2Client client) {
        return OF_CLIENT.computeIfAbsent(client, it -> {
            OpenBodies bodies = new OpenBodies();
            it.connectionsAreHeldBy(bodies);
            return bodies;
        });
    }

    /** From now on the body holds a connection. */
    public void opened(Body body) {
        open.add(body);
        if (isChecking.compareAndSet(false, true)) {
            checkLater();
        }
    }

    /** The body holds none any more. */
    public void closed(Body body) {
        open.remove(body);
    }

    /** The answer holds a connection, and nobody reads it. */
    void waits(UnreadAnswer answer) {
        unread.add(answer);
        opened(answer);
    }

    /** Somebody reads it from now on, or nobody ever will. */
    void waitsNoMore(UnreadAnswer answer) {
        unread.remove(answer);
        closed(answer);
    }

    @Override
    public boolean areWaiting() {
        return !unread.isEmpty();
    }

    @Override
    public void giveUpOne() {
        UnreadAnswer oldest = unread.peek();
        if (oldest != null) {
            oldest.giveUp();
        }
    }

    /** How many hold a connection. */
    public int count() {
        return open.size();
    }

    /** How many there are and where some of them came from, for an error message; empty if there are none. */
    @Override
    public String describe() {
        if (open.isEmpty()) {
            return "";
        }
        String some = open.stream().limit(NAMED).map(Body::origin).sorted().collect(Collectors.joining("; "));
        return open.size() + " bodies of this account are open: " + some + (open.size() > NAMED ? "; …" : "");
    }

    private void checkLater() {
        long millis =
                open.stream().mapToLong(it -> it.idleTimeout().toMillis()).min().orElse(1_000);
        CompletableFuture.delayedExecutor(Math.max(millis / 2, 10), TimeUnit.MILLISECONDS)
                .execute(this::check);
    }

    private void check() {
        open.forEach(Body::pauseIfIdle);
        if (open.isEmpty()) {
            isChecking.set(false);
            if (open.isEmpty() || !isChecking.compareAndSet(false, true)) {
                return;
            }
        }
        checkLater();
    }
}
