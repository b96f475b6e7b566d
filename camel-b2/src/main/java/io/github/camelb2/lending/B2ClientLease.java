// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.lending;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.B2Client;

/**
 * A client on loan from a {@code B2Component}: it stays open at least until {@link #close}, and is shared with all who
 * borrowed one for the same account. Thread-safe.
 */
public final class B2ClientLease implements AutoCloseable {
    private final B2Client client;
    private final Lender lender;
    private final AtomicBoolean returned = new AtomicBoolean();

    B2ClientLease(B2Client client, Lender lender) {
        this.client = client;
        this.lender = lender;
    }

    /** Who lends a client, as often as it is asked for. Thread-safe. */
    interface Lender {
        /** See {@link B2ClientLease#repositoryTrouble}. */
        Optional<String> repositoryTrouble();

        /** See {@link B2ClientLease#another}. */
        B2ClientLease lend();

        /** One of its loans has ended. */
        void takeBack();
    }

    /** A loan of a client that somebody else opened and closes. */
    public static B2ClientLease ofOwned(B2Client client) {
        return new B2ClientLease(client, new Owner(client));
    }

    private record Owner(B2Client client) implements Lender {
        @Override
        public Optional<String> repositoryTrouble() {
            return Optional.empty();
        }

        @Override
        public B2ClientLease lend() {
            return new B2ClientLease(client, this);
        }

        @Override
        public void takeBack() {
            // It stays with its owner.
        }
    }

    /** The client; it must not be closed. */
    public B2Client client() {
        return client;
    }

    /** What is wrong with the repository that keeps the login; empty while it works, and when there is none. */
    public Optional<String> repositoryTrouble() {
        return lender.repositoryTrouble();
    }

    /**
     * Another loan for the same account, for whoever needs it longer than this one lasts: of the same client, or, when
     * that was closed because nobody used it for long, of one that is opened now.
     *
     * @throws IllegalStateException if the component has been stopped
     */
    public B2ClientLease another() {
        return lender.lend();
    }

    /**
     * Keeps the client open until the exchange is done, so that what the message holds of it can still be read: a body
     * that is fetched when it is read, or the next page of a listing. A second time for the same exchange does nothing.
     */
    public void keepFor(Exchange exchange) {
        UntilDone hold = new UntilDone(client);
        if (!exchange.getExchangeExtension().containsOnCompletion(hold)) {
            hold.lease = another();
            exchange.getExchangeExtension().addOnCompletion(hold);
        }
    }

    /** Gives the client back; a second time does nothing. */
    @Override
    public void close() {
        if (returned.compareAndSet(false, true)) {
            lender.takeBack();
        }
    }

    /** Equal to each other one for the same client: an exchange needs one, however many steps it takes. */
    private static final class UntilDone extends SynchronizationAdapter {
        private final B2Client client;
        private @Nullable B2ClientLease lease;

        UntilDone(B2Client client) {
            this.client = client;
        }

        @Override
        public void onDone(Exchange exchange) {
            if (lease != null) {
                lease.close();
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof UntilDone that && client == that.client;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(client);
        }
    }
}
