package io.github.camelb2.operation.header;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;

/**
 * Takes the orders for one step off a message when the step begins, so that they reach no other step, however this one
 * ends.
 *
 * <p>A redelivery by Camel brings them back to the same step, because it begins again with the message as it was. What
 * a dead letter channel restores with {@code useOriginalMessage} it restores for another step: an order that was taken
 * before does not count there.
 */
final class OneShots {
    private static final String PROPERTY = "CamelB2TakenOrders";

    private OneShots() {}

    /** Takes these headers off the message; answers the values that count for this step. */
    static Map<String, Object> take(Exchange exchange, Collection<String> headers) {
        Message message = exchange.getMessage();
        Map<String, Object> taken = new HashMap<>();
        for (String header : headers) {
            Object value = message.getHeader(header);
            if (value != null && !isRestored(exchange, header, value)) {
                taken.put(header, value);
                remember(exchange, header, value);
            }
            message.removeHeader(header);
        }
        return taken;
    }

    private static boolean isRestored(Exchange exchange, String header, Object value) {
        // A dry run is never taken for a leftover: to obey it once too often deletes nothing.
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) != null
                && !header.equals(B2Constants.DRY_RUN)
                && !isRedelivered(exchange)
                && taken(exchange).get(header) == value
                && original(exchange, header) == value;
    }

    private static boolean isRedelivered(Exchange exchange) {
        Integer counter = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, Integer.class);
        return counter != null && counter > 0;
    }

    // The text in the original message becomes an object of its own, so that the route's own setting of an equal one
    // can be told from it. Another branch of the route may have done that already.
    private static void remember(Exchange exchange, String header, Object value) {
        Object mark = value;
        Message original = originalMessage(exchange);
        if (original != null && value instanceof String text && text.equals(original.getHeader(header))) {
            Object kept = original.getHeader(header);
            mark = kept == value ? new String(text.toCharArray()) : kept;
            original.setHeader(header, mark);
        }
        taken(exchange).put(header, mark);
    }

    private static @Nullable Object original(Exchange exchange, String header) {
        Message original = originalMessage(exchange);
        return original == null ? null : original.getHeader(header);
    }

    private static @Nullable Message originalMessage(Exchange exchange) {
        return exchange.getContext().isAllowUseOriginalMessage() && exchange.getUnitOfWork() != null
                ? ExchangeHelper.getOriginalInMessage(exchange)
                : null;
    }

    // A copy of an exchange shares its properties' values, so each keeps what its own steps have taken.
    private static Map<String, Object> taken(Exchange exchange) {
        Object found = exchange.getProperty(PROPERTY);
        if (found instanceof Taken own && own.exchangeId().equals(exchange.getExchangeId())) {
            return own.values();
        }
        Taken fresh = new Taken(exchange.getExchangeId(), new ConcurrentHashMap<>());
        if (found instanceof Taken before) {
            fresh.values().putAll(before.values());
        }
        exchange.setProperty(PROPERTY, fresh);
        return fresh.values();
    }

    private record Taken(String exchangeId, Map<String, Object> values) {
        @Override
        public String toString() {
            return values.keySet().toString();
        }
    }
}
