// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.LocalSide;
import io.github.camelb2.sync.action.Sides;
import io.github.camelb2.sync.action.failure.ErrorClass;
import io.github.camelb2.sync.action.failure.SyncActionException;
import io.github.camelb2.sync.action.failure.TypeClashException;
import io.github.camelb2.sync.action.local.Temporaries;
import io.github.camelb2.sync.plan.LastLook;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.policy.Removals;
import io.github.camelb2.sync.plan.spool.PlanSpool;
import io.github.camelb2.sync.planfile.PlannedPath;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.limit.BorrowedThreads;
import io.github.camelb2.sync.run.limit.Deadline;
import io.github.camelb2.sync.run.limit.TimeLimits;

/**
 * Carries out what an earlier run planned, and nothing else: each path only if both sides are there as they were planned
 * for, or as this plan has left them when it was carried out before. Transfers come first, but for those with a directory in
 * the place of their file, or the reverse, which have a last try behind the removals; old versions go when their
 * successor is stored, vanished names when nothing has failed, and both when a last look at the source finds no file that may
 * hold their content and is not stored. Used once.
 */
public final class PlannedRun {
    private final SyncJob job;
    private final String runId;
    private final Sides sides;
    private final PathPlanExecutor executor;
    private final ReportCollector report;
    private final RunListener listener;
    private final Optional<Temporaries> temporaries;
    /** They wait for the transfers. */
    private final PlanSpool removals;
    /** They wait for those. */
    private final PlanSpool last;
    /** Something is in their way that a removal of the plan may take away: they are tried again behind all removals. */
    private final PlanSpool clashed;

    private final LastLook look;
    private final InstantSource clock;
    private static final String STOPPED = "it was stopped";

    /** Guards how many paths are under way. */
    private final Object counting = new Object();

    private int underWay;
    /** Whose thread begins the paths. */
    private boolean wasInterrupted;

    /** Guards the two below. */
    private final Object lock = new Object();

    private final BitSet failed = new BitSet();
    private @Nullable Problem firstFailure;

    private final Map<PathPlan.Stage, Withheld> withheld = new EnumMap<>(PathPlan.Stage.class);
    private final List<Withheld> ofPlanning = new ArrayList<>();
    private volatile boolean stopped;
    private volatile Consumer<String> breakOff = reason -> {};

    PlannedRun(
            SyncJob job,
            String runId,
            Sides sides,
            PathPlanExecutor executor,
            ReportCollector report,
            RunListener listener,
            Optional<Temporaries> temporaries,
            Supplier<PlanSpool> spools,
            LastLook look,
            InstantSource clock) {
        this.removals = spools.get();
        this.last = spools.get();
        this.clashed = spools.get();
        this.look = look;
        this.job = job;
        this.runId = runId;
        this.sides = sides;
        this.executor = executor;
        this.report = report;
        this.listener = listener;
        this.temporaries = temporaries;
        this.clock = clock;
    }

    /** Removals that the planning kept back are none of the plan, and the run is not complete without them. */
    public PlannedRun withheldBefore(List<Withheld> kept) {
        ofPlanning.addAll(kept);
        return this;
    }

    /**
     * Carries out all paths and reports.
     *
     * @param plans   in the order in which they were made; whatever it throws ends the run
     * @param pool  its threads carry them out; not ended here
     */
    public SyncReport run(Iterator<PlannedPath> plans, ExecutorService pool) {
        BorrowedThreads workers = new BorrowedThreads(pool);
        long started = clock.millis();
        long paths = 0;
        TimeLimits limits = job.mode() == SyncReport.Mode.REAL ? job.time() : TimeLimits.NONE;
        try (Deadline time = Deadline.begin(limits, clock, this::stop)) {
            while (!stopped && plans.hasNext()) {
                time.check();
                if (stopped) {
                    break;
                }
                PlannedPath next = plans.next();
                next.plan().problems().forEach(problem -> report.problem(0, problem));
                if (next.plan().actions().isEmpty()) {
                    continue;
                }
                paths++;
                if (comesLast(next.plan())) {
                    last.add(next.plan());
                } else if (next.plan().stage() == PathPlan.Stage.TRANSFER) {
                    begin(next, workers);
                } else {
                    removals.add(next.plan());
                    look.goes(next.plan());
                }
            }
            awaitAll(workers);
            // What moved is on the disk with its name before anything goes.
            sides.forceDirectories();
            if (!stopped) {
                remove(time, workers);
            }
            awaitAll(workers);
            Iterator<PathPlan> again = clashed.drain();
            while (!stopped && again.hasNext()) {
                PathPlan next = again.next();
                report.recovered(next.planId());
                begin(new PlannedPath(next, ""), workers, Try.LAST);
            }
            awaitAll(workers);
            Iterator<PathPlan> links = last.drain();
            while (!stopped && links.hasNext()) {
                begin(new PlannedPath(links.next(), ""), workers);
            }
        } catch (IllegalArgumentException | IllegalStateException | java.io.UncheckedIOException e) {
            giveUp(String.valueOf(e.getMessage()));
        }
        awaitAll(workers);
        SyncReport made = end(paths, started);
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return made;
    }

