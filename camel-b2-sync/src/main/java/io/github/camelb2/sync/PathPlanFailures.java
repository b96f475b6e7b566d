// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.run.SyncSession;

/**
 * For the splitter of a route that began with {@code mode=plan}: puts into the report of the run every path plan whose
 * part of the route ended with an exception, in whatever step. A plan that the route leaves out without one, as a filter
 * does, stays a skip.
 *
 * <p>It is both the splitter's {@code onPrepare} and its {@code aggregationStrategy}; without the first it knows the plan
 * only while that is still the body. The message behind the splitter is the one before it. Thread-safe, and one may serve
 * many routes.
 */
public class PathPlanFailures implements AggregationStrategy, Processor {
    private static final String PLAN = "CamelB2SyncPathPlan";

    /** Remembers the plan, because steps may change the body. */
    @Override
    public void process(Exchange exchange) {
        exchange.setProperty(PLAN, exchange.getMessage().getBody());
    }

    @Override
    public @Nullable Exchange aggregate(@Nullable Exchange before, Exchange part) {
        SyncSession session = part.getProperty(B2SyncConstants.SESSION, SyncSession.class);
        Object plan = part.getProperty(PLAN, part.getMessage().getBody(), Object.class);
        if (session != null && plan instanceof PathPlan known) {
            report(session, known, part);
        }
        return before;
    }

    private static void report(SyncSession session, PathPlan plan, Exchange part) {
        if (part.getException() != null) {
            session.failed(plan, part.getException());
            return;
        }
        Exception handled = part.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        // Handling an exception does not do what the plan is for.
        if (handled != null && !session.isBegun(plan)) {
            session.failed(plan, handled);
        }
        session.leftOut(plan);
    }
}
