// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.merge.UnknownNames;
import io.github.camelb2.sync.plan.spool.PlanSpool;

/**
 * The removals of a run. They wait in a spool until both scans have ended, and come out as far as the guards admit them.
 * Used by one thread.
 */
final class RemovalQueue {
    private final PlanSpool spool;
    private final Guards guards;
    private final UnknownNames unknown;
    private @Nullable Iterator<PathPlan> plans;
    private long waiting;

    RemovalQueue(PlanSpool spool, Guards guards, UnknownNames unknown) {
        this.spool = spool;
        this.guards = guards;
        this.unknown = unknown;
    }

    /** Keeps a removal back. */
    void add(PathPlan plan) {
        guards.waits(plan);
        waiting++;
        spool.add(plan);
    }

    /** Whether none waits. */
    boolean isEmpty() {
        return waiting == 0;
    }

    /** No more is added, and every transfer has ended: what the guards say of them holds for all removals. */
    void open() {
        guards.judgeTransfers();
        plans = spool.drain();
    }

    /** Whether one more can be looked at. */
    boolean hasNext() {
        return plans != null && plans.hasNext();
    }

    /** What of the next removal may be made; empty if nothing. */
    Optional<PathPlan> next() {
        PathPlan plan = Objects.requireNonNull(plans).next();
        return unknown.becameUnknown(plan.path()) ? Optional.empty() : guards.admit(plan);
    }

    /** Nothing is removed any more. */
    void breakOff() {
        plans = Collections.emptyIterator();
        spool.close();
    }

    /** Forgets what waits. */
    void close() {
        spool.close();
    }
}