    /** What the source has now decides, and not what it had when the plan was made. */
    private void remove(Deadline time, BorrowedThreads workers) {
        look.look().forEach(problem -> report.problem(0, problem));
        Iterator<PathPlan> waiting = removals.drain();
        while (!stopped && waiting.hasNext()) {
            time.check();
            PathPlan next = waiting.next();
            if (!stopped && !isWithheld(next)) {
                look.admit(next).ifPresent(plan -> begin(new PlannedPath(plan, ""), workers));
            }
        }
    }

    private boolean comesLast(PathPlan plan) {
        return job.policy().direction().isToLocal()
                && job.transfers().preserve().comesLast(plan.path());
    }

    private SyncReport end(long paths, long started) {
        removals.close();
        last.close();
        clashed.close();
        sides.forceDirectories();
        if (job.mode() == SyncReport.Mode.REAL) {
            temporaries.ifPresent(Temporaries::removeLeftovers);
        }
        temporaries.ifPresent(Temporaries::close);
        List<Withheld> all = new ArrayList<>(ofPlanning);
        all.addAll(withheld.values());
        all.addAll(look.withheld());
        report.withheld(all);
        report.endOfLog().ifPresent(trouble -> report.problem(0, new Problem("", Problem.Kind.ACTION_FAILED, trouble)));
        SyncReport made =
                report.report(runId, job.name(), job.mode(), Duration.ofMillis(clock.millis() - started), paths, 0);
        listener.ended(made, SyncProgress.NONE);
        return made;
    }

    private enum Try {
        FIRST,
        LAST
    }

    private void begin(PlannedPath next, BorrowedThreads workers) {
        begin(next, workers, Try.FIRST);
    }

    private void begin(PlannedPath next, BorrowedThreads workers, Try which) {
        await(workers, job.workers().first() - 1);
        if (stopped) {
            return;
        }
        synchronized (counting) {
            underWay++;
        }
        try {
            workers.execute(() -> {
                try {
                    carryOut(next, which);
                } finally {
                    leave();
                }
            });
        } catch (RejectedExecutionException e) {
            leave();
            giveUp(STOPPED);
        }
    }

    private void leave() {
        synchronized (counting) {
            underWay--;
            counting.notifyAll();
        }
    }

    private void awaitAll(BorrowedThreads workers) {
        await(workers, 0);
    }

    /** Until no more than so many are under way. */
    private void await(BorrowedThreads workers, int most) {
        boolean haveEnded = false;
        synchronized (counting) {
            while (underWay > most && !haveEnded) {
                try {
                    counting.wait(BorrowedThreads.LOOK_MILLIS);
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                }
                haveEnded = workers.haveEnded();
            }
            if (haveEnded && underWay > 0) {
                // What they had not begun is not done.
                underWay = 0;
                giveUp(STOPPED);
            }
        }
        if (wasInterrupted) {
            giveUp("it was interrupted");
        }
    }

