// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.TransactionClass;

/** Tells several listeners one after the other; what one throws is logged and dropped, as {@link ClientListener} says. */
public final class Listeners implements ClientListener {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<ClientListener> listeners;

    private Listeners(List<ClientListener> listeners) {
        this.listeners = listeners;
    }

    /** One listener for all of them. */
    public static ClientListener of(ClientListener... listeners) {
        List<ClientListener> real = new ArrayList<>(listeners.length);
        for (ClientListener listener : listeners) {
            if (listener != ClientListener.NONE) {
                real.add(listener);
            }
        }
        return real.isEmpty() ? ClientListener.NONE : new Listeners(real);
    }

    @Override
    public void onRequest(String call, TransactionClass transactionClass, int status, int attempt, Duration took) {
        tell(it -> it.onRequest(call, transactionClass, status, attempt, took));
    }

    @Override
    public void onRetry(String call, String reason, int attempt, Duration wait) {
        tell(it -> it.onRetry(call, reason, attempt, wait));
    }

    @Override
    public void onAuthorized(String applicationKeyId) {
        tell(it -> it.onAuthorized(applicationKeyId));
    }

    @Override
    public void onProgress(long transfer, String fileName, long bytes, long total) {
        tell(it -> it.onProgress(transfer, fileName, bytes, total));
    }

    private void tell(Consumer<ClientListener> event) {
        for (ClientListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("A client listener failed: {}", listener.getClass().getName(), e);
            }
        }
    }
}
