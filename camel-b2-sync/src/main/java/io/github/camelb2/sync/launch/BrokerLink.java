// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.sync.distributed.Coordinator;

/** The way to the other machines: any endpoint that Camel can send texts to. Thread-safe once made. */
final class BrokerLink implements Coordinator.Broker, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);

    /** Takes a text that came. */
    @FunctionalInterface
    interface Receiver {
        /** @throws IllegalArgumentException if it is none of ours; any other exception means that it has to come again */
        void take(String text) throws Exception;
    }

    private final ProducerTemplate producer;
    private final Endpoint target;
    private final @Nullable Endpoint deadLetters;

    /**
     * @param option    the option that names where messages go
     * @param uri       its value
     * @param deadUri   where those go that nobody can read; null for nowhere
     */
    BrokerLink(CamelContext context, String option, String uri, @Nullable String deadUri) {
        this.target = endpoint(context, option, uri);
        this.deadLetters = deadUri == null ? null : endpoint(context, "deadLetterEndpoint", deadUri);
        this.producer = context.createProducerTemplate();
    }

    static Endpoint endpoint(CamelContext context, String option, String uri) {
        try {
            return context.getEndpoint(uri);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Option " + option + "=" + URISupport.sanitizeUri(uri)
                            + " is no endpoint: write its URI, as jms:queue:work",
                    e);
        }
    }

    @Override
    public void send(String message) throws Exception {
        send(target, message);
    }

    @Override
    public void deadLetter(String message) throws Exception {
        if (deadLetters != null) {
            send(deadLetters, message);
        }
    }

    private void send(Endpoint endpoint, String message) throws Exception {
        Exchange sent = producer.send(endpoint, ExchangePattern.InOnly, exchange -> exchange.getMessage()
                .setBody(message));
        if (sent.getException() != null) {
            throw sent.getException();
        }
    }

    /** Gives the text of a message to its receiver; what that cannot read goes to the dead letters, if there are any. */
    void receive(Exchange exchange, Receiver receiver) throws Exception {
        String text = exchange.getMessage().getBody(String.class);
        try {
            if (text == null) {
                throw new IllegalArgumentException("a message of a run has to be a text, and the body is empty");
            }
            receiver.take(text);
        } catch (IllegalArgumentException e) {
            if (deadLetters == null) {
                throw e;
            }
            LOG.warn("A message that cannot be read goes to the dead letters: {}", e.getMessage());
            deadLetter(text == null ? "" : text);
        }
    }

    /**
     * Begins to receive; {@code ServiceHelper.stopService} ends it. A message has a unit of work, as in a route: some
     * components take it for received only at the end of that.
     */
    Consumer listen(Endpoint endpoint, Receiver receiver) throws Exception {
        CamelContext context = endpoint.getCamelContext();
        Consumer consumer = endpoint.createConsumer(PluginHelper.getInternalProcessorFactory(context)
                .addUnitOfWorkProcessorAdvice(context, exchange -> receive(exchange, receiver), null));
        ServiceHelper.startService(endpoint, consumer);
        return consumer;
    }

    @Override
    public void close() {
        producer.stop();
    }
}
