// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.body;

import java.util.Collection;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets what an aggregation made of exchanges keep the sources of their bodies, also where it has nothing of them but a text:
 * nobody can see where the characters of a text are, but whose exchanges were aggregated. Thread-safe.
 */
final class Aggregations extends LifecycleStrategySupport {
    private Aggregations() {}

    /** From now on the aggregations of the context do that, those of routes that come later as well. */
    static void watch(CamelContext context) {
        context.addLifecycleStrategy(new Aggregations());
        context.getRoutes().forEach(route -> {
            watch(route.navigate());
            route.getServices().forEach(Aggregations::watch);
        });
    }

    @Override
    public void onServiceAdd(CamelContext context, Service service, @Nullable Route route) {
        watch(service);
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        routes.forEach(it -> watch(it.navigate()));
    }

    private static void watch(@Nullable Navigate<Processor> steps) {
        if (steps != null && steps.hasNext()) {
            for (Processor step : steps.next()) {
                watch((Object) step);
                if (step instanceof Navigate<?>) {
                    @SuppressWarnings("unchecked")
                    Navigate<Processor> below = (Navigate<Processor>) step;
                    watch(below);
                }
            }
        }
    }

    private static void watch(Object service) {
        if (service instanceof AggregateProcessor aggregation
                && !(aggregation.getAggregationStrategy() instanceof Joining)) {
            Joining joining = new Joining(aggregation);
            if (aggregation.isStarted()) {
                ServiceHelper.startService(joining);
            }
            aggregation.setAggregationStrategy(joining);
        }
    }

    /** Does what another strategy does, and lets the answer keep what its parts have kept. */
    private static final class Joining extends ServiceSupport implements AggregationStrategy, CamelContextAware {
        private final AggregateProcessor aggregation;
        private final AggregationStrategy strategy;

        private Joining(AggregateProcessor aggregation) {
            this.aggregation = aggregation;
            this.strategy = aggregation.getAggregationStrategy();
        }

        private boolean isInMemory() {
            return aggregation.getAggregationRepository() instanceof MemoryAggregationRepository;
        }

        private static @Nullable Exchange joined(
                @Nullable Exchange answer, @Nullable Exchange old, @Nullable Exchange fresh) {
            if (answer != null) {
                CopyTickets.join(answer, old);
                CopyTickets.join(answer, fresh);
            }
            return answer;
        }

        @Override
        public @Nullable Exchange aggregate(@Nullable Exchange old, @Nullable Exchange fresh) {
            CopyTickets.aggregated(fresh, isInMemory());
            return joined(strategy.aggregate(old, fresh), old, fresh);
        }

        @Override
        public @Nullable Exchange aggregate(
                @Nullable Exchange old, @Nullable Exchange fresh, @Nullable Exchange input) {
            CopyTickets.aggregated(fresh, isInMemory());
            return joined(strategy.aggregate(old, fresh, input), old, fresh);
        }

        @Override
        public boolean canPreComplete() {
            return strategy.canPreComplete();
        }

        @Override
        public boolean preComplete(@Nullable Exchange old, @Nullable Exchange fresh) {
            return strategy.preComplete(old, fresh);
        }

        @Override
        public void onCompletion(@Nullable Exchange exchange) {
            strategy.onCompletion(exchange);
        }

        @Override
        public void onCompletion(@Nullable Exchange exchange, @Nullable Exchange input) {
            strategy.onCompletion(exchange, input);
        }

        @Override
        public void timeout(@Nullable Exchange exchange, int index, int total, long timeout) {
            strategy.timeout(exchange, index, total, timeout);
        }

        @Override
        public void onOptimisticLockFailure(@Nullable Exchange old, @Nullable Exchange fresh) {
            strategy.onOptimisticLockFailure(old, fresh);
        }

        @Override
        public void setCamelContext(CamelContext context) {
            CamelContextAware.trySetCamelContext(strategy, context);
        }

        @Override
        public @Nullable CamelContext getCamelContext() {
            return strategy instanceof CamelContextAware aware ? aware.getCamelContext() : null;
        }

        @Override
        protected void doStart() {
            ServiceHelper.startService(strategy);
        }

        @Override
        protected void doStop() {
            ServiceHelper.stopService(strategy);
        }

        @Override
        protected void doShutdown() {
            ServiceHelper.stopAndShutdownService(strategy);
        }

        @Override
        public String toString() {
            return strategy.toString();
        }
    }
}
