// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Epochs that nobody else knows of: a coordinator that stood still cannot ask whether another one has begun meanwhile, and
 * removes nothing any more. Thread-safe; its monitor guards its maps.
 */
public final class MemoryEpochs implements Epochs {
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** Whoever is busy stands still for that long as well. */
    private static final Duration SHORTEST_STANDSTILL = Duration.ofSeconds(2);

    /** Whether runs of a sync remove anything. */
    public enum Removals {
        /** Not even those of a coordinator that is gone. */
        NONE,
        /** They do. */
        SOME
    }

    private final InstantSource clock;
    private final LongSupplier nanos;
    private final long madeNanos;
    private final Map<String, Long> last = new HashMap<>();
    /** Of each sync since when nothing can be with the broker that is not known of here. */
    private final Map<String, Long> sinceNanos = new HashMap<>();

    /** @param nanos a clock that nobody sets */
    MemoryEpochs(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.madeNanos = nanos.getAsLong();
    }

    @Override
    public Term begin(String sync, String runId) {
        return begin(sync, LEASE, Removals.NONE);
    }

    /**
     * The same epochs for runs of that kind.
     *
     * @param lease how long a coordinator may be silent until another one takes its place
     */
    public Epochs of(Duration lease, Removals removals) {
        return (sync, runId) -> begin(sync, lease, removals);
    }

    private synchronized Term begin(String sync, Duration lease, Removals removals) {
        long epoch = last.merge(sync, clock.millis(), (before, now) -> Math.max(before + 1, now));
        Duration passed = Duration.ofNanos(nanos.getAsLong() - sinceNanos.getOrDefault(sync, madeNanos));
        Duration settling = Holding.removalTime(lease).minus(passed);
        boolean isSettled = removals == Removals.NONE || settling.isNegative();
        return new MemoryTerm(sync, epoch, lease, isSettled ? Duration.ZERO : settling);
    }

    private synchronized void left(String sync) {
        sinceNanos.put(sync, nanos.getAsLong());
    }

    private final class MemoryTerm implements Term {
        private final String sync;
        private final long epoch;
        private final Duration lease;
        private final Duration settling;
        private final Holding holding;
        private Duration stoodStill = Duration.ZERO;

        private MemoryTerm(String sync, long epoch, Duration lease, Duration settling) {
            this.sync = sync;
            this.epoch = epoch;
            this.lease = lease;
            this.settling = settling;
            this.holding = new Holding(clock, nanos);
        }

        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public Optional<Unfinished> unfinished() {
            return Optional.empty();
        }

        @Override
        public PlanLedger plans() {
            return PlanLedger.NONE;
        }

        /** It may go on to store; what it stores is looked at before. */
        @Override
        public boolean holds(String state) {
            look();
            return true;
        }

        private synchronized boolean look() {
            Duration most = lease.dividedBy(2);
            Duration silent = holding.since();
            boolean isTooLong = silent.compareTo(most) > 0 && silent.compareTo(SHORTEST_STANDSTILL) > 0;
            if (isTooLong && stoodStill.isZero()) {
                stoodStill = silent;
            }
            holding.held();
            return stoodStill.isZero();
        }

        @Override
        public boolean mayRemove() {
            return look();
        }

        @Override
        public synchronized String loss() {
            return "this coordinator stood still for " + stoodStill.toSeconds() + " s, and another one may have begun a"
                    + " later run of sync " + sync
                    + " meanwhile, which nobody can tell without a ledger: nothing is removed";
        }

        @Override
        public Duration removalTime() {
            return Holding.removalTime(lease);
        }

        @Override
        public Duration settling() {
            return settling;
        }

        @Override
        public void leavesRemovals() {
            left(sync);
        }

        @Override
        public void end() {}
    }
}
