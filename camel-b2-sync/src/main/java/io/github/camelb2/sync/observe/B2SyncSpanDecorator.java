// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.observe;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.B2SyncComponent;
import io.github.camelb2.sync.B2SyncConstants;
import io.github.camelb2.sync.B2SyncEndpoint;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.SyncReport;

/** Says of the spans of {@code b2-sync:} steps which sync they belong to and what it moved. Camel finds it by itself. */
public final class B2SyncSpanDecorator extends AbstractSpanDecorator {
    @Override
    public String getComponent() {
        return "b2-sync";
    }

    @Override
    public String getComponentClassName() {
        return B2SyncComponent.class.getName();
    }

    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        return endpoint instanceof B2SyncEndpoint sync
                ? "sync " + sync.getConfiguration().getName()
                : super.getOperationName(exchange, endpoint);
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        super.beforeTracingEvent(span, exchange, endpoint);
        if (endpoint instanceof B2SyncEndpoint sync) {
            span.setTag("b2.sync.name", sync.getConfiguration().getName());
            span.setTag("b2.operation", String.valueOf(sync.getConfiguration().getMode()));
            tagBucket(span, "source", sync.getConfiguration().getSource());
            tagBucket(span, "destination", sync.getConfiguration().getDestination());
        }
        if (exchange.getMessage().getBody() instanceof PathPlan plan) {
            span.setTag("b2.sync.path", clipMaxLength(plan.path()));
        }
    }

    private static void tagBucket(Span span, String side, @Nullable String text) {
        if (text != null && Location.parse(side, text) instanceof Location.Bucket bucket) {
            span.setTag("b2.sync." + side + ".bucket", bucket.name());
        }
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        super.afterTracingEvent(span, exchange);
        String runId = exchange.getMessage().getHeader(B2SyncConstants.RUN_ID, String.class);
        if (runId != null) {
            span.setTag("b2.sync.run.id", runId);
        }
        if (exchange.getMessage().getBody() instanceof SyncReport report) {
            span.setTag("b2.bytes", String.valueOf(report.bytes()));
            span.setTag("b2.sync.actions", String.valueOf(report.actions()));
            span.setTag("b2.sync.failures", String.valueOf(report.failureCount()));
        }
    }
}
