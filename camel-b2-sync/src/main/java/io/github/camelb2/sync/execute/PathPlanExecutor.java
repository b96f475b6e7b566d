package io.github.camelb2.sync.execute;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

import io.github.camelb2.sync.plan.PathPlan;
import io.github.camelb2.sync.plan.Problem;
import io.github.camelb2.sync.plan.SyncAction;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncReport;

/**
 * Carries out the plans of one run, each once: its actions in their order up to the first failure. A plan that failed may
 * be given again and goes on where it stopped. Thread-safe.
 */
final class PathPlanExecutor {
    /** A plan that was begun: the next action, and the version that it stored. */
    private static final class Begun {
        private int next;
        private String storedFileId = "";
        private boolean isChecked;
        private boolean hasFailed;
    }

    private final ActionRunner runner;
    private final SyncReport.Mode mode;
    private final ActionListener listener;
    private final ReportCollector report;
    /** Guards the two below. */
    private final Object lock = new Object();

    private final BitSet finished = new BitSet();
    private final Map<Long, Begun> begun = new HashMap<>();

    PathPlanExecutor(ActionRunner runner, SyncReport.Mode mode, ActionListener listener, ReportCollector report) {
        this.runner = runner;
        this.mode = mode;
        this.listener = listener;
        this.report = report;
    }

    /**
     * Carries out a plan of a run whose plans all come here; one that is finished is not done again.
     *
     * @throws SyncActionException if an action failed; the report knows
     */
    void execute(PathPlan plan) throws SyncActionException {
        Begun state;
        synchronized (lock) {
            if (isFinished(plan)) {
                return;
            }
            state = begun.computeIfAbsent(plan.planId(), id -> new Begun());
        }
        // One plan given twice at the same time is done by one thread, and the other finds it finished.
        synchronized (state) {
            work(plan, state);
        }
        synchronized (lock) {
            begun.remove(plan.planId());
            finished.set((int) Math.min(plan.planId(), Integer.MAX_VALUE));
        }
    }

    /**
     * Carries out a plan of a run that this JVM does not know: first finds out what of it was done elsewhere.
     *
     * @throws SyncActionException if an action failed
     */
    void executeForeign(PathPlan plan) throws SyncActionException {
        if (plan.actions().isEmpty()) {
            return;
        }
        Begun state = new Begun();
        if (mode == SyncReport.Mode.REAL) {
            try {
                ActionRunner.ResumePoint point = runner.findResumePoint(plan);
                state.next = point.nextAction();
                state.storedFileId = point.storedFileId();
                for (SyncAction action :
                        plan.actions().subList(state.next, plan.actions().size())) {
                    runner.checkVersions(action);
                }
            } catch (IOException | RuntimeException e) {
                throw failed(plan, state, plan.actions().get(0), e);
            }
        }
        work(plan, state);
    }

    /** Whether a plan was begun and failed, and was not repeated with success. */
    boolean hasFailed(PathPlan plan) {
        synchronized (lock) {
            return begun.containsKey(plan.planId());
        }
    }

    private boolean isFinished(PathPlan plan) {
        return plan.planId() < Integer.MAX_VALUE && finished.get((int) plan.planId());
    }

    private void work(PathPlan plan, Begun state) throws SyncActionException {
        while (state.next < plan.actions().size()) {
            SyncAction action = plan.actions().get(state.next);
            String fileId;
            try {
                fileId = mode == SyncReport.Mode.DRY_RUN ? "" : perform(plan, state, action);
            } catch (IOException | RuntimeException e) {
                throw failed(plan, state, action, e);
            }
            state.next++;
            report.done(action.kind(), action.bytes());
            tell(plan, new ActionEvent(plan.runId(), action, fileId, null));
        }
        if (state.hasFailed) {
            state.hasFailed = false;
            report.recovered(plan.planId());
        }
    }

    private String perform(PathPlan plan, Begun state, SyncAction action) throws IOException {
        if (action.kind().isDestructive() && !state.isChecked) {
            runner.checkDestination(plan, state.storedFileId);
            state.isChecked = true;
        }
        String fileId = action.accept(runner);
        if (!action.kind().isDestructive()) {
            state.storedFileId = fileId;
        }
        return fileId;
    }

    private SyncActionException failed(PathPlan plan, Begun state, SyncAction action, Exception cause) {
        SyncActionException failure = new SyncActionException(plan.path(), action.line(), cause);
        if (!state.hasFailed) {
            state.hasFailed = true;
            String reason = String.valueOf(failure.getMessage());
            report.problem(plan.planId(), new Problem(plan.path(), Problem.Kind.ACTION_FAILED, reason));
        }
        tell(plan, new ActionEvent(plan.runId(), action, "", cause));
        return failure;
    }

    private void tell(PathPlan plan, ActionEvent event) {
        try {
            listener.finished(event);
        } catch (Exception e) {
            // Whoever keeps a log of actions has to learn that a line is missing: the run is not complete.
            report.problem(
                    -plan.planId(),
                    new Problem(
                            plan.path(),
                            Problem.Kind.ACTION_FAILED,
                            event.action().line() + ": finished, but could not be reported: " + e));
        }
    }
}
