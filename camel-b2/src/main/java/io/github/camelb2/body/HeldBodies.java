// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.body;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Finds bodies that are held in messages: as the body itself, or in lists, maps, arrays and exchanges in it. */
final class HeldBodies {
    /** Lists of messages of lists are what aggregations make; deeper than that nobody looks. */
    private static final int DEPTH = 4;

    private HeldBodies() {}

    /** The holds of the bodies in the message of that exchange, and in its grouped exchanges. */
    static Set<BodyHold> holdsOf(Exchange exchange) {
        Set<BodyHold> holds = new HashSet<>();
        collect(exchange, holds, DEPTH);
        return holds;
    }

    private static void collect(@Nullable Object value, Set<BodyHold> holds, int depth) {
        if (value == null || depth == 0) {
            return;
        }
        if (value instanceof HeldBody held) {
            BodyHold hold = held.hold();
            if (hold != null) {
                holds.add(hold);
            }
        } else if (value instanceof Exchange exchange) {
            collect(exchange.getMessage().getBody(), holds, depth - 1);
            collect(exchange.getProperty("CamelGroupedExchange"), holds, depth - 1);
        } else if (value instanceof Message message) {
            collect(message.getBody(), holds, depth - 1);
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(it -> collect(it, holds, depth - 1));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(it -> collect(it, holds, depth - 1));
        } else if (value instanceof Object[] array) {
            for (Object it : array) {
                collect(it, holds, depth - 1);
            }
        }
    }
}