    private void carryOut(PlannedPath next, Try which) {
        PathPlan plan = next.plan();
        if (stopped) {
            return;
        }
        try {
            for (SyncAction action : plan.actions()) {
                refuseChanged(action, next.mark());
            }
            executor.executeForeign(plan);
        } catch (SyncActionException e) {
            if (which == Try.FIRST && plan.stage() == PathPlan.Stage.TRANSFER && TypeClashException.isCauseOf(e)) {
                // Only a directory of this machine has such clashes, and no removal of an old version waits for it.
                synchronized (lock) {
                    clashed.add(plan);
                    // As in a run, the last look does not take it for a file that nobody stores.
                    look.moves(plan);
                }
                return;
            }
            fail(plan, String.valueOf(e.getMessage()));
            if (ErrorClass.of(e) != ErrorClass.FILE) {
                giveUp(String.valueOf(e.getMessage()));
            }
        } catch (IOException | RuntimeException e) {
            Problem problem = new Problem(plan.path(), Problem.Kind.ACTION_FAILED, String.valueOf(e.getMessage()));
            report.problem(plan.planId(), problem);
            fail(plan, problem.reason());
            if (ErrorClass.of(e) != ErrorClass.FILE) {
                giveUp(problem.reason());
            }
        } finally {
            listener.ended(plan.path());
        }
    }

    /** The destination is looked at by whoever acts; this is about the source, of which a plan knows no more than this. */
    private void refuseChanged(SyncAction action, String mark) throws IOException {
        if (sides.source() instanceof LocalSide local) {
            boolean isRead = action instanceof SyncAction.Transfer;
            if (isRead && !mark.isEmpty() && !mark.equals(local.wholeMarkOf(action.path()))) {
                throw new IOException("the file has changed since the plan was made, or is another one, so it is not"
                        + " stored: make a new plan");
            }
        } else if (action instanceof SyncAction.Download download) {
            refuseOther(action.path(), download.fileId());
        } else if (action instanceof SyncAction.Copy copy) {
            refuseOther(action.path(), copy.fileId());
        }
    }

    private void refuseOther(String path, String fileId) throws IOException {
        Optional<RemoteVersion> newest = ((BucketSide) sides.source()).newestBeforeRemoval(path);
        if (newest.isEmpty() || !newest.get().fileId().equals(fileId)) {
            throw new IOException("the source has changed since the plan was made (its newest version is "
                    + newest.map(RemoteVersion::fileId).orElse("gone") + ", not " + fileId
                    + "), so it is not fetched: make a new plan");
        }
    }

    private void fail(PathPlan plan, String reason) {
        synchronized (lock) {
            failed.set(index(plan.planId()));
            if (firstFailure == null && plan.stage() == PathPlan.Stage.TRANSFER) {
                firstFailure = new Problem(plan.path(), Problem.Kind.ACTION_FAILED, reason);
            }
        }
    }

    private static int index(long planId) {
        return (int) Math.min(planId, Integer.MAX_VALUE - 1);
    }

    /** Where the run gives up, what is left was not begun; what is under way goes on. Any thread may call it. */
    void giveUp(String reason) {
        synchronized (lock) {
            if (stopped) {
                return;
            }
            // Whoever sees that it has stopped makes the report, which must have the reason by then.
            report.problem(
                    0,
                    new Problem(
                            "",
                            Problem.Kind.GAVE_UP,
                            "the plan was not carried out to its end: " + reason
                                    + "; the same plan may be carried out again"));
            stopped = true;
        }
    }

    /** What a limit does to transfers under way, besides. */
    void endBy(Consumer<String> end) {
        breakOff = end;
    }

    /** Ends the run before its next path; those under way go on to their end. Any thread may call it. */
    public void stop() {
        giveUp(STOPPED);
    }

    /** Ends the run before its next path, and what is under way as soon as it can. Any thread may call it. */
    void stop(String reason) {
        giveUp(reason);
        breakOff.accept(reason);
    }

    private boolean isWithheld(PathPlan plan) {
        Problem cause;
        synchronized (lock) {
            boolean waits =
                    switch (plan.stage()) {
                        case TRANSFER -> false;
                        case SUPERSEDED -> plan.after() > 0 && failed.get(index(plan.after()));
                        case VANISHED ->
                            firstFailure != null
                                    && job.policy().removals().failures() == Removals.AfterFailures.WITHHELD;
                    };
            cause = waits ? firstFailure : null;
        }
        if (cause == null) {
            return false;
        }
        Withheld one = withheld.get(plan.stage());
        withheld.put(
                plan.stage(),
                one == null
                        ? new Withheld(
                                plan.stage(),
                                Withheld.Guard.FAILED_TRANSFER,
                                1,
                                cause.path(),
                                "a transfer of the plan failed: " + cause.path() + ": " + cause.reason())
                        : one.plusOne());
        return true;
    }
}
