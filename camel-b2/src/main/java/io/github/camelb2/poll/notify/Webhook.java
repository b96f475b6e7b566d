// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.io.IOException;
import java.io.InputStream;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Configuration;

/**
 * A path of the context's HTTP server at which B2 reaches one consumer; closing it gives the path back.
 *
 * <p>The HTTP server is that of {@code platform-http}, which is found by name, so that nothing here needs it on the class
 * path unless notifications are asked for.
 */
public final class Webhook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final String SCHEME = "platform-http";

    private final CamelContext context;
    private final String path;
    private final Receiver receiver;
    private @Nullable Endpoint endpoint;
    private @Nullable Consumer server;

    /** Says what B2 is answered, on the thread of the HTTP server. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes one request.
         *
         * @param signatures the header {@link NotificationSignature#HEADER}, null if there is none
         * @param body the bytes as they came, at most one more than {@link SignedRequests#MAX_BYTES}
         */
        Answer receive(@Nullable String signatures, byte[] body);
    }

    /** What B2 is answered; it repeats what is not answered with 200. */
    public record Answer(int status, String text) {}

    private Webhook(CamelContext context, String path, Receiver receiver) {
        this.context = context;
        this.path = path;
        this.receiver = receiver;
    }

    /**
     * Begins to receive at the path of the options.
     *
     * @throws IllegalStateException if {@code platform-http} is not there; the message names the artifact
     * @throws IllegalArgumentException if another consumer has the path
     */
    public static Webhook open(CamelContext context, B2Configuration options, Receiver receiver) throws Exception {
        Component http = context.getComponent(SCHEME, true, false);
        if (http == null) {
            throw new IllegalStateException(
                    "notifications=true needs the component platform-http, as deliver=event does: add the artifact"
                            + " org.apache.camel:camel-platform-http together with an HTTP server for it, as"
                            + " org.apache.camel:camel-platform-http-main, or the starter or extension of your runtime");
        }
        Webhook webhook = new Webhook(context, NotificationPaths.take(context, options), receiver);
        boolean isOpen = false;
        try {
            webhook.listen(http);
            isOpen = true;
            return webhook;
        } finally {
            if (!isOpen) {
                webhook.close();
            }
        }
    }

    private void listen(Component http) throws Exception {
        Endpoint made = http.createEndpoint(SCHEME + ":" + path + "?httpMethodRestrict=POST");
        endpoint = made;
        ServiceHelper.startService(made);
        Consumer listening = made.createConsumer(this::answer);
        server = listening;
        ServiceHelper.startService(listening);
        LOG.info("Receiving B2 event notifications at {}", path);
    }

    private void answer(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        String signature = message.getHeader(NotificationSignature.HEADER, String.class);
        Answer answer = receiver.receive(signature, body(message));
        message.getHeaders().clear();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
        message.setBody(answer.text());
    }

    private static byte[] body(Message message) throws IOException {
        InputStream stream = message.getBody(InputStream.class);
        if (stream == null) {
            return new byte[0];
        }
        try (stream) {
            return stream.readNBytes(SignedRequests.MAX_BYTES + 1);
        }
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownServices(server, endpoint);
        NotificationPaths.release(context, path);
    }
}
