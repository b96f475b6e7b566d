package io.github.camelb2.operation.header;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import org.apache.camel.Exchange;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;

/**
 * Which orders for one step were obeyed in vain, by the failure that came of it, as long as somebody has that.
 *
 * <p>A branch of a multicast, a splitter, a recipient list or an {@code enrich} has a copy of the message. When its step
 * has failed, the message that it is a copy of still has the order; whoever catches the failure must not obey it. One for
 * each context. Thread-safe.
 */
final class FailedOrders {
    private final Map<Throwable, Step> byFailure = Collections.synchronizedMap(new WeakHashMap<>());

    private record Step(String exchangeId, Map<String, Object> orders) {}

    private FailedOrders() {}

    static FailedOrders of(Exchange exchange) {
        ExtendedCamelContext context = exchange.getContext().getCamelContextExtension();
        FailedOrders known = context.getContextPlugin(FailedOrders.class);
        return known != null ? known : made(context);
    }

    private static FailedOrders made(ExtendedCamelContext context) {
        // Two threads may come here at a time, and must use the same.
        synchronized (context) {
            FailedOrders known = context.getContextPlugin(FailedOrders.class);
            if (known == null) {
                known = new FailedOrders();
                context.addContextPlugin(FailedOrders.class, known);
            }
            return known;
        }
    }

    void add(Exchange exchange, Map<String, Object> orders, Throwable failure) {
        if (!orders.isEmpty()) {
            byFailure.put(failure, new Step(exchange.getExchangeId(), Map.copyOf(orders)));
        }
    }

    /**
     * Whether the order is the one that failed in a branch of this exchange: the very object, while that failure is
     * handled. A dry run never is: to obey it once too often deletes nothing.
     */
    boolean has(Exchange exchange, String header, Object value) {
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (caught == null || header.equals(B2Constants.DRY_RUN)) {
            return false;
        }
        for (Throwable failure : ObjectHelper.createExceptionIterable(caught)) {
            if (isOf(byFailure.get(failure), exchange, header, value)) {
                return true;
            }
        }
        return false;
    }

    // What the same exchange has again, the route has set again.
    private static boolean isOf(@Nullable Step failed, Exchange exchange, String header, Object value) {
        return failed != null
                && !failed.exchangeId().equals(exchange.getExchangeId())
                && failed.orders().get(header) == value;
    }
}
