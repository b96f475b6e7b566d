package io.github.camelb2.sync.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.sync.action.Leftovers;
import io.github.camelb2.sync.action.SyncActionException;
import io.github.camelb2.sync.plan.PathPlan;
import io.github.camelb2.sync.plan.Problem;
import io.github.camelb2.sync.plan.SyncPlan;
import io.github.camelb2.sync.plan.SyncRun;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.SyncReport;

/**
 * One run from its first look at the source to its report.
 *
 * <p>As an iterator it gives the path plans one by one, to one thread, and never throws because of a scan. Plans are
 * carried out by any threads with {@link #execute}; {@link #finish} waits for those under way and makes the report.
 */
public final class SyncSession implements Iterator<PathPlan>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncSession.class);

    private final SyncJob job;
    private final SyncRun run;
    private final SyncPlan plan;
    private final PathPlanExecutor executor;
    private final ReportCollector report;
    private final RunListener listener;
    private final Leftovers leftovers;
    private final InstantSource clock;
    private final long startedMillis;

    /** Lets one worker at a time ask for the next plan. */
    private final Object pulling = new Object();

    /** Guards the counts below; notified when a plan is done. */
    private final Object lock = new Object();

    private long pulled;
    private long done;
    private long underWay;
    /** The plans that came back, by their ids: one that is given again counts once. */
    private final BitSet begun = new BitSet();

    private long peakUnderWay;
    private @Nullable Thread scanning;
    private long lastPlanId = -1;
    private boolean stopped;
    private boolean exhausted;
    private boolean ended;
    private long endedMillis;

    SyncSession(
            SyncJob job,
            SyncRun run,
            SyncPlan plan,
            PathPlanExecutor executor,
            ReportCollector report,
            RunListener listener,
            Leftovers leftovers,
            InstantSource clock) {
        this.job = job;
        this.run = run;
        this.plan = plan;
        this.executor = executor;
        this.report = report;
        this.listener = listener;
        this.leftovers = leftovers;
        listener.attach(this);
        this.clock = clock;
        this.startedMillis = clock.millis();
    }

    /** The id of the run. */
    public String runId() {
        return run.id();
    }

    /** What was asked for. */
    public SyncJob job() {
        return job;
    }

    @Override
    public boolean hasNext() {
        if (!beginScan()) {
            return false;
        }
        boolean found;
        try {
            found = plan.hasNext();
        } finally {
            endScan();
        }
        synchronized (lock) {
            exhausted = !found;
            return found && !stopped;
        }
    }

    /** The next plan; a problem that it carries is in the report from then on. */
    @Override
    public PathPlan next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        PathPlan next = plan.next();
        next.problems().forEach(problem -> report.problem(next.planId(), problem));
        if (!next.actions().isEmpty()) {
            synchronized (lock) {
                lastPlanId = Math.max(lastPlanId, next.planId());
                pulled++;
                peakUnderWay = Math.max(peakUnderWay, pulled - done);
            }
        }
        return next;
    }

    private interface Execution {
        void execute(PathPlan plan) throws SyncActionException;
    }

    /**
     * Carries out one plan of this run.
     *
     * @throws SyncActionException if an action failed; the report knows already
     */
    public void execute(PathPlan next) throws SyncActionException {
        execute(next, executor::execute);
    }

    /**
     * Carries out a plan that says of itself to be of this run and came as a message, which anybody may have written.
     *
     * @throws IllegalArgumentException if this run has made no plan of that number
     * @throws SyncActionException      if an action failed, or names a version that lies elsewhere; the report knows
     */
    public void executeMessage(PathPlan next) throws SyncActionException {
        synchronized (lock) {
            if (next.planId() < 0 || next.planId() > lastPlanId) {
                throw new IllegalArgumentException("the path plan says that it is number " + next.planId() + " of run "
                        + run.id() + ", which has made no such plan");
            }
        }
        execute(next, executor::executeMessage);
    }

    private void execute(PathPlan next, Execution execution) throws SyncActionException {
        if (next.actions().isEmpty()) {
            return;
        }
        synchronized (lock) {
            begun.set(index(next));
            underWay++;
        }
        try {
            execution.execute(next);
        } finally {
            listener.ended(next.path());
            synchronized (lock) {
                done++;
                underWay--;
                lock.notifyAll();
            }
            listener.publish();
        }
    }

    /** Whether {@link #execute} or {@link #failed} was given that plan. */
    public boolean isBegun(PathPlan plan) {
        synchronized (lock) {
            return begun.get(index(plan));
        }
    }

    /**
     * A step of the route other than {@link #execute} failed, before a plan was carried out or behind that. The report
     * counts it, unless it knows already that the plan failed.
     */
    public void failed(PathPlan plan, Throwable cause) {
        boolean isDone;
        synchronized (lock) {
            isDone = begun.get(index(plan));
            begun.set(index(plan));
        }
        if (plan.actions().isEmpty() || executor.hasFailed(plan)) {
            return;
        }
        String step = isDone
                ? "the plan was carried out, but a step of the route behind it failed: "
                : "a step of the route failed before the plan was carried out: ";
        report.problem(
                isDone ? -plan.planId() : plan.planId(),
                new Problem(plan.path(), Problem.Kind.ACTION_FAILED, step + cause));
    }

    private static int index(PathPlan plan) {
        return (int) Math.min(plan.planId(), Integer.MAX_VALUE - 1);
    }

    /**
     * Carries out all plans on {@code job().workers()} threads, each taking the next plan when it has done its last, and
     * returns when none is under way any more. At no time are more plans pulled and not done than there are workers.
     *
     * @param workers has that many threads free; if it refuses one, because it is shut down, the run is stopped
     */
    public void executeAll(ExecutorService workers) {
        List<Future<?>> loops = new ArrayList<>();
        try {
            for (int i = 0; i < job.workers(); i++) {
                loops.add(workers.submit(this::executeUntilTheEnd));
            }
        } catch (RejectedExecutionException e) {
            // The context is stopping.
            stop();
        }
        boolean interrupted = false;
        for (Future<?> loop : loops) {
            interrupted |= await(loop);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void executeUntilTheEnd() {
        for (PathPlan next = pull(); next != null; next = pull()) {
            try {
                execute(next);
            } catch (SyncActionException e) {
                LOG.debug("{} of run {} failed", next.path(), run.id(), e);
            }
        }
    }

    private @Nullable PathPlan pull() {
        synchronized (pulling) {
            while (hasNext()) {
                PathPlan next = next();
                if (!next.actions().isEmpty()) {
                    return next;
                }
            }
            return null;
        }
    }

    /** Waits for a loop to its end; returns whether the wait was interrupted, which stops the scans. */
    private boolean await(Future<?> loop) {
        boolean interrupted = false;
        while (true) {
            try {
                loop.get();
                return interrupted;
            } catch (InterruptedException e) {
                stop();
                interrupted = true;
            } catch (ExecutionException e) {
                stop();
                report.problem(-1, new Problem("", Problem.Kind.ACTION_FAILED, "a worker broke off: " + e.getCause()));
                LOG.warn("A worker of {} broke off", this, e.getCause());
                return interrupted;
            }
        }
    }

    /** Ends the scans now; plans under way go on to their end. Any thread may call it. */
    public void stop() {
        synchronized (lock) {
            stopped = true;
            if (scanning != null) {
                // A scan may wait for B2; nobody wants its answer any more.
                scanning.interrupt();
            }
        }
    }

    /** Waits for the plans under way and reports. Calling it again gives the same report. */
    public SyncReport finish() {
        awaitNoneUnderWay();
        synchronized (lock) {
            if (!ended) {
                ended = true;
                endedMillis = clock.millis();
                addFinalProblems();
                if (exhausted && job.mode() == SyncReport.Mode.REAL) {
                    leftovers.remove();
                }
            }
        }
        close();
        listener.publish();
        return report.report(
                run.id(), job.name(), job.mode(), Duration.ofMillis(endedMillis - startedMillis), plan.compared());
    }

    /** Frees what the scans hold. */
    @Override
    public void close() {
        plan.close();
    }

    /** The figures as of now. */
    public SyncProgress progress() {
        SyncProgress.Phase phase;
        long until;
        synchronized (lock) {
            phase = ended
                    ? SyncProgress.Phase.ENDED
                    : plan.isScanned() ? SyncProgress.Phase.FINISHING : SyncProgress.Phase.SCANNING;
            until = ended ? endedMillis : clock.millis();
        }
        return new SyncProgress(
                plan.compared(),
                plan.plannedPaths(),
                report.actions(),
                report.failureCount(),
                plan.plannedBytes(),
                report.bytes() + listener.bytesUnderWay(),
                Duration.ofMillis(until - startedMillis),
                phase);
    }

    /** Whether the report was made. */
    boolean isEnded() {
        synchronized (lock) {
            return ended;
        }
    }

    /** The most path plans that were pulled and not done at one time. */
    long peakUnderWay() {
        synchronized (lock) {
            return peakUnderWay;
        }
    }

    private void addFinalProblems() {
        if (!exhausted) {
            String reason = stopped
                    ? "interrupted: the run was stopped before its end"
                    : "interrupted: the plan was not carried out to its end";
            report.problem(0, new Problem("", Problem.Kind.INTERRUPTED, reason));
        } else if (pulled > begun.cardinality()) {
            report.problem(
                    0,
                    new Problem(
                            "",
                            Problem.Kind.SKIPPED,
                            (pulled - begun.cardinality())
                                    + " path plans were taken out of the route and not carried out"));
        }
    }

    private boolean beginScan() {
        synchronized (lock) {
            if (stopped) {
                return false;
            }
            scanning = Thread.currentThread();
            return true;
        }
    }

    private void endScan() {
        synchronized (lock) {
            scanning = null;
            if (stopped) {
                // The interrupt was for the scan, which is over.
                Thread.interrupted();
            }
        }
    }

    private void awaitNoneUnderWay() {
        boolean interrupted = false;
        synchronized (lock) {
            while (underWay > 0) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    // Actions under way end by themselves; leaving now would report figures that still change.
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "run " + Objects.requireNonNull(run.id()) + " of sync " + job.name();
    }
}
