// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.SafeCopyProperty;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;

/**
 * Which orders of a message its copies have obeyed while an EIP works on them: a splitter or an {@code enrich} for
 * instance. The copies share it with the message, which still has the orders; they are taken off it when the EIP ends,
 * before the route can set others. An order is known by its very object, which copies have as well. Thread-safe.
 */
public final class ObeyedOrders implements SafeCopyProperty {
    private static final String PROPERTY = "CamelB2ObeyedOrders";

    private final Object eip;
    private final @Nullable ObeyedOrders outer;
    private final @Nullable Endpoint from;
    private volatile @Nullable Exchange original;
    private final Map<String, Object> orders = new ConcurrentHashMap<>();
    private final Set<String> obeyed = ConcurrentHashMap.newKeySet();
    /** Whose step has obeyed an order and failed, by header. */
    private final Map<String, Object> failed = new ConcurrentHashMap<>();

    private ObeyedOrders(Object eip, Exchange exchange) {
        this.eip = eip;
        this.outer = current(exchange);
        this.from = exchange.getFromEndpoint();
        this.original = exchange;
    }

    /** Begins to note what copies of the exchange obey of these headers; null where its message has none of them. */
    public static @Nullable ObeyedOrders begin(Object eip, Exchange exchange, Collection<String> headers) {
        ObeyedOrders fresh = new ObeyedOrders(eip, exchange);
        for (String header : headers) {
            Object value = exchange.getMessage().getHeader(header);
            if (value != null) {
                fresh.orders.put(header, value);
            }
        }
        if (fresh.orders.isEmpty()) {
            return null;
        }
        set(exchange, fresh);
        return fresh;
    }

    /** What the copies of that EIP share, of which the exchange is one; null where they share nothing. */
    public static @Nullable ObeyedOrders of(Object eip, Exchange exchange) {
        ObeyedOrders current = current(exchange);
        return current != null && current.eip == eip ? current : null;
    }

    /** Whether it is the exchange of the message itself, and not one of the copies. */
    public boolean isNotedFor(Exchange exchange) {
        return original == exchange;
    }

    /** Notes that a step has obeyed these orders. */
    static void note(Exchange exchange, Map<String, Object> taken) {
        for (ObeyedOrders it = current(exchange); it != null; it = it.outer) {
            // What came through a queue is a line of its own, which goes on while the EIP does.
            if (it.from == exchange.getFromEndpoint()) {
                it.note(taken);
            }
        }
    }

    private void note(Map<String, Object> taken) {
        taken.forEach((header, value) -> {
            if (orders.get(header) == value) {
                obeyed.add(header);
            }
        });
    }

    /** Lets a copy that goes its own way share nothing with the exchange; give what it answers to {@link #rejoin}. */
    public static @Nullable ObeyedOrders part(Exchange exchange) {
        ObeyedOrders current = current(exchange);
        set(exchange, null);
        return current;
    }

    /** The end of {@link #part}. */
    public static void rejoin(Exchange exchange, @Nullable ObeyedOrders before) {
        set(exchange, before);
    }

    /** One of the alternatives of the EIP has failed: what was obeyed, and by none that failed before, was by this one. */
    public void failedIn(Object alternative) {
        obeyed.forEach(header -> failed.putIfAbsent(header, alternative));
    }

    /** Takes off the message the orders that other alternatives have obeyed, and failed. */
    public void takeOffFailed(Message message, Object alternative) {
        failed.forEach((header, it) -> {
            if (it != alternative) {
                takeOff(message, header);
            }
        });
    }

    /** Takes off the message the orders that were obeyed; what it has of them later is set anew. */
    public void takeOff(Message message) {
        for (String header : obeyed) {
            takeOff(message, header);
            orders.remove(header);
        }
        obeyed.clear();
    }

    // A dry run stays: to obey it once too often deletes nothing.
    private void takeOff(Message message, String header) {
        Object order = orders.get(header);
        if (order != null && message.getHeader(header) == order && !header.equals(B2Constants.DRY_RUN)) {
            message.removeHeader(header);
        }
    }

    /** The EIP has ended: takes off the message what was obeyed. */
    public void end(Exchange exchange) {
        takeOff(exchange.getMessage());
        set(exchange, outer);
        // A copy may wait for long in a queue.
        original = null;
    }

    private static @Nullable ObeyedOrders current(Exchange exchange) {
        return exchange.getExchangeExtension().getSafeCopyProperty(PROPERTY, ObeyedOrders.class);
    }

    private static void set(Exchange exchange, @Nullable ObeyedOrders orders) {
        exchange.getExchangeExtension().setSafeCopyProperty(PROPERTY, orders);
    }

    @Override
    public SafeCopyProperty safeCopy() {
        return this;
    }
}
