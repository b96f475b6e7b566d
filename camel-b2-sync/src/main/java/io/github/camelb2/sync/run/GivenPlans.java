// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.distributed.BegunFile;
import io.github.camelb2.sync.distributed.GivenRun;
import io.github.camelb2.sync.distributed.PlanLedger;
import io.github.camelb2.sync.plan.ResumedPlan;
import io.github.camelb2.sync.plan.ScanEnd;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.PlanResult.Outcome;
import io.github.camelb2.sync.report.ReportCollector;

/** Keeps the account of a session whose plans are carried out elsewhere: the ledger and the report are the same ones. */
final class GivenPlans implements GivenRun {
    private final SyncSession session;
    private final PathPlanExecutor executor;
    private final ReportCollector report;
    private final RunListener listener;
    private final RunLedger ledger;
    private final PlanLedger kept;
    private final String options;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong notes = new AtomicLong();
    /** How often plans were given before; of those that had no end. */
    private final Map<Long, Integer> attempts = new HashMap<>();

    private boolean isEndKept;

    GivenPlans(
            SyncSession session,
            PathPlanExecutor executor,
            ReportCollector report,
            RunListener listener,
            RunLedger ledger,
            PlanLedger kept,
            String options) {
        this.session = session;
        this.executor = executor;
        this.report = report;
        this.listener = listener;
        this.ledger = ledger;
        this.kept = kept;
        this.options = options;
    }

    @Override
    public String runId() {
        return session.runId();
    }

    @Override
    public void goOn(ScanEnd end) {
        isEndKept = true;
        ResumedPlan left = session.goOn(end);
        kept.read(one -> takeOver(left, one));
    }

    private void takeOver(ResumedPlan left, PlanLedger.Kept one) {
        PathPlan plan = one.plan();
        notes.accumulateAndGet(plan.planId(), Math::min);
        if (plan.actions().isEmpty()) {
            plan.problems().forEach(problem -> report.problem(Math.max(0, plan.planId()), problem));
        } else if (one.end().isEmpty()) {
            left.add(plan);
            if (plan.stage() == PathPlan.Stage.TRANSFER) {
                attempts.put(plan.planId(), one.attempt());
            }
        } else {
            session.takeOver(plan);
            ledger.begun(plan);
            plan.problems().forEach(problem -> report.problem(plan.planId(), problem));
            left.ended(plan);
            account(plan, one.worker(), one.end().get(), PathPlanExecutor.Telling.KNOWN);
        }
    }

    @Override
    public boolean hasNext() {
        boolean hasNext = session.hasNext();
        if (!isEndKept) {
            session.scanEnd().ifPresent(end -> {
                isEndKept = true;
                orGiveUp(() -> kept.scanned(options, end));
            });
        }
        return hasNext && !session.isStopped();
    }

    @Override
    public PathPlan next() {
        PathPlan next = session.next();
        if (next.actions().isEmpty()) {
            // What is told behind the scans is found again by whoever goes on.
            if (!next.problems().isEmpty() && !isEndKept) {
                orGiveUp(() -> kept.keep(next));
            }
        } else if (ledger.isBegun(next)) {
            orGiveUp(() -> kept.again(next));
        } else if (next.stage() == PathPlan.Stage.TRANSFER && !attempts.containsKey(next.planId())) {
            orGiveUp(() -> kept.keep(next));
        }
        return next;
    }

    /** What nobody could go on with is not begun. */
    private void orGiveUp(Runnable keeping) {
        try {
            keeping.run();
        } catch (IllegalStateException e) {
            session.giveUp("", e.getMessage());
        }
    }

    @Override
    public void begun(PathPlan next) {
        ledger.begun(next);
    }

    @Override
    public int attempts(PathPlan next) {
        return attempts.getOrDefault(next.planId(), 1);
    }

    @Override
    public void attempted(PathPlan next, int attempt) {
        orGiveUp(() -> kept.attempted(next, attempt));
    }

    @Override
    public void ended(PathPlan next, String worker, PlanResult result) {
        if (result.outcome() == Outcome.FATAL) {
            session.giveUp(next.path(), result.reason());
        }
        if (!session.hasGivenUp()) {
            orGiveUp(() -> kept.ended(next, worker, result));
        }
        try {
            account(next, worker, result, PathPlanExecutor.Telling.NEW);
        } finally {
            listener.publish();
        }
    }

    private void account(PathPlan next, String worker, PlanResult result, PathPlanExecutor.Telling telling) {
        boolean isWell = result.isWell();
        boolean isItsOwn = !isWell && result.outcome() != Outcome.FATAL && !session.hasGivenUp();
        @Nullable
        Problem failure = isWell ? null : new Problem(next.path(), Problem.Kind.ACTION_FAILED, result.reason());
        try {
            report.used(result.bill());
            if (!worker.isEmpty()) {
                report.worked(worker, isWell, isWell ? next.bytes() : 0);
            }
            executor.account(next, result, isItsOwn, telling);
            if (!isWell && !isItsOwn) {
                session.notDone(next);
            }
        } finally {
            if (result.outcome() == Outcome.CLASHED) {
                ledger.clashed(next);
            } else {
                ledger.ended(next, failure);
            }
        }
    }

    @Override
    public void lost(PathPlan next) {
        if (lost.getAndIncrement() == 0) {
            report.problem(
                    0,
                    new Problem(
                            next.path(),
                            Problem.Kind.NOT_RETURNED,
                            "the run ended before workers told what became of " + next.path()
                                    + " and perhaps of others: the next run finds out"));
        }
        session.notDone(next);
        ledger.ended(
                next, new Problem(next.path(), Problem.Kind.NOT_RETURNED, next.path() + " was not answered in time"));
    }

    @Override
    public void note(String path, String reason) {
        tell(new Problem(path, Problem.Kind.SKIPPED, reason));
    }

    @Override
    public void trouble(String reason) {
        tell(new Problem("", Problem.Kind.CHANGED, reason));
    }

    private void tell(Problem note) {
        report.problem(0, note);
        PathPlan told = new PathPlan(
                session.runId(),
                notes.decrementAndGet(),
                note.path(),
                new Expected.Nothing(),
                List.of(),
                List.of(note));
        orGiveUp(() -> kept.keep(told));
    }

    @Override
    public List<BegunFile> begunFiles() {
        try {
            return kept.begunFiles();
        } catch (IllegalStateException e) {
            session.giveUp("", e.getMessage());
            return List.of();
        }
    }

    @Override
    public void keep(BegunFile file) {
        orGiveUp(() -> kept.begun(file));
    }

    @Override
    public void forget(String fileId) {
        orGiveUp(() -> kept.gone(fileId));
    }

    @Override
    public boolean isAllStored() {
        return session.isAllStored();
    }

    @Override
    public void endFiles(List<BegunFile> unwanted, int left) {
        session.endBegun(unwanted, left, this::forget);
    }

    @Override
    public void giveUp(String reason) {
        session.giveUp("", reason);
    }

    @Override
    public boolean isStopped() {
        return session.isStopped();
    }

    @Override
    public boolean isScanned() {
        return session.isScanned();
    }

    @Override
    public boolean isRemoving() {
        return session.isRemoving();
    }

    @Override
    public long destinationNames() {
        return session.destinationNames();
    }
}
