// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;

/** Tells several listeners one after the other; what one throws is logged and dropped, as {@link ClientListener} says. */
public final class Listeners implements ClientListener {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<ClientListener> listeners;

    private Listeners(List<ClientListener> listeners) {
        this.listeners = listeners;
    }

    /** One listener for both; {@link ClientListener#NONE} where there is none. */
    public static ClientListener of(ClientListener one, ClientListener other) {
        if (one == ClientListener.NONE) {
            return other == ClientListener.NONE || other instanceof Listeners ? other : new Listeners(List.of(other));
        }
        if (other == ClientListener.NONE) {
            return one instanceof Listeners ? one : new Listeners(List.of(one));
        }
        return new Listeners(List.of(one, other));
    }

    @Override
    public void onRequest(SentRequest request) {
        tell(it -> it.onRequest(request));
    }

    @Override
    public void onDownloaded(SentRequest request, long bytes) {
        tell(it -> it.onDownloaded(request, bytes));
    }

    @Override
    public void onUploadResumed(String fileName, long bytes) {
        tell(it -> it.onUploadResumed(fileName, bytes));
    }

    @Override
    public void onLargeFile(String fileName, String fileId) {
        tell(it -> it.onLargeFile(fileName, fileId));
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
