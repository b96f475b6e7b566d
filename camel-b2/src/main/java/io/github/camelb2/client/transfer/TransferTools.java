package io.github.camelb2.client.transfer;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.http.Transport;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Listeners;
import io.github.camelb2.client.retry.Retrier;

/**
 * What all transfers of a client work with.
 *
 * @param session makes the JSON calls
 * @param transport sends and receives the bytes
 * @param retrier tries again
 * @param clock tells the time
 * @param listener hears of progress, beside the listener of each call's settings
 * @param parts runs parts and ranges beside the threads that asked for the transfer; must not be the pool that these
 *     come from
 * @param temporaryDirectory holds pieces of streams while they are sent, and the marks of uploads under way; shared by
 *     all processes of this user
 */
public record TransferTools(
        Session session,
        Transport transport,
        Retrier retrier,
        InstantSource clock,
        ClientListener listener,
        Executor parts,
        Path temporaryDirectory) {
    /** Hears of a call with these settings: the client's listener and the call's own. */
    ClientListener listenerFor(CallSettings settings) {
        return Listeners.of(listener, settings.listener());
    }

    /** The directory that all processes of this user share by default. */
    public static Path defaultTemporaryDirectory() {
        return Path.of(System.getProperty("java.io.tmpdir"), "camel-b2-" + System.getProperty("user.name"));
    }
}
