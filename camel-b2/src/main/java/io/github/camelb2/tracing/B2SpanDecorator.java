// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.tracing;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Endpoint;

/** Names the spans of {@code b2:} steps after their operation, and says what they were about. Camel finds it by itself. */
public final class B2SpanDecorator extends AbstractSpanDecorator {
    @Override
    public String getComponent() {
        return "b2";
    }

    @Override
    public String getComponentClassName() {
        return B2Component.class.getName();
    }

    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        return endpoint instanceof B2Endpoint b2 ? operation(exchange, b2) : super.getOperationName(exchange, endpoint);
    }

    private static String operation(Exchange exchange, B2Endpoint endpoint) {
        // A message that has gone nowhere yet has just been received.
        if (exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT) == null && exchange.getFromEndpoint() == endpoint) {
            return "consume";
        }
        String header = exchange.getMessage().getHeader(B2Constants.OPERATION, String.class);
        return header == null ? String.valueOf(endpoint.getConfiguration().getOperation()) : header;
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        super.beforeTracingEvent(span, exchange, endpoint);
        if (endpoint instanceof B2Endpoint b2) {
            span.setTag("b2.operation", operation(exchange, b2));
            span.setTag("b2.bucket", b2.getConfiguration().getBucketName());
        }
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        super.afterTracingEvent(span, exchange);
        tag(span, "b2.bucket", exchange, B2Constants.BUCKET_NAME);
        tag(span, "b2.file.name", exchange, B2Constants.FILE_NAME);
        tag(span, "b2.file.id", exchange, B2Constants.FILE_ID);
        tag(span, "b2.file.id", exchange, B2Constants.PRODUCED_FILE_ID);
        tag(span, "b2.bytes", exchange, B2Constants.CONTENT_LENGTH);
        tag(span, "b2.bytes", exchange, B2Constants.FOUND_CONTENT_LENGTH);
    }

    private static void tag(Span span, String tag, Exchange exchange, String header) {
        String value = exchange.getMessage().getHeader(header, String.class);
        if (value != null) {
            span.setTag(tag, clipMaxLength(value));
        }
    }
}
