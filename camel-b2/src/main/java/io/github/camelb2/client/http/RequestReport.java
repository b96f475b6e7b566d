// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Listeners;

/** What is known of one request, counted always and told at its end to who listens; used by one thread. */
final class RequestReport {
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final HttpCall call;
    private final ClientListener ofClient;
    private final Usage usage;
    private final InstantSource clock;
    private final Instant started;
    private int status;
    private int transactions;
    private String code = "";
    private long sent;
    private long announced;
    private long received;
    /** What was told, when somebody listens. */
    private @Nullable SentRequest told;

    private boolean isContentOver;

    RequestReport(HttpCall call, ClientListener ofClient, Usage usage, InstantSource clock) {
        this.call = call;
        this.ofClient = ofClient;
        this.usage = usage;
        this.clock = clock;
        this.started = clock.instant();
    }

    Instant started() {
        return started;
    }

    void answered(int value) {
        status = value;
        transactions = 1;
        if (value == TOO_MANY || value == UNAVAILABLE) {
            usage.refused();
        }
    }

    /** What the answer is billed as; one unless this is said. */
    void transactions(int value) {
        transactions = value;
    }

    /** No answer came, or it broke off; one that began is billed. */
    void lost() {
        status = 0;
    }

    void refused(B2Exception failure) {
        code = failure.code();
    }

    void sent(long bytes) {
        sent = bytes;
    }

    void announced(long bytes) {
        announced = bytes;
    }

    /** The request has ended. */
    void end() {
        usage.answered(call.context().transactionClass(), transactions);
        if (!isHeard()) {
            return;
        }
        CallContext context = call.context();
        CallSettings settings = call.current().settings();
        told = new SentRequest(
                context.call(),
                settings.bucket(),
                context.transactionClass(),
                transactions,
                status,
                code,
                call.current().number(),
                started,
                Duration.between(started, clock.instant()),
                sent,
                announced);
        Listeners.of(ofClient, settings.listener()).onRequest(told);
    }

    private boolean isHeard() {
        return ofClient != ClientListener.NONE || call.current().settings().listener() != ClientListener.NONE;
    }

    /** Content of a download came. */
    void received(int bytes) {
        received += bytes;
        usage.received(bytes);
    }

    /** No more content of a download will come; the first time counts. */
    void contentEnded() {
        SentRequest request = told;
        if (request == null || isContentOver) {
            return;
        }
        isContentOver = true;
        Listeners.of(ofClient, call.current().settings().listener()).onDownloaded(request, received);
    }
}
