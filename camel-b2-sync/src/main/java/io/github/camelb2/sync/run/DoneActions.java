// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.camelb2.sync.action.ActionEvent;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.failure.ChangedException;
import io.github.camelb2.sync.action.failure.CoveredException;
import io.github.camelb2.sync.action.failure.ErrorClass;
import io.github.camelb2.sync.action.failure.MandateLostException;
import io.github.camelb2.sync.action.failure.SyncActionException;
import io.github.camelb2.sync.action.failure.TypeClashException;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.PlanResult.Outcome;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncReport;

/** Gathers what is done for one plan, and tells the user's listener too. Thread-safe; its monitor guards its list. */
final class DoneActions implements ActionListener {
    private final PathPlan plan;
    private final ActionListener listener;
    private final List<PlanResult.Done> done = new ArrayList<>();

    DoneActions(PathPlan plan, ActionListener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    @Override
    public void finished(ActionEvent event) throws Exception {
        if (event.failure() == null) {
            synchronized (this) {
                done.add(new PlanResult.Done(plan.actions().indexOf(event.action()), event.fileId()));
            }
        }
        listener.finished(event);
    }

    /** It went well. */
    PlanResult result(ReportCollector report) {
        SyncReport made = report(report);
        if (made.failureCount() > 0) {
            return result(Outcome.FAILED, made.failures().get(0).reason(), made);
        }
        boolean isAll = made.skipCount() > 0 || all().size() >= plan.actions().size();
        return result(isAll ? Outcome.DONE : Outcome.ALREADY_DONE, "", made);
    }

    /** It was left alone because of what has changed; the report tells why. */
    PlanResult leftAlone(ReportCollector report) {
        PlanResult well = result(report);
        return well.outcome().isWell() && well.done().isEmpty()
                ? new PlanResult(
                        Outcome.CHANGED,
                        List.of(),
                        well.skips().stream().map(Problem::reason).findFirst().orElse(""),
                        well.skips(),
                        well.bill())
                : well;
    }

    /** It failed. */
    PlanResult result(ReportCollector report, SyncActionException failure) {
        // The line of the action comes from the plan.
        return result(outcome(failure), reason(failure), report(report));
    }

    private static String reason(SyncActionException failure) {
        Optional<MandateLostException> lost = MandateLostException.causeOf(failure);
        if (lost.isPresent()) {
            return String.valueOf(lost.get().getMessage());
        }
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null ? failure.toString() : cause.getMessage();
    }

    private static Outcome outcome(SyncActionException failure) {
        if (MandateLostException.causeOf(failure).isPresent()) {
            return Outcome.DECLINED;
        }
        if (TypeClashException.isCauseOf(failure)) {
            return Outcome.CLASHED;
        }
        return switch (ErrorClass.of(failure)) {
            case FATAL -> Outcome.FATAL;
            case OUTAGE -> Outcome.OUTAGE;
            case FILE -> ofFile(failure);
        };
    }

    private static Outcome ofFile(SyncActionException failure) {
        if (CoveredException.isCauseOf(failure)) {
            return Outcome.COVERED;
        }
        return ChangedException.isCauseOf(failure) ? Outcome.CHANGED : Outcome.FAILED;
    }

    private PlanResult result(Outcome outcome, String reason, SyncReport made) {
        return new PlanResult(outcome, all(), reason, made.skips(), made.bill());
    }

    private synchronized List<PlanResult.Done> all() {
        return List.copyOf(done);
    }

    private static SyncReport report(ReportCollector report) {
        return report.report("", "", SyncReport.Mode.REAL, Duration.ZERO, 0, 0);
    }
}
