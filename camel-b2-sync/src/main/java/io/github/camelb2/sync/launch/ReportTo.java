// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

import io.github.camelb2.sync.B2SyncConstants;
import io.github.camelb2.sync.action.ActionEvent;
import io.github.camelb2.sync.action.ActionListener;

/** Sends one message for each finished action to the endpoint of the option {@code reportTo}. */
final class ReportTo implements ActionListener {
    private final ProducerTemplate producer;
    private final Endpoint endpoint;

    ReportTo(ProducerTemplate producer, Endpoint endpoint) {
        this.producer = producer;
        this.endpoint = endpoint;
    }

    @Override
    public void finished(ActionEvent event) throws Exception {
        Exchange answer = producer.send(endpoint, exchange -> fill(exchange, event));
        // The failure of the action itself travels on the exchange too, and is not one of the telling.
        Exception failure = answer.getException();
        if (failure != null && failure != event.failure()) {
            throw failure;
        }
    }

    private static void fill(Exchange exchange, ActionEvent event) {
        Message message = exchange.getMessage();
        message.setBody(event.action().line());
        message.setHeader(B2SyncConstants.ACTION, event.action().kind().word());
        message.setHeader(B2SyncConstants.PATH, event.action().path());
        message.setHeader(
                B2SyncConstants.BYTES, event.failure() == null ? event.action().bytes() : 0L);
        message.setHeader(B2SyncConstants.RUN_ID, event.runId());
        if (!event.fileId().isEmpty()) {
            message.setHeader(B2SyncConstants.FILE_ID, event.fileId());
        }
        if (event.failure() != null) {
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, event.failure());
        }
    }
}
