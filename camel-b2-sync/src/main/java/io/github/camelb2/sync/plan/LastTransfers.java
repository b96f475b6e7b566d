// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.Iterator;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.spool.PlanSpool;

/** Transfers that wait in a spool until all others have come, and gone. Used by one thread. */
final class LastTransfers {
    private final Supplier<PlanSpool> spools;
    private final Predicate<String> comesLast;
    private @Nullable PlanSpool spool;
    private @Nullable Iterator<PathPlan> plans;

    LastTransfers(Supplier<PlanSpool> spools, Predicate<String> comesLast) {
        this.spools = spools;
        this.comesLast = comesLast;
    }

    /** Keeps a plan back if it is one of those; false if it is not. */
    boolean hold(PathPlan plan) {
        if (plan.actions().isEmpty() || !comesLast.test(plan.path())) {
            return false;
        }
        spool = spool == null ? spools.get() : spool;
        spool.add(plan);
        return true;
    }

    /** Whether none waits. */
    boolean isEmpty() {
        return spool == null;
    }

    /** Whether one more is there; no more is added. */
    boolean hasNext() {
        plans = plans == null ? Objects.requireNonNull(spool).drain() : plans;
        return plans.hasNext();
    }

    PathPlan next() {
        return Objects.requireNonNull(plans).next();
    }

    /** Forgets what waits. */
    void close() {
        if (spool != null) {
            spool.close();
        }
    }
}
