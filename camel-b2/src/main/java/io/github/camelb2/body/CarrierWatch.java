// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.body;

import java.util.HashSet;
import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.service.ServiceHelper;

/** Sees every exchange that begins in a context, and counts those with a held body in them as its readers. Thread-safe. */
public final class CarrierWatch extends EventNotifierSupport {
    private CarrierWatch() {
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeFailedEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeSendingEvents(true);
    }

    /** Begins to watch, unless somebody does already; it goes on until the context ends. */
    public static synchronized void ensure(CamelContext context) {
        if (context.getManagementStrategy().getEventNotifiers().stream().anyMatch(CarrierWatch.class::isInstance)) {
            return;
        }
        CarrierWatch watch = new CarrierWatch();
        watch.setCamelContext(context);
        ServiceHelper.startService(watch);
        context.getManagementStrategy().addEventNotifier(watch);
        Aggregations.watch(context);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.ExchangeCreatedEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        if (BodyHold.areThereAny() && event instanceof CamelEvent.ExchangeCreatedEvent created) {
            begins(created.getExchange());
        }
    }

    private static void begins(Exchange exchange) {
        Set<BodyHold> holds = HeldBodies.holdsOf(exchange);
        Set<BodyHold> others = new HashSet<>(holds);
        for (Ticket ticket : CopyTickets.of(exchange)) {
            ticket.hold().begins(ticket, exchange);
            others.remove(ticket.hold());
        }
        others.forEach(hold -> hold.begins(exchange));
        if (exchange.getMessage().getBody() instanceof HeldBody body && body.hold() != null) {
            body.hold().sentOn(body);
            exchange.getMessage().setBody(body.ownedBy(exchange));
        }
    }
}
