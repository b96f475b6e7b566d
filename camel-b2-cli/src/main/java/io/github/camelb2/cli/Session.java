// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.LifecycleStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.account.DefaultCredentials;
import io.github.camelb2.client.api.ClientListener;

/**
 * A Camel context without routes, with the account of a command, for the time of that command. A signal that ends the process
 * asks the command to end first.
 */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final CamelContext context = Literally.context();
    private final ProducerTemplate template;
    private final Duration grace;
    private final Thread onSignal = new Thread(this::stopBySignal, "camel-b2-stop");
    private final Stop stop;

    /**
     * Starts it.
     *
     * @param login    whose files
     * @param retries  for how long a call is tried again; null for as long as the component does
     * @param listener hears of retries and bytes
     * @param grace    how long work that is under way may go on after a signal
     * @param stop     is told of a signal, and tells when the command has ended
     */
    Session(DefaultCredentials login, @Nullable Duration retries, ClientListener listener, Duration grace, Stop stop) {
        this.grace = grace;
        this.stop = stop;
        context.disableJMX();
        B2Component component = context.getComponent("b2", B2Component.class);
        B2Configuration account = component.getConfiguration();
        account.setRealm(login.realm());
        account.setApplicationKeyId(login.credentials().applicationKeyId());
        account.setApplicationKey(login.credentials().applicationKey());
        account.setClientListener(listener);
        // Nobody comes after this command.
        account.setClientLinger(0);
        if (retries != null) {
            account.setRetryTimeout(retries.toMillis());
        }
        context.start();
        template = context.createProducerTemplate();
        Runtime.getRuntime().addShutdownHook(onSignal);
    }

    CamelContext context() {
        return context;
    }

    /**
     * Has an operation of {@code b2:} done.
     *
     * @param bucket  its bucket; {@code *} for none
     * @param options of the endpoint
     * @throws Exception as the endpoint does
     */
    Exchange request(
            String bucket, String operation, Map<String, Object> options, Map<String, Object> headers, Object body)
            throws Exception {
        Endpoint endpoint = endpoint("b2:" + bucket, options);
        Map<String, Object> all = new HashMap<>(headers);
        all.put(B2Constants.OPERATION, operation);
        return send(endpoint, all, body);
    }

    /** An endpoint that takes the values of its options literally. */
    Endpoint endpoint(String uri, Map<String, Object> options) {
        return context.getEndpoint(uri, Literally.options(options));
    }

    /** Sends one message and answers it; what failed is thrown. */
    Exchange send(Endpoint endpoint, Map<String, Object> headers, Object body) throws Exception {
        Exchange answer = template.send(endpoint, ExchangePattern.InOut, exchange -> {
            exchange.getMessage().setHeaders(new HashMap<>(headers));
            exchange.getMessage().setBody(body);
        });
        Exception failure = answer.getException();
        if (failure != null) {
            throw failure;
        }
        return answer;
    }

    private void stopBySignal() {
        stop.ask();
        for (LifecycleStrategy strategy : context.getLifecycleStrategies()) {
            strategy.onContextStopping(context);
        }
        // What is under way may end, but an upload may have hours to go: it is resumed by the next run.
        if (!stop.hasEndedWithin(grace)) {
            context.stop();
            stop.hasEndedWithin(LAST_WORDS);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
            context.stop();
        } catch (IllegalStateException e) {
            LOG.debug("The process is ending", e);
        }
    }
}
