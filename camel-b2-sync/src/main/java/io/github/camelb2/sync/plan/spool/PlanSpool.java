// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.spool;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

import io.github.camelb2.sync.plan.actions.PathPlan;

/**
 * Where plans that delete or hide wait until the source is known to its end.
 *
 * <p>Used by one thread. An implementation that cannot store or read back throws an unchecked exception, which ends the
 * plan with a failure.
 */
public interface PlanSpool extends AutoCloseable {
    /** Stores a plan. */
    void add(PathPlan plan);

    /** Everything stored, in the order it came; called once, after the last {@link #add}. */
    Iterator<PathPlan> drain();

    /** Forgets everything; may be called at any time and more than once. */
    @Override
    void close();

    /** A spool on the heap, for small plans. */
    static PlanSpool onHeap() {
        Queue<PathPlan> plans = new ArrayDeque<>();
        return new PlanSpool() {
            @Override
            public void add(PathPlan plan) {
                plans.add(plan);
            }

            @Override
            public Iterator<PathPlan> drain() {
                return plans.iterator();
            }

            @Override
            public void close() {
                plans.clear();
            }
        };
    }
}
