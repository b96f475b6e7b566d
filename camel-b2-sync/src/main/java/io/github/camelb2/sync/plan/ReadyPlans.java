// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.policy.TransferOrder;

/**
 * Plans that can be given. In another order than that of names, transfers wait here until so many were found that the first
 * of them is worth its place, or there are no more; everything else goes at once. Used by one thread.
 */
final class ReadyPlans {
    /** Some MiB of plans. */
    static final int LOOK_AHEAD = 10_000;

    private final Deque<PathPlan> atOnce = new ArrayDeque<>();
    private final PriorityQueue<PathPlan> transfers;
    private final TransferOrder order;

    ReadyPlans(TransferOrder order) {
        this.order = order;
        this.transfers = new PriorityQueue<>(comparator(order));
    }

    private static Comparator<PathPlan> comparator(TransferOrder order) {
        Comparator<PathPlan> byNumber = Comparator.comparingLong(PathPlan::planId);
        return switch (order) {
            case NAME -> byNumber;
            case SIZE -> Comparator.comparingLong(PathPlan::bytes).thenComparing(byNumber);
            case MOD_TIME -> Comparator.comparingLong(PathPlan::modifiedMillis).thenComparing(byNumber);
        };
    }

    void add(PathPlan plan) {
        boolean waits = order != TransferOrder.NAME
                && plan.stage() == PathPlan.Stage.TRANSFER
                && !plan.actions().isEmpty();
        if (waits) {
            transfers.add(plan);
        } else {
            atOnce.add(plan);
        }
    }

    /** Whether one can be given although more may come. */
    boolean canGive() {
        return !atOnce.isEmpty() || transfers.size() >= LOOK_AHEAD;
    }

    boolean isEmpty() {
        return atOnce.isEmpty() && transfers.isEmpty();
    }

    /** The next, also of those that wait; null if there is none. */
    @Nullable
    PathPlan poll() {
        PathPlan plan = atOnce.poll();
        return plan == null ? transfers.poll() : plan;
    }

    void clear() {
        atOnce.clear();
        transfers.clear();
    }
}
