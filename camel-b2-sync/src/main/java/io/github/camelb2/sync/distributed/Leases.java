// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

import io.github.camelb2.sync.plan.actions.PathPlan;

/**
 * The plans that are out: given to the broker, and without a final answer. It grows with their number, not with that of the
 * files.
 *
 * <p>A plan may wait in the queue for as long as it takes. Its lease begins when a worker tells of it, or when one tells of
 * a plan that was given later: then it has left the queue, or is lost. Not thread-safe: the coordinator's monitor guards
 * it.
 */
final class Leases {
    /** One plan that is out. */
    static final class Lease {
        private final PathPlan plan;
        private long seq;
        private int attempt;
        private int declines;
        private final Set<String> decliners = new HashSet<>(0);
        /** Until when workers may begin it, as it was given last, by the clock of B2. */
        private long validUntilMillis;

        private long givenMillis;
        private int lates;

        private int outages;
        private boolean isBegun;
        /** No worker has it. */
        private boolean isToBeGiven;
        /** When it is given again; 0 while it may wait in the queue. */
        private long deadlineMillis;

        private Lease(PathPlan plan, long seq, int attempt) {
            this.attempt = attempt;
            this.plan = plan;
            this.seq = seq;
        }

        PathPlan plan() {
            return plan;
        }

        long seq() {
            return seq;
        }

        int attempt() {
            return attempt;
        }

        int declines() {
            return declines;
        }

        /** The workers that declined it; the coordinator adds to them. */
        Set<String> decliners() {
            return decliners;
        }

        boolean isRemoval() {
            return Leases.isRemoval(plan);
        }

        /** When it was given last. */
        long givenMillis() {
            return givenMillis;
        }

        /** How often it came too late although it was given alone. */
        int lates() {
            return lates;
        }

        long validUntilMillis() {
            return validUntilMillis;
        }

        int outages() {
            return outages;
        }

        boolean isBegun() {
            return isBegun;
        }
    }

    /** Whether a plan takes something away, for which it has to be begun within a short time. */
    static boolean isRemoval(PathPlan plan) {
        return plan.stage() != PathPlan.Stage.TRANSFER || plan.destructiveActions() > 0;
    }

    private record Deadline(long millis, long planId) {}

    private final long leaseMillis;
    private final Map<Long, Lease> byPlan = new HashMap<>();
    /** Those that may wait in the queue, in the order in which they were given. */
    private final TreeMap<Long, Lease> waiting = new TreeMap<>();

    /** Of each lease its last deadline holds; those before are passed over when their time comes. */
    private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>(Comparator.comparingLong(Deadline::millis));

    /** Removals that nobody has, in the order in which they came back: they go out again when there is room. */
    private final Deque<Lease> held = new ArrayDeque<>();

    private long lastSeq;
    private int removalsOut;

    /** @param leaseMillis how long a worker may be silent about a plan */
    Leases(long leaseMillis) {
        this.leaseMillis = leaseMillis;
    }

    int size() {
        return byPlan.size();
    }

    boolean isEmpty() {
        return byPlan.isEmpty();
    }

    /**
     * A plan goes out for the first time.
     *
     * @param attempt 1, or more where another coordinator has given it before
     */
    Lease give(PathPlan plan, int attempt) {
        Lease lease = new Lease(plan, ++lastSeq, attempt);
        byPlan.put(plan.planId(), lease);
        waiting.put(lease.seq, lease);
        removalsOut += lease.isRemoval() ? 1 : 0;
        return lease;
    }

    /** How many removals the broker or workers have. */
    int removalsOut() {
        return removalsOut;
    }

    /** The number of the last giving. */
    long lastSeq() {
        return lastSeq;
    }

    private void toBeGiven(Lease lease, boolean isToBeGiven) {
        if (lease.isRemoval() && lease.isToBeGiven != isToBeGiven) {
            removalsOut += isToBeGiven ? -1 : 1;
        }
        lease.isToBeGiven = isToBeGiven;
    }

    /** Nobody has it, and it goes out again when there is room for it: see {@link #nextHeld}. */
    void hold(Lease lease) {
        waiting.remove(lease.seq);
        toBeGiven(lease, true);
        lease.deadlineMillis = 0;
        held.add(lease);
    }

    /** It came too late, and was alone. */
    void countLate(Lease lease) {
        lease.lates++;
    }

