// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.spool.PlanSpool;

/**
 * The account of a run whose plans are carried out in this JVM: a few bits for each plan, and the failed transfers in a
 * spool. Its monitor guards its fields, and is notified when a plan ends.
 */
final class MemoryLedger implements RunLedger {
    private static final int MAX_FAILURES = 100;
    private static final int MAX_CONTENTS = 10_000;

    /** Who takes plans and has none under way for so long has lost them, or gave them to another JVM. */
    private final Duration silence;

    private final PlanSpool failedPlans;
    private final PlanSpool clashedPlans;
    private final BitSet issued = new BitSet();
    private final BitSet begun = new BitSet();
    private final BitSet open = new BitSet();
    private final BitSet succeeded = new BitSet();
    private final BitSet failed = new BitSet();
    private final Map<Integer, Problem> failures = new LinkedHashMap<>();
    /** What was to be stored and was not; beyond so many, it may be anything. */
    private final Map<Integer, Long> notStored = new HashMap<>();

    private @Nullable Iterator<PathPlan> secondTries;
    private @Nullable Iterator<PathPlan> lastTries;
    private long clashes;
    private long underWay;
    private long unfinished;
    private long peakUnderWay;
    private long leftOut;
    private long ends;
    private long silentSince = -1;
    private boolean stopped;

    MemoryLedger(Supplier<PlanSpool> spool, Duration silence) {
        this.failedPlans = spool.get();
        this.clashedPlans = spool.get();
        this.silence = silence;
    }

    @Override
    public synchronized void issued(PathPlan plan) {
        silentSince = -1;
        issued.set(index(plan));
        if (!open.get(index(plan))) {
            open.set(index(plan));
            unfinished++;
            peakUnderWay = Math.max(peakUnderWay, unfinished);
        }
    }

    @Override
    public synchronized void begun(PathPlan plan) {
        begun.set(index(plan));
        underWay++;
    }

    @Override
    public synchronized void ended(PathPlan plan, @Nullable Problem failure) {
        underWay--;
        if (failure == null) {
            succeeded.set(index(plan));
            failed.clear(index(plan));
            failures.remove(index(plan));
            notStored.remove(index(plan));
        } else if (!succeeded.get(index(plan))) {
            fail(plan, failure);
        }
        close(plan);
    }

    @Override
    public synchronized void clashed(PathPlan plan) {
        underWay--;
        if (lastTries == null) {
            clashes++;
            clashedPlans.add(plan);
        }
        close(plan);
    }

    @Override
    public synchronized boolean hasClashed() {
        return clashes > 0 && !stopped;
    }

    @Override
    public synchronized Optional<PathPlan> takeClashed() {
        if (lastTries == null) {
            awaitTransfers();
            lastTries = clashedPlans.drain();
        }
        clashes--;
        return lastTries.hasNext() ? Optional.of(lastTries.next()) : Optional.empty();
    }

    @Override
    public synchronized void cameBack(PathPlan plan, Problem why) {
        if (!begun.get(index(plan))) {
            begun.set(index(plan));
            leftOut += why.isFailure() ? 0 : 1;
        }
        if (!succeeded.get(index(plan)) && plan.stage() == PathPlan.Stage.TRANSFER) {
            failed.set(index(plan));
            remember(plan, why);
        }
        close(plan);
    }

    private void fail(PathPlan plan, Problem failure) {
        if (plan.stage() != PathPlan.Stage.TRANSFER) {
            return;
        }
        boolean isFirst = !failed.get(index(plan));
        failed.set(index(plan));
        remember(plan, failure);
        if (notStored.size() <= MAX_CONTENTS && plan.actions().get(0) instanceof SyncAction.Transfer transfer) {
            notStored.put(index(plan), transfer.bytes());
        }
        if (isFirst && secondTries == null) {
            failedPlans.add(plan);
        }
    }

    private void remember(PathPlan plan, Problem failure) {
        if (failures.size() < MAX_FAILURES) {
            failures.putIfAbsent(index(plan), failure);
        }
    }

    @Override
    public synchronized boolean isBegun(PathPlan plan) {
        return begun.get(index(plan));
    }

    @Override
    public synchronized long missing() {
        return issued.cardinality() - begun.cardinality();
    }

    @Override
    public synchronized long leftOut() {
        return leftOut;
    }

    @Override
    public synchronized long peakUnderWay() {
        return peakUnderWay;
    }

    @Override
    public synchronized void awaitTransfers() {
        long seen = ends;
        // Whoever was silent for so long is not waited for again, unless there is something new.
        long left = seen == silentSince ? 0 : silence.toMillis();
        try {
            while (!open.isEmpty() && !stopped) {
                if (underWay > 0) {
                    wait();
                    left = silence.toMillis();
                } else if (seen != ends) {
                    seen = ends;
                    left = silence.toMillis();
                } else if (left > 0) {
                    long step = Math.min(left, 1_000);
                    wait(step);
                    left -= step;
                } else {
                    silentSince = ends;
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized Optional<PathPlan> takeFailed() {
        if (secondTries == null) {
            secondTries = failedPlans.drain();
        }
        while (secondTries.hasNext()) {
            PathPlan plan = secondTries.next();
            // A step of the route may have repeated it meanwhile.
            if (failed.get(index(plan))) {
                return Optional.of(plan);
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized Optional<Problem> firstFailure() {
        awaitTransfers();
        if (stopped) {
            return Optional.of(new Problem("", Problem.Kind.INTERRUPTED, "the run was stopped"));
        }
        if (!failures.isEmpty()) {
            return Optional.of(failures.values().iterator().next());
        }
        if (!failed.isEmpty()) {
            return Optional.of(new Problem("", Problem.Kind.ACTION_FAILED, failed.cardinality() + " transfers failed"));
        }
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        "",
                        Problem.Kind.NOT_RETURNED,
                        open.cardinality() + " path plans were handed out and did not come back"));
    }

    @Override
    public synchronized boolean mayMiss(long size) {
        return notStored.size() > MAX_CONTENTS || notStored.containsValue(size);
    }

    @Override
    public synchronized boolean hasSucceeded(long planId) {
        return succeeded.get(index(planId));
    }

    @Override
    public synchronized void awaitNoneUnderWay() {
        boolean interrupted = false;
        while (underWay > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Actions under way end by themselves; leaving now would report figures that still change.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isAnyUnderWay() {
        return underWay > 0;
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        failedPlans.close();
        clashedPlans.close();
    }

    /** A step of a route may give a plan twice. */
    private void close(PathPlan plan) {
        if (open.get(index(plan))) {
            open.clear(index(plan));
            unfinished--;
        }
        ends++;
        notifyAll();
    }

    private static int index(PathPlan plan) {
        return index(plan.planId());
    }

    private static int index(long planId) {
        return (int) Math.min(planId, Integer.MAX_VALUE - 1);
    }
}
