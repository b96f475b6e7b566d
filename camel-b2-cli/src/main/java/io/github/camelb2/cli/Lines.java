// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.util.function.Consumer;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** The endpoint {@code lines:} that a sync tells its actions to: without a route there is no {@code direct:}. */
final class Lines extends DefaultComponent {
    private static final String SCHEME = "lines";

    /** The URI for the option {@code reportTo}. */
    static final String URI = SCHEME + ":all";

    private final Consumer<Exchange> listener;

    private Lines(Consumer<Exchange> listener) {
        this.listener = listener;
    }

    /** Has the listener hear every message, on the threads of the sync. */
    static void listen(CamelContext context, Consumer<Exchange> listener) {
        context.addComponent(SCHEME, new Lines(listener));
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, java.util.Map<String, Object> parameters) {
        return new LinesEndpoint(uri, this, listener);
    }

    private static final class LinesEndpoint extends DefaultEndpoint {
        private final Consumer<Exchange> listener;

        private LinesEndpoint(String uri, Component component, Consumer<Exchange> listener) {
            super(uri, component);
            this.listener = listener;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    listener.accept(exchange);
                }
            };
        }

        @Override
        public org.apache.camel.Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("lines: is written to");
        }
    }
}
