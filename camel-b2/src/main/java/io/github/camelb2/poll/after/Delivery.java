package io.github.camelb2.poll.after;

import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.poll.claim.Claim;

/**
 * The end of one exchange, for the version that it began with: what the route did to the message does not matter.
 *
 * <p>It may run on any thread, and after the consumer was stopped.
 */
public final class Delivery implements Synchronization {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Claim claim;
    private final AfterExchange afterExchange;
    private final ClientUsers users;

    public Delivery(Claim claim, AfterExchange afterExchange, ClientUsers users) {
        this.claim = claim;
        this.afterExchange = afterExchange;
        this.users = users;
    }

    @Override
    public void onComplete(Exchange exchange) {
        try {
            if (isRolledBack(exchange)) {
                afterExchange.failed(claim, exchange);
            } else {
                afterExchange.succeeded(claim, exchange);
            }
        } finally {
            users.leave();
        }
    }

    /** Camel completes an exchange that was only marked, while its transaction was rolled back. */
    private static boolean isRolledBack(Exchange exchange) {
        return exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
    }

    @Override
    public void onFailure(Exchange exchange) {
        try {
            B2NotFoundException gone = exchange.getException(B2NotFoundException.class);
            if (gone != null && gone.subject().contains(claim.version().fileId())) {
                LOG.debug("{} was removed after it was listed and before it was read", claim);
                afterExchange.vanished(claim, exchange);
            } else {
                afterExchange.failed(claim, exchange);
            }
        } finally {
            users.leave();
        }
    }

    @Override
    public String toString() {
        return "Delivery[" + claim + "]";
    }
}
