// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.spi.UnitOfWork;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;

/**
 * Takes the orders for one step off a message when the step begins, so that they reach no other step, however this one
 * ends.
 *
 * <p>A redelivery by Camel brings them back to the same step, because it begins again with the message as it was. What
 * {@code useOriginalMessage} restores is for another step, so the order is taken off the original message as well. Where
 * the message is a copy, {@link ObeyedOrders} takes it off the one that it is a copy of.
 */
final class OneShots {
    private OneShots() {}

    /** Takes these headers off the message; answers the values that count for this step. */
    static Map<String, Object> take(Exchange exchange, Collection<String> headers) {
        Message message = exchange.getMessage();
        Map<String, Object> taken = new HashMap<>();
        for (String header : headers) {
            Object value = message.removeHeader(header);
            if (value != null) {
                taken.put(header, value);
            }
        }
        ObeyedOrders.note(exchange, taken);
        for (UnitOfWork work : taken.isEmpty() ? Set.<UnitOfWork>of() : works(exchange)) {
            forget(taken, work.getOriginalInMessage());
        }
        return taken;
    }

    // An order that the route has set since is another one than that of the original message, which is for whoever
    // handles a failure. A dry run stays: to obey it once too often deletes nothing.
    private static void forget(Map<String, Object> taken, @Nullable Message original) {
        taken.forEach((header, value) -> {
            if (original != null && !header.equals(B2Constants.DRY_RUN) && value.equals(original.getHeader(header))) {
                original.removeHeader(header);
            }
        });
    }

    /** Whose original messages may be restored: the exchange's, and those that it is a part of, as by a splitter. */
    private static Set<UnitOfWork> works(Exchange exchange) {
        Set<UnitOfWork> works = new LinkedHashSet<>();
        if (exchange.getContext().isAllowUseOriginalMessage()) {
            add(works, exchange.getUnitOfWork());
            add(works, exchange.getProperty(ExchangePropertyKey.PARENT_UNIT_OF_WORK));
            // A multicast says here whose caches its branches use, also where they do not share its unit of work.
            add(works, exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK));
        }
        return works;
    }

    private static void add(Set<UnitOfWork> works, @Nullable Object work) {
        if (work instanceof UnitOfWork known) {
            works.add(known);
        }
    }
}
