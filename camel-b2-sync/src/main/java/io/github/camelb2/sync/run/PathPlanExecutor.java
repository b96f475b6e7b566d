package io.github.camelb2.sync.run;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelb2.sync.action.ActionEvent;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.ActionRunner;
import io.github.camelb2.sync.action.SyncActionException;
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
        private int givers;
        private boolean isForgotten;
        private int next;
        private String storedFileId = "";
        private boolean isChecked;
        private boolean hasFailed;
    }

    /** Who repeats a failed plan does so soon; of older ones only their failure is remembered, a bit for each. */
    static final int MAX_REMEMBERED = 10_000;

    private final ActionRunner runner;
    private final SyncReport.Mode mode;
    private final ActionListener listener;
    private final ReportCollector report;
    /** Guards the four below. */
    private final Object lock = new Object();

    private final BitSet finished = new BitSet();
    private final BitSet failed = new BitSet();
    private final Map<Long, Begun> underWay = new HashMap<>();
    private final Map<Long, Begun> stopped = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Begun> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

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
            state = underWay.computeIfAbsent(plan.planId(), id -> begin(plan));
            state.givers++;
        }
        boolean isDone = false;
        try {
            // One plan given twice at the same time is done by one thread, and the other finds it finished.
            synchronized (state) {
                if (state.isForgotten) {
                    resume(plan, state);
                    state.isForgotten = false;
                }
                work(plan, state);
            }
            isDone = true;
        } finally {
            end(plan, state, isDone);
        }
    }

    private Begun begin(PathPlan plan) {
        Begun state = stopped.remove(plan.planId());
        if (state == null) {
            state = new Begun();
            state.hasFailed = failed.get(index(plan));
            state.isForgotten = state.hasFailed;
        }
        return state;
    }

    private void end(PathPlan plan, Begun state, boolean isDone) {
        synchronized (lock) {
            state.givers--;
            if (isDone) {
                finished.set(index(plan));
            }
            boolean isFinished = isFinished(plan);
            failed.set(index(plan), !isFinished);
            if (state.givers == 0) {
                underWay.remove(plan.planId());
                if (!isFinished) {
                    stopped.put(plan.planId(), state);
                }
            }
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
            resume(plan, state);
            checkVersions(plan, state);
        }
        work(plan, state);
    }

    /**
     * Carries out a plan that says of itself to be of this run and came as a message, which anybody may have written.
     *
     * @throws SyncActionException if an action failed, or names a version that lies elsewhere; the report knows
     */
    void executeMessage(PathPlan plan) throws SyncActionException {
        if (mode == SyncReport.Mode.REAL && !plan.actions().isEmpty()) {
            checkVersions(plan, new Begun());
        }
        execute(plan);
    }

    private void checkVersions(PathPlan plan, Begun state) throws SyncActionException {
        try {
            for (SyncAction action :
                    plan.actions().subList(state.next, plan.actions().size())) {
                runner.checkVersions(action);
            }
        } catch (IOException | RuntimeException e) {
            throw failed(plan, state, plan.actions().get(0), e);
        }
    }

    /** Whether a plan was begun and failed, and was not repeated with success. */
    boolean hasFailed(PathPlan plan) {
        synchronized (lock) {
            return failed.get(index(plan));
        }
    }

    /** Finds out from the destination what of a plan was done, when nobody here knows it. */
    private void resume(PathPlan plan, Begun state) throws SyncActionException {
        try {
            ActionRunner.ResumePoint point = runner.findResumePoint(plan);
            state.next = point.nextAction();
            state.storedFileId = point.storedFileId();
        } catch (IOException | RuntimeException e) {
            throw failed(plan, state, plan.actions().get(0), e);
        }
    }

    /** How many failed plans are kept with what of them was done. */
    int remembered() {
        synchronized (lock) {
            return stopped.size() + underWay.size();
        }
    }

    private static int index(PathPlan plan) {
        return (int) Math.min(plan.planId(), Integer.MAX_VALUE - 1);
    }

    private boolean isFinished(PathPlan plan) {
        return plan.planId() < Integer.MAX_VALUE - 1 && finished.get(index(plan));
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
