// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.tracing;

import java.util.function.Supplier;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.apache.camel.Exchange;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.observe.B2Observer;

/**
 * A span for each request to B2, below the span that is active where it is made: that of the step, also on the threads of
 * its parts. Where nobody traces there are none. Thread-safe.
 */
final class CallSpans implements B2Observer {
    private final Supplier<Tracer> tracer;

    /** @param tracer asked when there is a span to make: whoever traces has set theirs by then */
    CallSpans(Supplier<Tracer> tracer) {
        this.tracer = tracer;
    }

    @Override
    public ClientListener message(Exchange exchange) {
        return new OfMessage(Context.current());
    }

    @Override
    public Runnable carry(Runnable task) {
        Context here = Context.current();
        return here == Context.root() ? task : here.wrap(task);
    }

    /** @param began where the step began: for threads that nothing was carried to */
    private final class OfMessage implements ClientListener {
        private final Context began;

        OfMessage(Context began) {
            this.began = began;
        }

        @Override
        public void onRequest(SentRequest request) {
            Context here = Context.current();
            Context parent = isTraced(here) ? here : began;
            if (isTraced(parent)) {
                tell(request, parent);
            }
        }
    }

    private static boolean isTraced(Context context) {
        return Span.fromContext(context).getSpanContext().isValid();
    }

    private void tell(SentRequest request, Context parent) {
        Span span = tracer.get()
                .spanBuilder(request.call())
                .setParent(parent)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(request.started())
                .setAttribute("b2.operation", request.call())
                .setAttribute("b2.transaction.class", request.transactionClass().name())
                .setAttribute("b2.attempt", request.attempt())
                .startSpan();
        if (!request.bucket().isEmpty()) {
            span.setAttribute("b2.bucket", request.bucket());
        }
        long bytes = Math.max(request.sent(), request.announced());
        if (bytes > 0) {
            span.setAttribute("b2.bytes", bytes);
        }
        if (request.status() != 0) {
            span.setAttribute("http.response.status_code", request.status());
        }
        if (request.outcome() != SentRequest.Outcome.SUCCESS) {
            String error = request.code().isEmpty() ? "no answer" : request.code();
            span.setAttribute("error.type", error);
            span.setStatus(StatusCode.ERROR, error);
        }
        span.end(request.started().plus(request.took()));
    }
}
