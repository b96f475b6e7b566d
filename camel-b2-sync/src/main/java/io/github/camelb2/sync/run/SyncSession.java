// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.transfer.work.WorkerTuner;
import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.LocalSide;
import io.github.camelb2.sync.action.Sides;
import io.github.camelb2.sync.action.failure.ErrorClass;
import io.github.camelb2.sync.action.failure.SyncActionException;
import io.github.camelb2.sync.action.failure.TypeClashException;
import io.github.camelb2.sync.action.local.Temporaries;
import io.github.camelb2.sync.distributed.BegunFile;
import io.github.camelb2.sync.distributed.GivenRun;
import io.github.camelb2.sync.distributed.PlanLedger;
import io.github.camelb2.sync.plan.ResumedPlan;
import io.github.camelb2.sync.plan.RunPlans;
import io.github.camelb2.sync.plan.ScanEnd;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.report.WithheldMemory;
import io.github.camelb2.sync.report.WorkerFigures;
import io.github.camelb2.sync.run.limit.Deadline;
import io.github.camelb2.sync.run.look.SourceLook;
import io.github.camelb2.sync.run.state.StateFile;

/**
 * One run from its first look at the source to its report: SCANNING, TRANSFERRING when both sides were read, REMOVING when
 * every transfer has ended, ENDED.
 *
 * <p>As an iterator it gives the path plans one by one, to one thread, and never throws because of a scan. Plans are
 * carried out by any threads with {@link #execute}; {@link #finish} waits for those under way and makes the report.
 */
