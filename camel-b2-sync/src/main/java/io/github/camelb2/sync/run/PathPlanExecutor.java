// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.io.IOException;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.sync.action.ActionEvent;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.ActionRunner;
import io.github.camelb2.sync.action.CameBack;
import io.github.camelb2.sync.action.Hidden;
import io.github.camelb2.sync.action.failure.ChangedException;
import io.github.camelb2.sync.action.failure.ErrorClass;
import io.github.camelb2.sync.action.failure.LeftAloneException;
import io.github.camelb2.sync.action.failure.SyncActionException;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.look.LaterLook;

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
        private boolean isLookedAt;
        /** It may be old, and comes alone. */
        private boolean isForeign;

        private boolean hasFailed;
        /** The report counts it as failed. */
        private boolean isBlamed;
        /** The last failure that the report knows. */
        private String reason = "";
        /** A version has to stay because B2 has locked it. */
        private boolean keepsVersion;

        private boolean isHidden;
        private boolean isLeftAlone;
        /** Nobody reads any more what the name showed. */
        private boolean hasRemoved;
        /** Versions that somebody has deleted already. */
        private Set<String> gone = Set.of();
    }

    /** Keeps what has vanished where the source as a whole looks like a mistake. */
    @FunctionalInterface
    interface SourceGuard {
        /** @throws IOException if nothing that the source lacks may go */
        void check() throws IOException;
    }

    /** Within so short a time after the listing, a bucket is not looked at again before a transfer. */
    static final long FRESH_MILLIS = 60_000;

    /** Who repeats a failed plan does so soon; of older ones only their failure is remembered, a bit for each. */
    static final int MAX_REMEMBERED = 10_000;

    private final ActionRunner runner;
    private final SyncReport.Mode mode;
    private final ActionListener listener;
    private final ReportCollector report;
    private final InstantSource clock;
    private final SourceGuard guard;
    private final LaterLook<Hidden, Hidden.Mistake> hidden;
    private final LaterLook<PathPlan, CameBack> removed;
    /** Guards the five below. */
    private final Object lock = new Object();

    /** The numbers of transfers that were left alone: what would be removed behind them is left alone as well. */
    private final BitSet leftAlone = new BitSet();

    private final BitSet finished = new BitSet();
    private final BitSet failed = new BitSet();
    private final Map<Long, Begun> underWay = new HashMap<>();
    private final Map<Long, Begun> stopped = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Begun> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    PathPlanExecutor(
            ActionRunner runner,
            SyncReport.Mode mode,
            ActionListener listener,
            ReportCollector report,
            InstantSource clock) {
        this(runner, mode, listener, report, clock, () -> {});
    }

    /** @param guard asked before each name goes that the source no longer had */
    PathPlanExecutor(
            ActionRunner runner,
            SyncReport.Mode mode,
            ActionListener listener,
            ReportCollector report,
            InstantSource clock,
            SourceGuard guard) {
        this.guard = guard;
        this.runner = runner;
        this.mode = mode;
        this.listener = listener;
        this.report = report;
        this.clock = clock;
        this.hidden = new LaterLook<>(runner::lookBelowMarkers, clock);
        this.removed = new LaterLook<>(runner::cameBack, clock);
    }

    /**
     * Carries out a plan of a run whose plans all come here; one that is finished is not done again.
     *
     * @throws SyncActionException if an action failed; the report knows what is about the file, and with {@link #blame}
     *                             the rest
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
            state.isBlamed = state.hasFailed;
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
     * @return whether it was left alone because of what has changed since it was made
     * @throws SyncActionException if an action failed
     */
    boolean executeForeign(PathPlan plan) throws SyncActionException {
        if (plan.actions().isEmpty()) {
            return false;
        }
        Begun state = new Begun();
        state.isLookedAt = true;
        state.isForeign = true;
        if (mode == SyncReport.Mode.REAL) {
            if (!isLookedAtAnyway(plan)) {
                resume(plan, state);
            }
            checkVersions(plan, state);
        }
        work(plan, state);
        List<String> mistakes = Stream.concat(
                        hidden.lookAtAll().stream().map(Hidden.Mistake::reason),
                        removed.lookAtAll().stream().map(CameBack::reason))
                .toList();
        if (!mistakes.isEmpty()) {
            throw failed(plan, state, new SyncAction.Hide(plan.path()), new IOException(mistakes.get(0)));
        }
        return state.isLeftAlone;
    }

    /** The look before it is stored tells as well whether it was stored, and each look is billed. */
    private static boolean isLookedAtAnyway(PathPlan plan) {
        SyncAction first = plan.actions().get(0);
        return plan.actions().size() == 1
                && first instanceof SyncAction.Transfer
                && !(first instanceof SyncAction.Download);
    }

    /** Whether whoever listens has heard of it before. */
    enum Telling {
        /** No: now it does. */
        NEW,
        /** Yes, from the run that is gone on with. */
        KNOWN
    }

    /**
     * Takes into the account what became of a plan of this run that somebody else carried out.
     *
     * @param isItsOwn whether a failure is the plan's own, and not the run's
     */
    void account(PathPlan plan, PlanResult result, boolean isItsOwn, Telling telling) {
        ActionListener hears = telling == Telling.NEW ? listener : ActionListener.NONE;
        Begun state;
        synchronized (lock) {
            state = begin(plan);
            state.givers++;
        }
        Set<Integer> told = new HashSet<>();
        for (PlanResult.Done one : result.done()) {
            if (one.action() < plan.actions().size() && told.add(one.action())) {
                SyncAction hide = new SyncAction.Hide(plan.path());
                done(plan, one.action() < 0 ? hide : plan.actions().get(one.action()), one.fileId(), hears);
            }
        }
        for (int i = 0;
                result.outcome() == PlanResult.Outcome.ALREADY_DONE
                        && i < plan.actions().size();
                i++) {
            // A worker that did it did not live to say so.
            if (told.add(i)) {
                done(plan, plan.actions().get(i), "", hears);
            }
        }
        result.skips().forEach(skip -> report.problem(plan.planId(), skip));
        if (result.isWell()) {
            recover(plan, state);
        } else {
            Exception cause =
                    result.outcome() == PlanResult.Outcome.CHANGED || result.outcome() == PlanResult.Outcome.COVERED
                            ? new ChangedException(result.reason())
                            : new IOException(result.reason());
            SyncActionException failure =
                    new SyncActionException(plan.path(), plan.actions().get(0).line(), cause);
            state.hasFailed = true;
            if (isItsOwn) {
                blame(plan, state, failure);
            }
            tell(plan, new ActionEvent(plan.runId(), plan.actions().get(0), "", cause), hears);
        }
        end(plan, state, result.isWell());
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
            List<SyncAction> left =
                    plan.actions().subList(state.next, plan.actions().size());
            state.gone = runner.checkVersions(left);
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
        if (wasLeftAlone(plan)) {
            state.next = plan.actions().size();
        }
        while (state.next < plan.actions().size()) {
            SyncAction action = plan.actions().get(state.next);
            try {
                int others = mode != SyncReport.Mode.DRY_RUN && action.kind().isDestructive() ? check(plan, state) : 0;
                if (others > 0) {
                    state.next += others;
                    continue;
                }
                step(plan, state, action);
            } catch (LeftAloneException e) {
                if (!state.hasRemoved) {
                    report.problem(plan.planId(), new Problem(plan.path(), Problem.Kind.SKIPPED, reason(e)));
                    state.isLeftAlone = true;
                    leaveAlone(plan);
                }
                state.next = plan.actions().size();
                break;
            } catch (IOException | RuntimeException e) {
                throw failed(plan, state, action, e);
            }
            state.next++;
        }
        if (state.hasRemoved && plan.stage() == PathPlan.Stage.VANISHED) {
            tellWhatCameBack(plan);
        }
        recover(plan, state);
    }

    private void leaveAlone(PathPlan plan) {
        synchronized (lock) {
            leftAlone.set(index(plan));
        }
    }

    private boolean wasLeftAlone(PathPlan plan) {
        synchronized (lock) {
            return plan.after() > 0 && plan.after() < Integer.MAX_VALUE - 1 && leftAlone.get((int) plan.after());
        }
    }

    private void recover(PathPlan plan, Begun state) {
        if (state.hasFailed) {
            state.hasFailed = false;
            if (state.isBlamed) {
                state.isBlamed = false;
                report.recovered(plan.planId());
            }
        }
    }

    /** Between the last look and the removal it may have come back, and then the run is not complete. */
    private void tellWhatCameBack(PathPlan plan) {
        removed.add(plan);
        List<CameBack> back = runner.seesSourceAtOnce() ? removed.lookAtAll() : removed.lookWhereDue();
        back.forEach(this::tell);
    }

    private void tell(CameBack back) {
        PathPlan plan = back.plan();
        report.problem(-plan.planId(), new Problem(plan.path(), Problem.Kind.ACTION_FAILED, back.reason()));
    }

    private void step(PathPlan plan, Begun state, SyncAction action) throws IOException {
        if (mode == SyncReport.Mode.DRY_RUN) {
            done(plan, action, "");
        } else if (action instanceof SyncAction.Delete delete) {
            delete(plan, state, delete);
        } else if (action instanceof SyncAction.Hide hide) {
            hide(plan, state, hide);
        } else if (action instanceof SyncAction.DeleteLocal) {
            finish(plan, state, action, runner.perform(plan, action));
            state.hasRemoved = true;
        } else {
            ActionRunner.Result stored = transfer(plan, state, action);
            state.storedFileId = stored.fileId();
            finish(plan, state, action, stored);
        }
    }

    /** A late plan must never put an older version over a newer one, nor bring back what the source has no longer. */
    private ActionRunner.Result transfer(PathPlan plan, Begun state, SyncAction action) throws IOException {
        boolean isFresh = !state.isLookedAt && !state.hasFailed && clock.millis() - plan.seenMillis() < FRESH_MILLIS;
        state.isLookedAt = true;
        Optional<String> stored = isFresh ? Optional.empty() : runner.checkTransfer(plan, action);
        if (stored.isPresent()) {
            return new ActionRunner.Result(stored.get(), true);
        }
        if (!isFresh) {
            runner.checkShown(
                    action, state.isForeign ? ActionRunner.LookFor.ONE_PLAN : ActionRunner.LookFor.ONE_OF_MANY);
        }
        return runner.perform(plan, action);
    }

    /** What another run did is not this one's work; what an earlier try of this one left is. */
    private void finish(PathPlan plan, Begun state, SyncAction action, ActionRunner.Result result) {
        if (!result.isFound() || state.hasFailed) {
            done(plan, result.instead().orElse(action), result.fileId());
        }
    }

    /**
     * Looks at the source before each removal, and before the first one at the destination; answers how many of them another
     * run has made already.
     */
    private int check(PathPlan plan, Begun state) throws IOException {
        runner.checkSource(plan);
        if (state.isChecked) {
            return 0;
        }
        if (plan.stage() == PathPlan.Stage.VANISHED) {
            guard.check();
        }
        int others = runner.checkDestination(plan, state.storedFileId);
        state.isChecked = true;
        return others;
    }

    /**
     * Where a version has to stay, the name is hidden before its newest version goes, and a marker is kept: nobody may
     * read by name what was withdrawn long ago.
     */
    private void delete(PathPlan plan, Begun state, SyncAction.Delete action) throws IOException {
        if (state.gone.contains(action.fileId())) {
            finish(plan, state, action, new ActionRunner.Result(action.fileId(), true));
            return;
        }
        boolean isMarker = action.note() == SyncAction.Delete.Note.HIDE_MARKER;
        boolean isLast = state.next == plan.actions().size() - 1;
        boolean showsWhatStays = plan.stage() == PathPlan.Stage.VANISHED && isLast && state.keepsVersion;
        if (showsWhatStays && isMarker) {
            skip(plan, "its hide marker stays, because a version below it cannot be deleted");
            return;
        }
        if (showsWhatStays && !state.isHidden) {
            hide(plan, state, new SyncAction.Hide(plan.path()));
        }
        try {
            finish(plan, state, action, runner.perform(plan, action));
            state.hasRemoved |= action.note() == SyncAction.Delete.Note.NEWEST;
        } catch (B2UnauthorizedException e) {
            if (!e.code().equals("access_denied")) {
                throw e;
            }
            state.keepsVersion = true;
            skip(plan, "version " + action.fileId() + " is locked and stays: " + e.getMessage());
            if (plan.stage() == PathPlan.Stage.VANISHED
                    && action.note() == SyncAction.Delete.Note.NEWEST
                    && !state.isHidden) {
                hide(plan, state, new SyncAction.Hide(plan.path()));
            }
        }
    }

    private void hide(PathPlan plan, Begun state, SyncAction.Hide hide) throws IOException {
        ActionRunner.Result made = runner.perform(plan, hide);
        hidden.add(new Hidden(plan, made.fileId()));
        finish(plan, state, hide, made);
        state.isHidden = true;
        state.hasRemoved = true;
        hidden.lookWhereDue().forEach(this::tell);
    }

    /** The removals of a plan are given to somebody; see {@link ActionRunner#expectRemoval}. */
    void expectRemoval(PathPlan plan) {
        runner.expectRemoval(plan);
    }

    /** The removals of a plan are looked at no more. */
    void forgetRemoval(PathPlan plan) {
        runner.forgetRemoval(plan);
    }

    /** Looks at the names that were hidden or removed since the last look: nothing that came meanwhile stays untold. */
    void lookBack() {
        hidden.lookAtAll().forEach(this::tell);
        removed.lookAtAll().forEach(this::tell);
    }

    private void tell(Hidden.Mistake mistake) {
        PathPlan plan = mistake.hidden().plan();
        // The plan itself went well, and whoever repeats it does not mend this.
        report.problem(-plan.planId(), new Problem(plan.path(), Problem.Kind.ACTION_FAILED, mistake.reason()));
        SyncAction hide = new SyncAction.Hide(plan.path());
        tell(plan, new ActionEvent(plan.runId(), hide, "", new IOException(mistake.reason())));
    }

    private void skip(PathPlan plan, String why) {
        report.problem(plan.planId(), new Problem(plan.path(), Problem.Kind.SKIPPED, why));
    }

    private void done(PathPlan plan, SyncAction action, String fileId) {
        done(plan, action, fileId, listener);
    }

    private void done(PathPlan plan, SyncAction action, String fileId, ActionListener hears) {
        report.done(action.kind(), action.bytes());
        tell(plan, new ActionEvent(plan.runId(), action, fileId, null), hears);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private SyncActionException failed(PathPlan plan, Begun state, SyncAction action, Exception cause) {
        SyncActionException failure = new SyncActionException(plan.path(), action.line(), cause);
        state.hasFailed = true;
        if (ErrorClass.of(cause) == ErrorClass.FILE) {
            blame(plan, state, failure);
        }
        tell(plan, new ActionEvent(plan.runId(), action, "", cause));
        return failure;
    }

    /** A failure that was not the file's may become the file's: the run goes on without it. */
    void blame(PathPlan plan, SyncActionException failure) {
        Begun state;
        synchronized (lock) {
            state = underWay.getOrDefault(plan.planId(), stopped.get(plan.planId()));
        }
        if (state != null) {
            synchronized (state) {
                blame(plan, state, failure);
            }
        }
    }

    private void blame(PathPlan plan, Begun state, SyncActionException failure) {
        String reason = String.valueOf(failure.getMessage());
        Problem.Kind kind = ChangedException.isCauseOf(failure) ? Problem.Kind.CHANGED : Problem.Kind.ACTION_FAILED;
        Problem problem = new Problem(plan.path(), kind, reason);
        if (!state.isBlamed) {
            state.isBlamed = true;
            report.problem(plan.planId(), problem);
            state.reason = reason;
        } else if (!reason.equals(state.reason) && ErrorClass.of(failure) != ErrorClass.OUTAGE) {
            report.failedAgain(plan.planId(), problem);
            state.reason = reason;
        }
    }

    private void tell(PathPlan plan, ActionEvent event) {
        tell(plan, event, listener);
    }

    private void tell(PathPlan plan, ActionEvent event, ActionListener hears) {
        try {
            hears.finished(event);
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
