// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.plan.spool.PlanSpool;

/**
 * What a run left that had read both sides to their end: first its transfers, and when each has ended and the source was
 * looked at once more, the removals that the guards admit. Nothing new is stored.
 */
public final class ResumedPlan implements RunPlans {
    private enum Phase {
        TRANSFERS,
        BARRIER,
        REMOVING,
        ENDED
    }

    private final String runId;
    private final ScanEnd end;
    private final PlanSpool transfers;
    private final PlanSpool removals;
    private final LastLook look;
    private @Nullable Iterator<PathPlan> open;
    private @Nullable PathPlan next;
    private long removalsWaiting;
    private volatile Phase phase = Phase.TRANSFERS;
    private volatile boolean stopped;

    /**
     * @param runId whoever goes on
     * @param look  judges the removals, by what the scans told and how the transfers ended
     */
    public ResumedPlan(String runId, ScanEnd end, PlanSpool transfers, PlanSpool removals, LastLook look) {
        this.runId = runId;
        this.end = end;
        this.transfers = transfers;
        this.removals = removals;
        this.look = look;
    }

    /** A plan that has its result. */
    public void ended(PathPlan plan) {
        look.moves(plan);
    }

    /** A plan that has none; all are added before the first is asked for. */
    public void add(PathPlan plan) {
        if (plan.stage() == PathPlan.Stage.TRANSFER) {
            transfers.add(plan);
            look.moves(plan);
        } else {
            removals.add(plan);
            removalsWaiting++;
            look.goes(plan);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && !stopped && phase != Phase.BARRIER && phase != Phase.ENDED) {
                advance();
            }
        } catch (RuntimeException e) {
            breakOff(e);
        }
        return !stopped && (next != null || phase == Phase.BARRIER);
    }

    private void advance() {
        Iterator<PathPlan> plans = open == null ? transfers.drain() : open;
        open = plans;
        if (phase == Phase.TRANSFERS) {
            if (plans.hasNext()) {
                next = plans.next();
            } else {
                phase = removalsWaiting == 0 ? Phase.ENDED : Phase.BARRIER;
            }
        } else if (plans.hasNext()) {
            PathPlan removal = plans.next();
            next = end.unknown().contains(removal.path())
                    ? null
                    : look.admit(removal).orElse(null);
        } else {
            phase = Phase.ENDED;
        }
    }

    @Override
    public PathPlan next() {
        if (!hasNext()) {
            if (stopped) {
                // Between the caller's question and now.
                return with(List.of());
            }
            throw new NoSuchElementException();
        }
        if (next == null) {
            passBarrier();
        }
        PathPlan given = hasNext() && next != null ? next : with(List.of());
        next = null;
        return given;
    }

    private void passBarrier() {
        try {
            List<Problem> problems = new ArrayList<>(look.look());
            open = removals.drain();
            phase = Phase.REMOVING;
            next = problems.isEmpty() ? null : with(problems);
        } catch (RuntimeException e) {
            breakOff(e);
        }
    }

    private void breakOff(RuntimeException e) {
        phase = Phase.ENDED;
        next = with(List.of(new Problem(
                "", Problem.Kind.SCAN_BROKEN, "what is left could not be gone on with: " + e.getMessage())));
    }

    private PathPlan with(List<Problem> problems) {
        return new PathPlan(runId, Integer.MAX_VALUE, "", new Expected.Nothing(), List.of(), problems);
    }

    @Override
    public List<Withheld> withheld() {
        return look.withheld();
    }

    @Override
    public long destinationNames() {
        return end.counts().names();
    }

    @Override
    public boolean vanishedWait() {
        return end.counts().vanished() + end.counts().hiddenGoing() > 0;
    }

    @Override
    public boolean isAtBarrier() {
        return next == null && phase == Phase.BARRIER;
    }

    @Override
    public boolean isRemoving() {
        return phase == Phase.REMOVING;
    }

    @Override
    public long compared() {
        return end.compared();
    }

    @Override
    public long comparedByTime() {
        return end.comparedByTime();
    }

    @Override
    public long plannedPaths() {
        return end.plannedPaths();
    }

    @Override
    public long plannedBytes() {
        return end.plannedBytes();
    }

    @Override
    public boolean isScanned() {
        return true;
    }

    @Override
    public Optional<ScanEnd> scanEnd() {
        return Optional.of(end);
    }

    @Override
    public void stop() {
        stopped = true;
        look.stop();
    }

    @Override
    public void close() {
        phase = Phase.ENDED;
        next = null;
        transfers.close();
        removals.close();
    }
}
