// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.Set;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.operation.header.ObeyedOrders;
import io.github.camelb2.operation.header.Reads;

/**
 * Knows the steps of routes that work on copies of a message, so that an order for one step that a copy has obeyed reaches
 * no step behind them, nor the next alternative of a failover or the fallback of a circuit breaker.
 *
 * <p>Camel loads it with every context, because a route may have such a step before anything of {@code b2:} is made.
 * Where a message has no such order it does nothing. Thread-safe.
 */
public final class CopyingSteps implements ContextServicePlugin, InterceptStrategy {
    private static final Set<String> COPYING = Set.of(
            "circuitBreaker",
            "dynamicRouter",
            "enrich",
            "loadBalance",
            "loop",
            "multicast",
            "recipientList",
            "routingSlip",
            "split");

    /** Their copies go on while the route does, so that nobody could say who is first. */
    private static final Set<String> PARTING = Set.of("aggregate", "resequence", "wireTap");

    @Override
    public void load(CamelContext context) {
        ExtendedCamelContext extended = context.getCamelContextExtension();
        if (extended.getInterceptStrategies().stream().noneMatch(CopyingSteps.class::isInstance)) {
            extended.addInterceptStrategy(this);
        }
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, @Nullable Processor next) {
        Processor wrapped = target;
        if (COPYING.contains(step.getShortName())) {
            wrapped = new Copying(step, wrapped);
        } else if (PARTING.contains(step.getShortName())) {
            wrapped = new Parting(wrapped);
        }
        NamedNode parent = parent(step);
        if (parent != null && parent.getShortName().equals("loadBalance")) {
            wrapped = new Alternative(parent, wrapped);
        } else if (parent != null && parent.getShortName().equals("circuitBreaker")) {
            wrapped = new Breakable(parent, wrapped);
        }
        return wrapped;
    }

    /** In YAML and XML a fallback stands between its steps and the circuit breaker. */
    private static @Nullable NamedNode parent(NamedNode step) {
        NamedNode parent = step.getParent();
        return parent != null && parent.getShortName().equals("onFallback") ? parent.getParent() : parent;
    }

    /** A step that works on copies, and goes on with the message when they are done. */
    private static final class Copying extends DelegateAsyncProcessor {
        private final NamedNode step;

        Copying(NamedNode step, Processor target) {
            super(target);
            this.step = step;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            ObeyedOrders orders = ObeyedOrders.begin(step, exchange, Reads.allOneShots());
            if (orders == null) {
                return super.process(exchange, callback);
            }
            return super.process(exchange, doneSync -> {
                orders.end(exchange);
                callback.done(doneSync);
            });
        }
    }

    /** A step whose copies go their own way. */
    private static final class Parting extends DelegateAsyncProcessor {
        Parting(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            ObeyedOrders orders = ObeyedOrders.part(exchange);
            return super.process(exchange, doneSync -> {
                ObeyedOrders.rejoin(exchange, orders);
                callback.done(doneSync);
            });
        }
    }

    /** One of those that a load balancer chooses from: a failover has each work on another copy. */
    private static final class Alternative extends DelegateAsyncProcessor {
        private final NamedNode balancer;

        Alternative(NamedNode balancer, Processor target) {
            super(target);
            this.balancer = balancer;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            ObeyedOrders orders = ObeyedOrders.of(balancer, exchange);
            if (orders == null) {
                return super.process(exchange, callback);
            }
            // A redelivery of the same alternative obeys again.
            orders.takeOffFailed(exchange.getMessage(), this);
            return super.process(exchange, doneSync -> {
                if (exchange.getException() != null) {
                    orders.failedIn(this);
                }
                callback.done(doneSync);
            });
        }
    }

    /** A step in a circuit breaker, which works on a copy, or of its fallback, which works on the very exchange. */
    private static final class Breakable extends DelegateAsyncProcessor {
        private final NamedNode breaker;

        Breakable(NamedNode breaker, Processor target) {
            super(target);
            this.breaker = breaker;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            ObeyedOrders orders = ObeyedOrders.of(breaker, exchange);
            if (orders != null && orders.isNotedFor(exchange)) {
                orders.takeOff(exchange.getMessage());
            }
            return super.process(exchange, callback);
        }
    }
}
