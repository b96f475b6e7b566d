// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.EventNotifier;

import io.github.camelb2.client.api.ClientListener;

/** Tells the event notifiers of a context how the transfers of one message go on. Thread-safe. */
public final class TransferEvents implements ClientListener {
    private final Exchange exchange;

    private TransferEvents(Exchange exchange) {
        this.exchange = exchange;
    }

    /** A listener for the transfers of that message; one that hears nothing where nobody waits for such events. */
    public static ClientListener of(Exchange exchange) {
        boolean isHeard = exchange.getContext().getCamelContextExtension().isEventNotificationApplicable();
        return isHeard ? new TransferEvents(exchange) : ClientListener.NONE;
    }

    @Override
    public void onProgress(long transfer, String fileName, long bytes, long total) {
        TransferProgressEvent event = new TransferProgressEvent(exchange, transfer, fileName, bytes, total);
        for (EventNotifier notifier :
                exchange.getContext().getManagementStrategy().getStartedEventNotifiers()) {
            if (!notifier.isDisabled() && !notifier.isIgnoreExchangeEvents() && notifier.isEnabled(event)) {
                tell(notifier, event);
            }
        }
    }

    private static void tell(EventNotifier notifier, TransferProgressEvent event) {
        try {
            notifier.notify(event);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }
}
