// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
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

    private static final String WIRE_TAP = "WireTapProcessor";
    private static final String SPLITTER = "Splitter";
    private static final List<String> CIRCUIT_BREAKERS = List.of("Resilience", "FaultTolerance");

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

    /**
     * The exchange is about to become part of another one.
     *
     * @param isInMemory whether the other one is kept nowhere else
     */
    static void aggregated(@Nullable Exchange part, boolean isInMemory) {
        if (part != null) {
            of(part).forEach(it -> it.aggregated(isInMemory));
        }
    }

    /** What the part has is kept by the whole from now on. */
    static void join(Exchange whole, @Nullable Exchange part) {
        List<Ticket> all = new ArrayList<>(of(whole));
        boolean isMore = false;
        for (Ticket ticket : part == null || part == whole ? List.<Ticket>of() : of(part)) {
            if (all.stream().noneMatch(it -> it.hold() == ticket.hold())) {
                isMore = all.add(ticket);
            } else if (!all.contains(ticket)) {
                ticket.hold().goesOnWithAnother(ticket);
            }
        }
        if (isMore) {
            whole.getExchangeExtension().setSafeCopyProperty(PROPERTY, new CopyTickets(all));
        }
    }

    @Override
    public SafeCopyProperty safeCopy() {
        if (tickets.isEmpty()) {
            return this;
        }
        CopyKind kind = STACK.walk(CopyTickets::kind);
        if (kind == CopyKind.CONTINUATION) {
            return this;
        }
        return new CopyTickets(tickets.stream()
                .map(it -> it.copied(kind))
                .filter(Objects::nonNull)
                .toList());
    }

    /** Camel names the kinds of copies by the methods that make them, and tells the copied property nothing else. */
    private static CopyKind kind(Stream<StackWalker.StackFrame> frames) {
        boolean isCorrelated = false;
        for (StackWalker.StackFrame frame : (Iterable<StackWalker.StackFrame>) frames.limit(40)::iterator) {
            String method = frame.getMethodName();
            if (isCorrelated && !method.equals(CORRELATED)) {
                String name = frame.getClassName();
                String maker = name.substring(name.lastIndexOf('.') + 1);
                return kindOf(maker);
            }
            isCorrelated |= method.equals(CORRELATED);
            if (!isCorrelated && CONTINUATIONS.contains(method)) {
                return CopyKind.CONTINUATION;
            }
        }
        return CopyKind.INDEPENDENT;
    }

    private static CopyKind kindOf(String maker) {
        if (WAITING_PROCESSORS.contains(maker)) {
            return CopyKind.CONTINUATION;
        }
        if (maker.equals(WIRE_TAP)) {
            return CopyKind.TAP;
        }
        if (maker.startsWith(SPLITTER)) {
            return CopyKind.PART;
        }
        return CIRCUIT_BREAKERS.stream().anyMatch(maker::startsWith) ? CopyKind.ATTEMPT : CopyKind.INDEPENDENT;
    }
}
