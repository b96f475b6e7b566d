package io.github.camelb2.poll;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps the client open for a consumer and for every exchange that began with it, so that one that outlives its
 * consumer can still read its body and have its version deleted. Thread-safe.
 */
final class ClientHold {
    private final Runnable giveBack;
    private final AtomicInteger holders = new AtomicInteger(1);

    /**
     * Whoever makes it is its first holder.
     *
     * @param giveBack gives the client back
     */
    ClientHold(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    /** One more holder; only for somebody who knows that another one still holds. */
    void hold() {
        holders.incrementAndGet();
    }

    /** One holder less; the last one gives the client back. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            giveBack.run();
        }
    }
}