public final class SyncSession implements Iterator<PathPlan>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncSession.class);

    private final SyncJob job;
    private final SyncRun run;
    private final PathPlanExecutor executor;
    private final ReportCollector report;
    private final RunListener listener;
    private final RunLedger ledger;
    private final Outage outage;
    private final Optional<Temporaries> temporaries;
    private final Optional<StateFile> states;
    private final Sides sides;
    private final SourceLook look;
    private final InstantSource clock;
    private final WithheldMemory memory;
    private final long startedMillis;

    private final WorkerTuner tuner;

    private @Nullable RecordedSpools spools;
    private @Nullable Function<ScanEnd, ResumedPlan> resumer;
    /** Another one from {@link #goOn} on, before the first plan is asked for. */
    private volatile RunPlans plan;

    private volatile boolean goesOn;

    /** Guards what follows. */
    private final Object lock = new Object();

    private volatile Consumer<String> cutoff = reason -> {};
    private volatile @Nullable Deadline deadline;
    private volatile UnaryOperator<PathPlan> signing = plan -> plan;
    private volatile @Nullable String gaveUpBecause;
    /** All plans are carried out by this run's own workers, in about the order in which they are given. */
    private volatile boolean isCarriedOutHere;

    /** Workers on other machines carry out all plans. */
    private volatile boolean isGivenElsewhere;

    private volatile long touchedNanos = System.nanoTime();
    private boolean abandoned;
    private @Nullable Thread scanning;
    private boolean secondTriesAreOver;
    private long lastPlanId = -1;
    /** The numbers of the plans that had been given when the run gave up, and came to nothing: a bit for each plan. */
    private final BitSet notDone = new BitSet();

    private boolean stopped;
    private boolean exhausted;
    private boolean ended;
    private long endedMillis;

    SyncSession(
            SyncJob job,
            SyncRun run,
            RunPlans plan,
            PathPlanExecutor executor,
            ReportCollector report,
            RunListener listener,
            RunLedger ledger,
            Outage outage,
            Optional<Temporaries> temporaries,
            Optional<StateFile> states,
            Sides sides,
            SourceLook look,
            InstantSource clock,
            WithheldMemory memory) {
        this.job = job;
        this.run = run;
        this.plan = plan;
        this.executor = executor;
        this.report = report;
        this.listener = listener;
        this.ledger = ledger;
        this.outage = outage;
        this.temporaries = temporaries;
        this.states = states;
        this.sides = sides;
        this.memory = memory;
        this.look = look;
        listener.attach(this);
        this.clock = clock;
        this.startedMillis = clock.millis();
        this.tuner = new WorkerTuner(job.workers(), clock);
    }

    /**
     * Tells the local file that a path of the source leads to from others of its size and time, and from itself as it was
     * before any change; empty where nobody knows.
     */
    public String sourceMark(String path) {
        return sides.source() instanceof LocalSide local ? local.wholeMarkOf(path) : "";
    }

    /** The time of the run begins; {@code breakOff} breaks off what is under way when a limit is reached. */
    void endBy(Consumer<String> breakOff) {
        cutoff = breakOff;
        if (job.mode() == SyncReport.Mode.REAL) {
            deadline = Deadline.begin(job.time(), clock, this::endByLimit);
        }
    }

    /** How a run before is gone on with: whoever hears of the removals that wait, and what makes a plan of what it left. */
    void goOnBy(RecordedSpools recorded, Function<ScanEnd, ResumedPlan> resume) {
        spools = recorded;
        resumer = resume;
    }

    /** Takes what a run before has left for the plan of this one; before the first plan is asked for. */
    ResumedPlan goOn(ScanEnd end) {
        ResumedPlan left = Objects.requireNonNull(resumer).apply(end);
        plan.close();
        plan = left;
        goesOn = true;
        return left;
    }

    /** A plan of a run before is one of this. */
    void takeOver(PathPlan given) {
        synchronized (lock) {
            lastPlanId = Math.max(lastPlanId, given.planId());
        }
        ledger.issued(given);
    }

    Optional<ScanEnd> scanEnd() {
        return isStopped() ? Optional.empty() : plan.scanEnd();
    }

    /** A limit of the run is reached: nothing more is begun. Any thread may call it. */
    void endByLimit(String reason) {
        giveUp("", reason);
        cutoff.accept(reason);
    }

    private void lookAtTheTime() {
        Deadline time = deadline;
        if (time != null) {
            time.check();
        }
    }

    /** The id of the run. */
    public String runId() {
        return run.id();
    }

    /** What was asked for. */
    public SyncJob job() {
        return job;
    }

    /** How long nobody has taken a plan or carried one out; zero while one is. */
    public Duration idle() {
        synchronized (lock) {
            if (scanning != null) {
                return Duration.ZERO;
            }
        }
        return ledger.isAnyUnderWay() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - touchedNanos);
    }

    @Override
    public boolean hasNext() {
        touchedNanos = System.nanoTime();
        lookAtTheTime();
        if (!beginScan()) {
            return false;
        }
        boolean found;
        try {
            found = plan.hasNext() || ledger.hasClashed();
        } finally {
            endScan();
        }
        synchronized (lock) {
            // A scan that was stopped finds nothing more, and has not come to its end.
            exhausted = !found && !stopped;
            return found && !stopped;
        }
    }

    /**
     * The next plan; a problem that it carries is in the report from then on. Before the first removal it waits for the
     * transfers that were given.
     */
    @Override
    public PathPlan next() {
        if (!hasNext()) {
            if (isStopped()) {
                // Between the caller's question and now; what it was promised is a plan of nothing.
                return nothing();
            }
            throw new NoSuchElementException();
        }
        if (!beginScan()) {
            return nothing();
        }
        PathPlan next;
        try {
            next = plan.hasNext()
                    ? secondTry().orElseGet(this::nextOfPlan)
                    : ledger.takeClashed().orElseGet(this::nothing);
        } finally {
            endScan();
        }
        report(next);
        if (next.stage() == PathPlan.Stage.VANISHED) {
            look.begin();
        }
        if (!next.actions().isEmpty()) {
            synchronized (lock) {
                lastPlanId = Math.max(lastPlanId, next.planId());
            }
            if (isCarriedOutHere && next.stage() != PathPlan.Stage.TRANSFER) {
                executor.expectRemoval(next);
            }
            ledger.issued(next);
        }
        return signing.apply(next);
    }

    /** What moved is on the disk with its name before anything goes. */
    private PathPlan nextOfPlan() {
        boolean isFirstRemoval = plan.isAtBarrier();
        PathPlan next = plan.next();
        if (isFirstRemoval) {
            sides.forceDirectories();
        }
        return next;
    }

    private void report(PathPlan next) {
        next.problems().forEach(problem -> report.problem(next.planId(), problem));
    }

    /** Signs the plans that are given from now on, because they may travel. */
    public void signWith(UnaryOperator<PathPlan> signer) {
        signing = signer;
    }

    /**
     * Checks that a plan is what this run gave out: anybody can make an object that says so, as reading JSON does.
     *
     * @throws IllegalArgumentException if it is not signed by this run
     */
    public void checkGiven(PathPlan given) {
        UnaryOperator<PathPlan> own = signing;
        byte[] found = given.signature().getBytes(StandardCharsets.UTF_8);
        if (own == null
                || !MessageDigest.isEqual(
                        own.apply(given.withSignature("")).signature().getBytes(StandardCharsets.UTF_8), found)) {
            throw new IllegalArgumentException("the path plan for " + given.path() + " is not signed by " + this
                    + ", which it names, so it is not carried out: give plans on as the run gave them");
        }
    }

    /** Before names go for good, what failed is tried once more. */
    private Optional<PathPlan> secondTry() {
        if (secondTriesAreOver || !plan.isAtBarrier() || !plan.vanishedWait()) {
            return Optional.empty();
        }
        ledger.awaitTransfers();
        Optional<PathPlan> again = ledger.takeFailed();
        secondTriesAreOver = again.isEmpty();
        return again;
    }

    private PathPlan nothing() {
        return new PathPlan(run.id(), Integer.MAX_VALUE, "", new Expected.Nothing(), List.of(), List.of());
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
        ledger.begun(next);
        @Nullable Problem failure = new Problem(next.path(), Problem.Kind.ACTION_FAILED, next.path() + " broke off");
        boolean clashed = false;
        try {
            untilTheServiceIsBack(next, execution);
            failure = null;
        } catch (SyncActionException e) {
            failure = new Problem(next.path(), Problem.Kind.ACTION_FAILED, String.valueOf(e.getMessage()));
            clashed = TypeClashException.isCauseOf(e);
            throw e;
        } finally {
            executor.forgetRemoval(next);
            listener.ended(next.path());
            if (clashed) {
                ledger.clashed(next);
            } else {
                ledger.ended(next, failure);
            }
            listener.publish();
            touchedNanos = System.nanoTime();
            endIfAbandoned();
        }
    }

    /** While the service is away, the same plan is tried again: taking the next ones would only fail them all. */
    private void untilTheServiceIsBack(PathPlan next, Execution execution) throws SyncActionException {
        lookAtTheTime();
        String reason = gaveUpBecause;
        if (reason != null) {
            // It was handed out before, and would only fail as the others did.
            notDone(next);
            throw new SyncActionException(next.path(), "not begun", new IllegalStateException(reason));
        }
        while (true) {
            try {
                execution.execute(next);
                outage.over();
                return;
            } catch (SyncActionException e) {
                if (!mayTryAgain(next, e)) {
                    account(next, e);
                    throw e;
                }
            }
        }
    }

    /** What made the run give up is in its report once, whatever number of plans it hit. */
    private void account(PathPlan next, SyncActionException failure) {
        if (ErrorClass.of(failure) == ErrorClass.FILE) {
            return;
        }
        if (gaveUpBecause == null) {
            executor.blame(next, failure);
        } else {
            notDone(next);
        }
    }

    void notDone(PathPlan next) {
        synchronized (lock) {
            notDone.set((int) Math.min(next.planId(), Integer.MAX_VALUE - 1));
        }
    }

    private boolean mayTryAgain(PathPlan next, SyncActionException failure) {
        return switch (ErrorClass.of(failure)) {
            case FATAL -> {
                giveUp(next.path(), failure.getMessage());
                yield false;
            }
            case OUTAGE -> outage.pause(next, failure, this);
            case FILE -> false;
        };
    }

    /** Whether {@link #execute} or {@link #failed} was given that plan. */
    public boolean isBegun(PathPlan plan) {
        return ledger.isBegun(plan);
    }

    /**
     * A step of the route other than {@link #execute} failed, before a plan was carried out or behind that. The report
     * counts it, unless it knows already that the plan failed.
     */
    public void failed(PathPlan plan, Throwable cause) {
        boolean isDone = ledger.isBegun(plan);
        boolean isKnown = executor.hasFailed(plan) || gaveUpBecause != null;
        if (plan.actions().isEmpty() || (isKnown && isOfAction(cause))) {
            return;
        }
        String step = isDone
                ? "the plan was carried out, but a step of the route behind it failed: "
                : "a step of the route failed before the plan was carried out: ";
        Problem problem = new Problem(plan.path(), Problem.Kind.ACTION_FAILED, step + cause);
        ledger.cameBack(plan, problem);
        report.problem(isDone ? -plan.planId() : plan.planId(), problem);
    }

    /** Whether the report knows a failure already, because it is the plan's own. */
    private static boolean isOfAction(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SyncActionException) {
                return true;
            }
        }
        return false;
    }

    /** A plan came back from a route that left it out, as a filter does. */
    public void leftOut(PathPlan plan) {
        if (!plan.actions().isEmpty() && !ledger.isBegun(plan)) {
            ledger.cameBack(
                    plan, new Problem(plan.path(), Problem.Kind.SKIPPED, "the route left it out: " + plan.path()));
        }
    }

    /**
     * Carries out all plans on as many threads as {@code job().workers()} says, and returns when none is under way any more.
     *
     * @param workers has as many threads free as there may be; if it refuses one, because it is shut down, the run is stopped
     */
    public void executeAll(ExecutorService workers) {
        isCarriedOutHere = true;
        new Workers(this, job.workers(), tuner, workers).run();
    }

    /** This run, for whoever has its plans carried out elsewhere. */
    public GivenRun givenElsewhere() {
        return givenElsewhere(PlanLedger.NONE, "");
    }

    /**
     * The same of a run that outlives whoever gives it out.
     *
     * @param kept    keeps its plans
     * @param options tell the options of the run apart
     */
    public GivenRun givenElsewhere(PlanLedger kept, String options) {
        isGivenElsewhere = true;
        Objects.requireNonNull(spools).toldTo(kept::keep);
        return new GivenPlans(this, executor, report, listener, ledger, kept, options);
    }

    boolean isScanned() {
        return plan.isScanned();
    }

    long destinationNames() {
        return plan.destinationNames();
    }

    boolean isRemoving() {
        return plan.isRemoving();
    }

    /** Whether it has given up, so that a plan that fails is no trouble of its own. */
    boolean hasGivenUp() {
        return gaveUpBecause != null;
    }

    /** The service has refused a call because it is busy. */
    void refused() {
        tuner.refused();
    }

    /** Ends the run early because every other action would fail too; the reason is in the report, once. */
    void giveUp(String path, @Nullable String reason) {
        synchronized (lock) {
            if (stopped || gaveUpBecause != null) {
                return;
            }
            // Whoever sees that it has given up makes the report, which must have the reason by then.
            report.problem(0, new Problem(path, Problem.Kind.GAVE_UP, "the run gave up before its end: " + reason));
            gaveUpBecause = "the run gave up: " + reason;
            stopped = true;
        }
        stop();
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
        plan.stop();
        ledger.stop();
        outage.stop();
    }

    /**
     * Nobody takes plans any more or makes the report: the run ends when none is under way, frees what it keeps, and logs
     * what became of it. Does nothing if it has ended. Any thread may call it.
     */
    public void abandon() {
        synchronized (lock) {
            if (ended) {
                return;
            }
            abandoned = true;
        }
        stop();
        endIfAbandoned();
    }

    private void endIfAbandoned() {
        synchronized (lock) {
            if (!abandoned || ended || ledger.isAnyUnderWay()) {
                return;
            }
        }
        SyncReport last = finish();
        LOG.warn("Nobody made the report of {}: {}", this, last);
    }

    boolean isStopped() {
        synchronized (lock) {
            return stopped;
        }
    }

    /** Waits for the plans under way and reports. Calling it again gives the same report. */
    public SyncReport finish() {
        ledger.awaitNoneUnderWay();
        executor.lookBack();
        sides.forceDirectories();
        endUnfinished();
        tellLost();
        boolean isFirst;
        synchronized (lock) {
            isFirst = !ended;
            if (!ended) {
                ended = true;
                endedMillis = clock.millis();
                addFinalProblems();
                commitState();
                report.endOfLog()
                        .ifPresent(trouble -> report.problem(0, new Problem("", Problem.Kind.ACTION_FAILED, trouble)));
                if (job.mode() == SyncReport.Mode.REAL) {
                    temporaries.ifPresent(Temporaries::removeLeftovers);
                }
            }
        }
        close();
        listener.publish();
        SyncReport made = report.report(
                run.id(),
                job.name(),
                job.mode(),
                Duration.ofMillis(endedMillis - startedMillis),
                plan.compared(),
                plan.comparedByTime());
        if (isFirst) {
            listener.ended(made, progress());
        }
        return made;
    }

    /** Whoever restores has to know what cannot come back. */
    private void tellLost() {
        if (isEnded() || !(sides.source() instanceof BucketSide bucket)) {
            return;
        }
        bucket.lost().ifPresent(reason -> {
            LOG.warn("{}: {}", this, reason);
            skip(reason);
        });
    }

    /** What killed and failed runs left unfinished in the bucket costs as files do, and nobody sees it. */
    private void endUnfinished() {
        synchronized (lock) {
            if (ended || stopped || !exhausted || job.mode() != SyncReport.Mode.REAL) {
                return;
            }
        }
        if (!(sides.destination() instanceof BucketSide bucket)) {
            return;
        }
        try {
            tellUnfinished(bucket.endUnfinished(
                    isAllStored() ? BucketSide.Unfinished.CANCELLED_IF_LEFT_HERE : BucketSide.Unfinished.COUNTED));
        } catch (B2Exception e) {
            skip("there are unfinished large files, which cannot be listed: " + e.getMessage());
        }
    }

    /** Then no later run goes on with what was left unfinished. */
    boolean isAllStored() {
        synchronized (lock) {
            if (!exhausted) {
                return false;
            }
        }
        boolean isComplete = report.failureCount() == 0
                && plan.withheld().isEmpty()
                && ledger.missing() == 0
                && ledger.leftOut() == 0;
        return isComplete && job.policy().keepMode() != KeepMode.NO_DELETE;
    }

    /** What workers elsewhere left unfinished: nobody here can tell whose it is but by what they said. */
    void endBegun(List<BegunFile> unwanted, int left, Consumer<String> ended) {
        if (!(sides.destination() instanceof BucketSide bucket)) {
            return;
        }
        long cancelled = 0;
        long stay = left;
        String trouble = "";
        for (BegunFile file : unwanted) {
            if (!trouble.isEmpty()) {
                stay++;
                continue;
            }
            try {
                if (bucket.cancelUnwanted(file.path(), file.fileId())) {
                    cancelled++;
                    ended.accept(file.fileId());
                } else {
                    stay++;
                }
            } catch (B2Exception e) {
                trouble = " One of them could not be cancelled: " + e.getMessage();
                stay++;
            }
        }
        if (cancelled > 0) {
            LOG.info(
                    "{} saw to it that {} large files are gone that workers had begun and not finished",
                    this,
                    cancelled);
        }
        if (stay > 0) {
            skip(stay + " large files that workers have begun below "
                    + job.destination().text() + " stay unfinished: an upload that failed, or a worker that is silent"
                    + " and lives, may go on with them. The operation cancelUnfinishedLargeFiles, or a lifecycle rule"
                    + " (daysFromStartingToCancelingUnfinishedLargeFiles), removes them." + trouble);
        }
    }

    private void tellUnfinished(BucketSide.UnfinishedCount count) {
        if (count.cancelled() > 0) {
            LOG.info("{} cancelled {} large files that earlier runs here left unfinished", this, count.cancelled());
        }
        if (count.left() > 0) {
            String trouble = count.trouble().isEmpty() ? "" : " One of them could not be cancelled: " + count.trouble();
            skip(count.left() + " unfinished large files lie below "
                    + job.destination().text() + ", first: "
                    + count.first() + ". They cost as files do, unless an upload of somebody else is under way: the"
                    + " operation cancelUnfinishedLargeFiles, or a lifecycle rule"
                    + " (daysFromStartingToCancelingUnfinishedLargeFiles), removes them. What this machine left, a"
                    + " complete run removes that deletes." + trouble);
        }
    }

    private void skip(String reason) {
        report.problem(0, new Problem("", Problem.Kind.SKIPPED, reason));
    }

    /** Frees what the scans hold. */
    @Override
    public void close() {
        Deadline time = deadline;
        if (time != null) {
            time.close();
        }
        plan.close();
        ledger.close();
        temporaries.ifPresent(Temporaries::close);
        states.ifPresent(StateFile::close);
    }

    /** The figures as of now. */
    public SyncProgress progress() {
        SyncProgress.Phase phase;
        long until;
        synchronized (lock) {
            phase = ended ? SyncProgress.Phase.ENDED : phase();
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
                phase,
                phase == SyncProgress.Phase.ENDED ? 0 : workersNow());
    }

    private int workersNow() {
        return isGivenElsewhere ? report.workers().size() : tuner.target();
    }

    /** What each worker on other machines has done so far; empty where this run has none. */
    public List<WorkerFigures> workers() {
        return report.workers();
    }

    private SyncProgress.Phase phase() {
        if (plan.isRemoving()) {
            return SyncProgress.Phase.REMOVING;
        }
        return plan.isScanned() ? SyncProgress.Phase.TRANSFERRING : SyncProgress.Phase.SCANNING;
    }

    /** Whether the report was made. */
    public boolean isEnded() {
        synchronized (lock) {
            return ended;
        }
    }

    /** What it was billed so far; of an estimate, what a run will be. */
    public Bill bill() {
        return report.bill();
    }

    /** The most path plans that were pulled and not done at one time. */
    public long peakUnderWay() {
        return ledger.peakUnderWay();
    }

    /** A run that may have stored or removed something tells the next one what it saw, however early it ended. */
    private void commitState() {
        if (states.isEmpty() || goesOn) {
            // What is gone on with was seen by another run.
            return;
        }
        try {
            boolean isComplete = plan.isScanned()
                    && report.failureCount() == 0
                    && plan.withheld().isEmpty();
            states.get().commit(isComplete);
        } catch (IOException e) {
            report.problem(0, new Problem("", Problem.Kind.ACTION_FAILED, "the stateFile could not be written: " + e));
        }
    }

    private void addFinalProblems() {
        List<Withheld> withheld = memory.since(job.name(), plan.withheld(), endedMillis, report::since);
        report.withheld(withheld);
        if (exhausted && job.mode() == SyncReport.Mode.REAL) {
            memory.ended(job.name(), withheld);
        }
        if (gaveUpBecause != null) {
            if (!notDone.isEmpty()) {
                report.problem(
                        0,
                        new Problem(
                                "",
                                Problem.Kind.SKIPPED,
                                notDone.cardinality() + " path plans were not carried out, because the run gave up; the"
                                        + " next run makes them again"));
            }
        } else if (!exhausted) {
            String reason = stopped
                    ? "interrupted: the run was stopped before its end"
                    : "interrupted: the plan was not carried out to its end";
            report.problem(0, new Problem("", Problem.Kind.INTERRUPTED, reason));
        }
        if (ledger.leftOut() > 0) {
            report.problem(
                    0,
                    new Problem(
                            "",
                            Problem.Kind.SKIPPED,
                            ledger.leftOut() + " path plans were taken out of the route and not carried out"));
        }
        if (ledger.missing() > 0 && exhausted) {
            report.problem(
                    0,
                    new Problem(
                            "",
                            Problem.Kind.NOT_RETURNED,
                            ledger.missing() + " path plans were handed out and never came back: nobody knows what"
                                    + " became of them"));
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
            touchedNanos = System.nanoTime();
            if (stopped) {
                // The interrupt was for the scan, which is over.
                Thread.interrupted();
            }
        }
    }

    @Override
    public String toString() {
        return "run " + Objects.requireNonNull(run.id()) + " of sync " + job.name();
    }
}
