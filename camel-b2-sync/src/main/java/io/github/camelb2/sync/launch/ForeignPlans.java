// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.MaxDelete;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

/**
 * Admits removals of runs that this JVM does not know: only those that the options of the endpoint that carries them out
 * allow. One counts for all endpoints of a context, so that several routes or producers of one worker are no more than
 * one. Thread-safe; its monitor guards its map.
 */
public final class ForeignPlans {
    private static final int MAX_RUNS = 1_000;

    /** The numbers of the plans by which each run removed names here; the same one may come again. */
    private final Map<String, BitSet> removals = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BitSet> eldest) {
            return size() > MAX_RUNS;
        }
    };

    /** @throws IllegalArgumentException if the options do not allow what the plan removes; the message names them */
    void admit(PathPlan plan, SyncPolicy own) {
        admit(plan, own, 0);
    }

    /** @param destinationNames how many names the destination has; 0 if nobody knows */
    void admit(PathPlan plan, SyncPolicy own, long destinationNames) {
        if (plan.destructiveActions() == 0) {
            return;
        }
        if (own.keepMode() == KeepMode.NO_DELETE) {
            throw new IllegalArgumentException("the path plan for " + plan.path()
                    + " deletes or hides, which keepMode=noDelete of this endpoint does not allow");
        }
        boolean deletesNewest = plan.actions().stream()
                .anyMatch(action ->
                        action instanceof SyncAction.Delete delete && delete.note() == SyncAction.Delete.Note.NEWEST);
        if (own.keepMode() == KeepMode.KEEP_BEFORE_DELETE && deletesNewest) {
            throw new IllegalArgumentException("the path plan for " + plan.path()
                    + " deletes what can be seen, which keepMode=keepBeforeDelete of this endpoint does not allow");
        }
        count(plan, own.removals().maxDelete(), destinationNames);
    }

    private synchronized void count(PathPlan plan, MaxDelete maxDelete, long names) {
        boolean isUnknown = maxDelete.kind() == MaxDelete.Kind.PERCENT && names == 0;
        long limit = isUnknown ? MaxDelete.SAFE.limit(0) : maxDelete.limit(names);
        if (maxDelete.kind() == MaxDelete.Kind.UNLIMITED) {
            return;
        }
        BitSet admitted = removals.computeIfAbsent(plan.runId() + ' ' + plan.stage(), key -> new BitSet());
        int number = (int) Math.max(0, Math.min(plan.planId(), Integer.MAX_VALUE - 1));
        if (!admitted.get(number) && admitted.cardinality() >= limit) {
            throw new IllegalArgumentException("run " + plan.runId() + " would remove more than the " + limit
                    + " names of maxDelete of this endpoint");
        }
        admitted.set(number);
    }
}
