// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.after;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the client open for a consumer and for every exchange that began with it, so that one that outlives its
 * consumer can still read its body and have its version deleted. Thread-safe.
 */
public final class ClientUsers {
    private final Runnable giveBack;
    private final AtomicInteger users = new AtomicInteger(1);
    private final Queue<Runnable> atEnd = new ConcurrentLinkedQueue<>();

    /**
     * Whoever makes it is its first user.
     *
     * @param giveBack gives the client back
     */
    public ClientUsers(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    /** Does that as well before the client is given back; only for a user. */
    public void atEnd(Runnable work) {
        atEnd.add(work);
    }

    /** One more user; only for somebody who knows that another one is still there. */
    public void enter() {
        users.incrementAndGet();
    }

    /** One user less; the last one gives the client back. */
    public void leave() {
        if (users.decrementAndGet() == 0) {
            atEnd.forEach(Runnable::run);
            giveBack.run();
        }
    }
}
