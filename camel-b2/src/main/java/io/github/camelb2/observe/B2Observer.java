// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.observe;

import org.apache.camel.Exchange;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.ClientListener;

/**
 * Hears what the {@code b2:} and {@code b2-sync:} endpoints of a context do, for metrics, traces and consoles. Every bean of
 * this type in the registry is one, if it is there when the first B2 component starts.
 *
 * <p>Methods are called on the threads that do the work, also several at once, and must be quick and thread-safe. What
 * they throw is logged, the first time with its trace, and changes nothing. Nothing passed here holds a secret but what a
 * client itself gives to whoever asks it for its login.
 */
public interface B2Observer {
    /**
     * Hears of all calls, retries, logins and transfers of the clients that the components of the context make; asked for
     * once. {@link ClientListener#NONE} for nobody.
     */
    default ClientListener calls() {
        return ClientListener.NONE;
    }

    /**
     * Hears of what is done for one message, or for the run of a sync that it started, beside {@link #calls}; asked for by
     * the thread that has the message when a B2 step begins. {@link ClientListener#NONE} for nobody.
     */
    default ClientListener message(Exchange exchange) {
        return ClientListener.NONE;
    }

    /**
     * Carries what belongs to the thread over to another one; asked by the thread that hands over the task.
     *
     * @param task a part of a transfer, or a path of a sync
     * @return what the other thread runs
     */
    default Runnable carry(Runnable task) {
        return task;
    }

    /** A component opened a client. Asking it for figures, as its connections and transactions, talks to nobody. */
    default void opened(B2Client client) {}

    /** A component closed that client. */
    default void closed(B2Client client) {}

    /** Something happened to versions that a consumer found. */
    default void consumed(ConsumerEvent event) {}

    /** A run of a sync began, went on or ended. */
    default void synced(SyncEvent event) {}
}
