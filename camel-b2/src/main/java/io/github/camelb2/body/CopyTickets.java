package io.github.camelb2.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.SafeCopyProperty;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of one exchange. Camel has them copied with the exchange, which is how a hold learns of the copy.
 *
 * <p>A copy that is made to go its own way has tickets of its own; one that goes on for its original, as an error handler
 * makes it before each step, has those of its original. Immutable and thread-safe.
 */
final class CopyTickets implements SafeCopyProperty {
    private static final String PROPERTY = "CamelB2CopyTickets";

    /** They wait for the copy that they make, so that it ends with its original. */
    private static final Set<String> WAITING_PROCESSORS = Set.of("Enricher", "ClaimCheckProcessor");

    private static final Set<String> CONTINUATIONS =
            Set.of("createCopy", "copyResults", "copyResultsPreservePattern", "createCopyWithProperties");
    private static final String CORRELATED = "createCorrelatedCopy";
    private static final StackWalker STACK = StackWalker.getInstance();

    private final List<Ticket> tickets;

    private CopyTickets(List<Ticket> tickets) {
        this.tickets = List.copyOf(tickets);
        this.tickets.forEach(it -> it.isIn(this));
    }

    static void add(Exchange exchange, Ticket ticket) {
        List<Ticket> all = new ArrayList<>(of(exchange));
        all.add(ticket);
        exchange.getExchangeExtension().setSafeCopyProperty(PROPERTY, new CopyTickets(all));
    }

    static List<Ticket> of(Exchange exchange) {
        CopyTickets own = exchange.getExchangeExtension().getSafeCopyProperty(PROPERTY, CopyTickets.class);
        return own == null ? List.of() : own.tickets;
    }

    static @Nullable Ticket find(Exchange exchange, BodyHold hold) {
        return of(exchange).stream().filter(it -> it.hold() == hold).findFirst().orElse(null);
    }

    @Override
    public SafeCopyProperty safeCopy() {
        if (tickets.isEmpty() || STACK.walk(CopyTickets::isContinuation)) {
            return this;
        }
        return new CopyTickets(
                tickets.stream().map(Ticket::copied).filter(Objects::nonNull).toList());
    }

    /** Camel names the two kinds of copies by the methods that make them, and tells the copied property nothing else. */
    private static boolean isContinuation(Stream<StackWalker.StackFrame> frames) {
        boolean isCorrelated = false;
        for (StackWalker.StackFrame frame : (Iterable<StackWalker.StackFrame>) frames.limit(40)::iterator) {
            String method = frame.getMethodName();
            if (isCorrelated && !method.equals(CORRELATED)) {
                String name = frame.getClassName();
                return WAITING_PROCESSORS.contains(name.substring(name.lastIndexOf('.') + 1));
            }
            isCorrelated |= method.equals(CORRELATED);
            if (!isCorrelated && CONTINUATIONS.contains(method)) {
                return true;
            }
        }
        return false;
    }
}