    /** Whether some are held. */
    boolean areSomeHeld() {
        return !held.isEmpty();
    }

    /** The one that was held first and still is; it is no more. */
    Optional<Lease> nextHeld() {
        for (Lease lease = held.poll(); lease != null; lease = held.poll()) {
            if (lease.isToBeGiven && byPlan.get(lease.plan.planId()) == lease) {
                return Optional.of(lease);
            }
        }
        return Optional.empty();
    }

    /** All that are held; none is any more. */
    List<Lease> takeHeld() {
        List<Lease> all = new ArrayList<>();
        for (Optional<Lease> next = nextHeld(); next.isPresent(); next = nextHeld()) {
            all.add(next.get());
        }
        return all;
    }

    /** A plan goes out once more: every answer to it from now on may be to this giving or to one before. */
    void giveAgain(Lease lease) {
        waiting.remove(lease.seq);
        lease.seq = ++lastSeq;
        toBeGiven(lease, false);
        lease.isBegun = false;
        lease.deadlineMillis = 0;
        waiting.put(lease.seq, lease);
    }

    /** It was lost on its way, or its worker is: it counts. */
    void countAttempt(Lease lease) {
        lease.attempt++;
    }

    /** It goes out again at that time, because of a worker that did not take it. */
    void declined(Lease lease, long whenMillis) {
        lease.declines++;
        giveAt(lease, whenMillis);
    }

    /** It goes out again at that time, because the service was away. */
    void outage(Lease lease, long whenMillis) {
        lease.outages++;
        giveAt(lease, whenMillis);
    }

    /** It goes out again at that time, and nothing is counted: it did not get to the broker, or broke a worker off. */
    void giveAt(Lease lease, long whenMillis) {
        waiting.remove(lease.seq);
        toBeGiven(lease, true);
        due(lease, whenMillis);
    }

    /** Whether nobody has it, so that it goes out again without being counted. */
    boolean isToBeGiven(Lease lease) {
        return lease.isToBeGiven;
    }

    private void due(Lease lease, long millis) {
        lease.deadlineMillis = millis;
        deadlines.add(new Deadline(millis, lease.plan.planId()));
    }

    /** The plan of that number, if it is out. */
    Optional<Lease> find(long planId) {
        return Optional.ofNullable(byPlan.get(planId));
    }

    /** A worker told of a giving: what was given before it and nobody has told of has left the queue. */
    void heard(long seq, long nowMillis) {
        while (!waiting.isEmpty() && waiting.firstKey() < seq) {
            Lease passed = waiting.pollFirstEntry().getValue();
            due(passed, nowMillis + leaseMillis);
        }
    }

    /** It is given now, and nobody begins this giving of it later. */
    void validUntil(Lease lease, long nowMillis, long untilMillis) {
        lease.givenMillis = nowMillis;
        lease.validUntilMillis = untilMillis;
    }

    /** A worker is at work on it. */
    void renew(Lease lease, long nowMillis) {
        waiting.remove(lease.seq);
        lease.isBegun = true;
        toBeGiven(lease, false);
        due(lease, nowMillis + leaseMillis);
    }

    /** It has its final answer. */
    void end(Lease lease) {
        toBeGiven(lease, true);
        byPlan.remove(lease.plan.planId());
        waiting.remove(lease.seq);
    }

    /** Those whose time has come; each is answered once. */
    List<Lease> due(long nowMillis) {
        List<Lease> due = new ArrayList<>();
        while (!deadlines.isEmpty() && deadlines.peek().millis() <= nowMillis) {
            Deadline passed = deadlines.poll();
            Lease lease = byPlan.get(passed.planId());
            if (lease != null && lease.deadlineMillis == passed.millis()) {
                lease.deadlineMillis = 0;
                due.add(lease);
            }
        }
        return due;
    }

    /** The one that has waited longest in the queue: if it comes back, the queue is alive. */
    Optional<Lease> oldestWaiting() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(waiting.firstEntry().getValue());
    }

    /** All that are out; none is any more. */
    List<Lease> takeAll() {
        List<Lease> all = List.copyOf(byPlan.values());
        removalsOut = 0;
        held.clear();
        byPlan.clear();
        waiting.clear();
        deadlines.clear();
        return all;
    }
}
