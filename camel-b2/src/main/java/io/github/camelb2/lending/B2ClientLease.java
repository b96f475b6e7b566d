package io.github.camelb2.lending;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelb2.client.B2Client;

/**
 * A client on loan from a {@code B2Component}: it stays open at least until {@link #close}, and is shared with all who
 * borrowed one for the same account. Thread-safe.
 */
public final class B2ClientLease implements AutoCloseable {
    private final B2Client client;
    private final Runnable giveBack;
    private final AtomicBoolean returned = new AtomicBoolean();

    B2ClientLease(B2Client client, Runnable giveBack) {
        this.client = client;
        this.giveBack = giveBack;
    }

    /** A loan of a client that somebody else opened and closes. */
    public static B2ClientLease ofOwned(B2Client client) {
        return new B2ClientLease(client, () -> {});
    }

    /** The client; it must not be closed. */
    public B2Client client() {
        return client;
    }

    /** Gives the client back; a second time does nothing. */
    @Override
    public void close() {
        if (returned.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
