// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.util.concurrent.atomic.AtomicLong;

import io.github.camelb2.sync.distributed.GivenRun;
import io.github.camelb2.sync.plan.SyncPlan;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.PlanResult.Outcome;
import io.github.camelb2.sync.report.ReportCollector;

/** Keeps the account of a session whose plans are carried out elsewhere: the ledger and the report are the same ones. */
final class GivenPlans implements GivenRun {
    private final SyncSession session;
    private final SyncPlan plan;
    private final PathPlanExecutor executor;
    private final ReportCollector report;
    private final RunListener listener;
    private final RunLedger ledger;
    private final AtomicLong lost = new AtomicLong();

    GivenPlans(
            SyncSession session,
            SyncPlan plan,
            PathPlanExecutor executor,
            ReportCollector report,
            RunListener listener,
            RunLedger ledger) {
        this.session = session;
        this.plan = plan;
        this.executor = executor;
        this.report = report;
        this.listener = listener;
        this.ledger = ledger;
    }

    @Override
    public String runId() {
        return session.runId();
    }

    @Override
    public boolean hasNext() {
        return session.hasNext();
    }

    @Override
    public PathPlan next() {
        return session.next();
    }

    @Override
    public void begun(PathPlan next) {
        ledger.begun(next);
    }

    @Override
    public void ended(PathPlan next, String worker, PlanResult result) {
        if (result.outcome() == Outcome.FATAL) {
            session.giveUp(next.path(), result.reason());
        }
        boolean isWell = result.outcome().isWell();
        boolean isItsOwn = !isWell && result.outcome() != Outcome.FATAL && !session.hasGivenUp();
        Problem failure = isWell ? null : new Problem(next.path(), Problem.Kind.ACTION_FAILED, result.reason());
        try {
            report.used(result.bill());
            if (!worker.isEmpty()) {
                report.worked(worker, isWell, isWell ? next.bytes() : 0);
            }
            executor.account(next, result, isItsOwn);
            if (!isWell && !isItsOwn) {
                session.notDone(next);
            }
        } finally {
            if (result.outcome() == Outcome.CLASHED) {
                ledger.clashed(next);
            } else {
                ledger.ended(next, failure);
            }
            listener.publish();
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
        report.problem(0, new Problem(path, Problem.Kind.SKIPPED, reason));
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
        return plan.isScanned();
    }

    @Override
    public long destinationNames() {
        return plan.destinationNames();
    }
}
