// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.RequestGate;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.ActionRunner;
import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.EstimatingRunner;
import io.github.camelb2.sync.action.LocalSide;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.Mandate;
import io.github.camelb2.sync.action.Side;
import io.github.camelb2.sync.action.Sides;
import io.github.camelb2.sync.action.backup.Backup;
import io.github.camelb2.sync.action.backup.BackupDirectory;
import io.github.camelb2.sync.action.bucket.BucketAccess;
import io.github.camelb2.sync.action.bucket.ClientBucketSide;
import io.github.camelb2.sync.action.failure.SyncActionException;
import io.github.camelb2.sync.action.local.Arrivals;
import io.github.camelb2.sync.action.local.Temporaries;
import io.github.camelb2.sync.action.local.UnixFacts;
import io.github.camelb2.sync.filter.Explanation;
import io.github.camelb2.sync.plan.LastLook;
import io.github.camelb2.sync.plan.PlanThreads;
import io.github.camelb2.sync.plan.ResumedPlan;
import io.github.camelb2.sync.plan.ScanEnd;
import io.github.camelb2.sync.plan.SyncPlan;
import io.github.camelb2.sync.plan.SyncPlanner;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.item.ContentSha1;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.path.Likeness;
import io.github.camelb2.sync.plan.path.Transfer;
import io.github.camelb2.sync.plan.policy.CompareMode;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.NewerFileMode;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.plan.policy.TrackRenames;
import io.github.camelb2.sync.plan.policy.UploadMode;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.ProblemLog;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.report.WithheldMemory;
import io.github.camelb2.sync.run.limit.CutoffRunner;
import io.github.camelb2.sync.run.limit.KeepingRunner;
import io.github.camelb2.sync.run.limit.LimitedRunner;
import io.github.camelb2.sync.run.limit.MandatedRunner;
import io.github.camelb2.sync.run.limit.RunBudget;
import io.github.camelb2.sync.run.limit.RunLimits;
import io.github.camelb2.sync.run.limit.TimeLimits;
import io.github.camelb2.sync.run.look.Look;
import io.github.camelb2.sync.run.look.RevisitedSides;
import io.github.camelb2.sync.run.look.ServiceClock;
import io.github.camelb2.sync.run.look.SourceLook;
import io.github.camelb2.sync.run.state.StateFile;
import io.github.camelb2.sync.scan.EmptyDirectories;
import io.github.camelb2.sync.scan.LocalTree;
import io.github.camelb2.sync.scan.OneName;
import io.github.camelb2.sync.scan.OtherForms;
import io.github.camelb2.sync.scan.Prefetch;
import io.github.camelb2.sync.scan.RemoteTree;
import io.github.camelb2.sync.scan.ScanFilters;
import io.github.camelb2.sync.scan.disk.DirectoryStates;
import io.github.camelb2.sync.scan.disk.DiskNames;
import io.github.camelb2.sync.scan.disk.Links;
import io.github.camelb2.sync.wire.FileSpool;
import io.github.camelb2.sync.wire.ProblemFile;
import io.github.camelb2.sync.wire.SortedLines;

/**
 * Makes sessions: joins scans, planner and executors for a job.
 *
 * @param source      gives access to a bucket of the source
 * @param destination gives access to a bucket of the destination
 * @param listener    hears of finished actions
 * @param progress    hears figures
 * @param clock       tells how long a run takes
 * @param memory      knows what earlier runs withheld
 */
public record SyncEngine(
        Function<Location.Bucket, BucketAccess> source,
        Function<Location.Bucket, BucketAccess> destination,
        ActionListener listener,
        SyncProgressListener progress,
        InstantSource clock,
        WithheldMemory memory) {
    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    /** In a run of its own, the source counts as seen for so long after its scans; plans may be kept for hours. */
    private static final Duration SEEN = Duration.ofMinutes(1);

    /** Of runs that know of no earlier ones. */
    public SyncEngine(
            Function<Location.Bucket, BucketAccess> source,
            Function<Location.Bucket, BucketAccess> destination,
            ActionListener listener,
            SyncProgressListener progress,
            InstantSource clock) {
        this(source, destination, listener, progress, clock, new WithheldMemory());
    }

    /**
     * Begins a run; both sides are looked at only when the first plan is asked for.
     *
     * @throws IllegalArgumentException if one side contains the other
     */
    public SyncSession open(SyncJob job, SyncRun run) {
        refuseOverlap(job);
        ReportCollector report = new ReportCollector(
                job.reportFile().<ProblemLog>map(ProblemFile::new).orElse(ProblemLog.NONE), job.prices());
        RunBudget budget = new RunBudget(job.limits(), job.time().cutoff());
        RunListener runListener = new RunListener(job.name(), job.mode(), report, progress, clock, budget);
        boolean isToBucket = job.destination() instanceof Location.Bucket;
        Optional<Temporaries> temporaries = temporaries(job, run.id());
        Sides sides = limited(job, budget)
                .sides(
                        job,
                        isToBucket ? runListener.calls() : runListener.callsAndBytes("source"),
                        runListener.callsAndBytes("destination"),
                        temporaries);
        ServiceClock serviceClock = serviceClock(sides);
        Optional<StateFile> states = job.source() instanceof Location.Directory
                ? job.stateFile()
                        .map(file ->
                                new StateFile(file, job.name(), job.source().text(), run.id(), use(job)))
                : Optional.empty();
        MemoryLedger ledger = new MemoryLedger(FileSpool::new, job.planTimeout());
        LongSupplier seen = sides.destination() instanceof BucketSide bucket ? bucket::seenMillis : () -> 0;
        LongSupplier seenAtSource = sides.source() instanceof BucketSide bucket ? bucket::seenMillis : () -> 0;
        Optional<Arrivals> arrivals = arrivals(job, temporaries, serviceClock.clock());
        Prefetch to = new Prefetch("destination", () -> scanDestination(job, sides, temporaries, arrivals), seen);
        Prefetch from = new Prefetch("source", () -> scanSource(job, sides, states), seenAtSource).beginningWith(to);
        RecordedSpools spools = new RecordedSpools();
        SyncPlanner.PlanSupport support =
                support(job, run, spools, sides, ledger, serviceClock, seenOf(sides, from, to), arrivals);
        SyncPlan plan = SyncPlanner.plan(from, to, job.policy(), run, support);
        if (job.transfers().renames() == TrackRenames.SIZE_AND_TIME) {
            LOG.warn(
                    "Sync {} takes files of equal size and time for one (trackRenames=sizeAndTime): nobody compares what is"
                            + " in them, and the report counts them apart as renameByTime",
                    job.name());
        }
        SourceLook look = new SourceLook(clock, SEEN);
        Optional<CutoffRunner> cutoff = cutoff(job, sides);
        PathPlanExecutor executor = new PathPlanExecutor(
                runner(job, cutoff.<ActionRunner>map(it -> it).orElseGet(() -> real(job, sides)), report, budget),
                job.mode(),
                listener,
                report,
                clock,
                guard(job, sides, look));
        Outage outage = new Outage(job.outageTimeout(), firstPause(job), clock, Sleeper.create());
        SyncSession session = new SyncSession(
                job,
                run,
                plan,
                executor,
                report,
                runListener,
                ledger,
                outage,
                temporaries,
                states,
                sides,
                look,
                clock,
                memory);
        session.goOnBy(spools, end -> resumed(job, run, support, end));
        session.endBy(cutoff.<Consumer<String>>map(it -> it::cutOff).orElse(reason -> {}));
        budget.onEnd(session::endByLimit);
        budget.onFull(reason -> session.giveUp("", reason));
        return session;
    }

    /** When what a plan is made of was looked at: the bucket of either side, or the one that was looked at before the other. */
    private static LongSupplier seenOf(Sides sides, Prefetch from, Prefetch to) {
        if (!(sides.source() instanceof BucketSide)) {
            return to::seenMillis;
        }
        return sides.destination() instanceof BucketSide
                ? () -> Math.min(from.seenMillis(), to.seenMillis())
                : from::seenMillis;
    }

    /** Says why a name of the source takes part, or does not; looks at that name and changes nothing. */
    public Explanation explain(SyncJob job, String path) {
        OneName name = new OneName(job.filters(), emptyDirectories(job));
        Optional<ScanItem> found;
        if (job.source() instanceof Location.Directory directory) {
            String prefix = job.destination() instanceof Location.Bucket bucket ? bucket.prefix() : "";
            found = name.inDirectory(directory.path(), prefix, path);
        } else {
            Location.Bucket bucket = (Location.Bucket) job.source();
            found = name.inBucket(
                    begin -> new ClientBucketSide(
                                    source.apply(bucket),
                                    new Location.Bucket(bucket.name(), bucket.prefix() + begin, bucket.asOf()),
                                    ClientListener.NONE,
                                    clock)
                            .list(),
                    bucket.prefix(),
                    job.policy().direction().isToLocal()
                            ? RemoteTree.Purpose.SOURCE_FOR_DISK
                            : RemoteTree.Purpose.SOURCE_FOR_B2,
                    path);
        }
        return new Explainer(job.filters(), place(job), job.transfers().preserve()).explain(path, found);
    }

    private ServiceClock serviceClock(Sides sides) {
        return new ServiceClock(
                clock,
                sides.destination() instanceof BucketSide bucket
                        ? () -> bucket.serviceClock().instant()
                        : clock);
    }

    private static StateFile.Use use(SyncJob job) {
        return job.mode() == SyncReport.Mode.REAL ? StateFile.Use.REMEMBERED : StateFile.Use.LOOKED_AT;
    }

    /** Begins to carry out what was planned before; the source is scanned where something is to go. */
    public PlannedRun apply(SyncJob job, String runId) {
        refuseOverlap(job);
        ReportCollector report = new ReportCollector(
                job.reportFile().<ProblemLog>map(ProblemFile::new).orElse(ProblemLog.NONE), job.prices());
        RunBudget budget = new RunBudget(job.limits(), job.time().cutoff());
        RunListener calls = new RunListener(job.name(), job.mode(), report, progress, clock, budget);
        Optional<Temporaries> temporaries = temporaries(job, runId);
        Sides sides = limited(job, budget)
                .sides(job, calls.callsAndBytes("source"), calls.callsAndBytes("destination"), temporaries);
        Optional<CutoffRunner> cutoff = cutoff(job, sides);
        PathPlanExecutor executor = new PathPlanExecutor(
                runner(job, cutoff.<ActionRunner>map(it -> it).orElseGet(() -> real(job, sides)), report, budget),
                job.mode(),
                listener,
                report,
                clock,
                guard(job, sides, new SourceLook(clock, SEEN)));
        ServiceClock serviceClock = serviceClock(sides);
        LastLook look = new LastLook(
                job.policy(),
                localSha1(sides),
                () -> sides.local().cutsTimes(),
                () -> serviceClock.trouble(clock.millis(), job.trustsNow()),
                new RevisitedSides(
                        sides,
                        () -> scanSource(job, sides, Optional.empty()),
                        serviceClock.clock().millis(),
                        serviceClock.clock(),
                        Optional.empty()));
        PlannedRun planned =
                new PlannedRun(job, runId, sides, executor, report, calls, temporaries, FileSpool::new, look, clock);
        planned.endBy(cutoff.<Consumer<String>>map(it -> it::cutOff).orElse(reason -> {}));
        budget.onEnd(planned::stop);
        budget.onFull(planned::giveUp);
        return planned;
    }

    /**
     * Both sides for whoever changes nothing; they are looked at when the first name is asked for.
     *
     * @throws IllegalArgumentException if one side contains the other
     */
    public Look look(SyncJob job) {
        return look(job, RequestGate.OPEN);
    }

    /** The same whose requests that gate lets pass. */
    public Look look(SyncJob job, RequestGate gate) {
        // Whoever reads one bucket against its digests may have no other side.
        if (!job.source().equals(job.destination())) {
            refuseOverlap(job);
        }
        ReportCollector used = new ReportCollector(ProblemLog.NONE, job.prices());
        RunBudget budget = new RunBudget(job.limits());
        RunListener calls = new RunListener(job.name(), job.mode(), used, SyncProgressListener.NONE, clock, budget);
        Sides sides = throughGate(job.limits().equals(RunLimits.NONE) ? gate : budget.and(gate))
                .sides(job, calls.callsAndBytes("source"), calls.callsAndBytes("destination"), Optional.empty());
        Prefetch to = new Prefetch(
                "destination", () -> scanDestination(job, sides, Optional.empty(), Optional.empty()), () -> 0);
        Prefetch from =
                new Prefetch("source", () -> scanSource(job, sides, Optional.empty()), () -> 0).beginningWith(to);
        return new Look(
                sides,
                from,
                to,
                new Transfer(
                        job.policy().withNewerFileMode(NewerFileMode.REPLACE), localSha1(sides), () -> sides.local()
                                .cutsTimes()),
                file -> job.filters().wouldExclude(file, place(job)),
                used::bill);
    }

    private static ContentSha1 localSha1(Sides sides) {
        return file -> sides.local()
                .source(file.path(), file.size(), file.modifiedMillis())
                .digests(0)
                .whole();
    }

    private static Optional<CutoffRunner> cutoff(SyncJob job, Sides sides) {
        return job.mode() == SyncReport.Mode.REAL && job.time().cutoff() == TimeLimits.Cutoff.HARD
                ? Optional.of(new CutoffRunner(real(job, sides)))
                : Optional.empty();
    }

    private static ActionRunner real(SyncJob job, Sides sides) {
        return sides.source() instanceof LocalSide source
                ? new ChosenRunner(sides.runner(), source, job.filters())
                : sides.runner();
    }

    private static ActionRunner runner(SyncJob job, ActionRunner real, ReportCollector report, RunBudget budget) {
        if (job.mode() == SyncReport.Mode.ESTIMATE) {
            return new EstimatingRunner(real, report::used);
        }
        return job.limits().equals(RunLimits.NONE) ? real : new LimitedRunner(real, budget);
    }

    /** The same whose requests the budget lets pass. */
    private SyncEngine limited(SyncJob job, RunBudget budget) {
        return throughGate(job.limits().equals(RunLimits.NONE) ? RequestGate.OPEN : budget);
    }

    private SyncEngine throughGate(RequestGate gate) {
        return gate == RequestGate.OPEN
                ? this
                : new SyncEngine(
                        bucket -> source.apply(bucket).throughGate(gate),
                        bucket -> destination.apply(bucket).throughGate(gate),
                        listener,
                        progress,
                        clock,
                        memory);
    }

    private static PathPlanExecutor.SourceGuard guard(SyncJob job, Sides sides, SourceLook look) {
        return job.policy().emptySource() == SyncPolicy.EmptySource.ALLOWED
                ? () -> {}
                : () -> look.check(() -> scanSource(job, sides, Optional.empty()));
    }

    private static SyncPlanner.PlanSupport support(
            SyncJob job,
            SyncRun run,
            RecordedSpools spools,
            Sides sides,
            MemoryLedger ledger,
            ServiceClock serviceClock,
            LongSupplier seen,
            Optional<Arrivals> arrivals) {
        ScanFilters.Place place = place(job);
        return new SyncPlanner.PlanSupport(
                spools,
                localSha1(sides),
                file -> job.filters().wouldExclude(file, place),
                ledger,
                () -> serviceClock.trouble(run.nowMillis(), job.trustsNow()),
                seen,
                job.filters().unicode(),
                () -> sides.local().cutsTimes(),
                () -> PlanThreads.of(comparers(job)),
                staying(job),
                new RevisitedSides(
                        sides,
                        () -> scanSource(job, sides, Optional.empty()),
                        serviceClock.clock().millis(),
                        serviceClock.clock(),
                        arrivals),
                job.transfers().order(),
                job.transfers().renames(),
                SortedLines::new,
                path -> sides.local().markOf(path),
                path -> job.policy().direction().isToLocal()
                        && job.transfers().preserve().comesLast(path));
    }

    /** Why names that the source lacks stay. */
    private static Function<String, Optional<String>> staying(SyncJob job) {
        if (!(job.source() instanceof Location.Directory directory)) {
            return path -> Optional.empty();
        }
        OtherForms forms = new OtherForms(
                directory.path(), job.filters().symlinks(), job.transfers().preserve());
        return path -> {
            Optional<String> impossible = DiskNames.atHand().unholdable(path);
            boolean noneGoes = job.policy().keepMode() == KeepMode.NO_DELETE;
            if (impossible.isPresent() || noneGoes || excludedGo(job)) {
                return impossible.map(reason -> "the source cannot have a file of that name, so it stays: " + reason);
            }
            return forms.reasonToStay(path).map(reason -> "it stays: " + reason);
        };
    }

    /** What a run before has left, judged by what both sides and its transfers have come to. */
    private static ResumedPlan resumed(SyncJob job, SyncRun run, SyncPlanner.PlanSupport support, ScanEnd end) {
        LastLook look = new LastLook(
                job.policy(),
                support.localSha1(),
                support.cutsTimes(),
                support.clockTrouble(),
                support.revisit(),
                support.transfers(),
                Optional.of(end));
        return new ResumedPlan(run.id(), end, new FileSpool(), new FileSpool(), look);
    }

    /** As many as workers to begin with, because they are idle while nothing moves. */
    private static ExecutorService comparers(SyncJob job) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(job.workers().first(), task -> {
            Thread thread = new Thread(task, "b2-sync-compare-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private static ScanFilters.Place place(SyncJob job) {
        return job.source() instanceof Location.Directory ? ScanFilters.Place.LOCAL : ScanFilters.Place.B2;
    }

    /** The account's first wait: who lets calls wait for less wants the run to wait for less too. */
    private Duration firstPause(SyncJob job) {
        if (job.destination() instanceof Location.Bucket bucket) {
            return destination.apply(bucket).calls().initialBackoff();
        }
        return job.source() instanceof Location.Bucket bucket
                ? source.apply(bucket).calls().initialBackoff()
                : CallSettings.DEFAULT.initialBackoff();
    }

    private static Optional<Temporaries> temporaries(SyncJob job, String runId) {
        return job.destination() instanceof Location.Directory directory
                ? Optional.of(new Temporaries(directory.path(), runId))
                : Optional.empty();
    }

    /** Only a real run writes to a disk to learn what time it is there. */
    private static Optional<Arrivals> arrivals(SyncJob job, Optional<Temporaries> temporaries, InstantSource clock) {
        Optional<Temporaries> real = temporaries.filter(own -> job.mode() == SyncReport.Mode.REAL);
        return job.destination() instanceof Location.Directory directory
                ? Optional.of(new Arrivals(directory.path(), real, clock))
                : Optional.empty();
    }

    /**
     * Carries out one plan of a run that this JVM does not know.
     *
     * @param look of all plans that come for these sides
     * @throws SyncActionException if an action failed
     */
    public void execute(SyncJob job, PathPlan plan, SourceLook look) throws SyncActionException {
        Optional<String> closed = job.time().closed(clock.instant());
        if (closed.isPresent()) {
            throw new SyncActionException(plan.path(), "not begun", new IllegalStateException(closed.get()));
        }
        Optional<Temporaries> temporaries = temporaries(job, UUID.randomUUID().toString());
        try {
            Sides sides = sides(job, ClientListener.NONE, ClientListener.NONE, temporaries);
            new PathPlanExecutor(
                            keeping(job, sides),
                            job.mode(),
                            listener,
                            new ReportCollector(),
                            clock,
                            guard(job, sides, look))
                    .executeForeign(plan);
            sides.forceDirectories();
        } finally {
            temporaries.ifPresent(Temporaries::close);
        }
    }

    /** Of a plan that somebody else made, no more is deleted than the own options allow. */
    private static ActionRunner keeping(SyncJob job, Sides sides) {
        return new KeepingRunner(real(job, sides), sides.destination(), job.policy());
    }

    /**
     * Carries out one plan of a run that somebody else coordinates, and tells what became of it.
     *
     * @param look    of all plans that come for these sides
     * @param mandate for how long it may do so
     */
    public PlanResult carryOut(SyncJob job, PathPlan plan, SourceLook look, Mandate mandate) {
        ReportCollector report = new ReportCollector();
        RunListener calls = new RunListener(
                job.name(), job.mode(), report, SyncProgressListener.NONE, clock, new RunBudget(RunLimits.NONE));
        DoneActions done = new DoneActions(plan, listener);
        Optional<Temporaries> temporaries = temporaries(job, UUID.randomUUID().toString());
        try {
            boolean isToBucket = job.destination() instanceof Location.Bucket;
            MandatedRunner.Gate gate = new MandatedRunner.Gate(mandate);
            Sides sides = passing(gate)
                    .sides(
                            job,
                            isToBucket ? calls.calls() : calls.callsAndBytes("source"),
                            calls.callsAndBytes("destination"),
                            temporaries);
            MandatedRunner.Covering covering = job.policy().keepMode() == KeepMode.DELETE
                    ? MandatedRunner.Covering.REMOVED
                    : MandatedRunner.Covering.STAYS;
            MandatedRunner runner = new MandatedRunner(keeping(job, sides), gate, sides.destination(), covering, clock);
            boolean isLeftAlone = new PathPlanExecutor(runner, job.mode(), done, report, clock, guard(job, sides, look))
                    .executeForeign(plan);
            runner.notes().forEach(note -> report.problem(plan.planId(), note));
            sides.forceDirectories();
            return isLeftAlone ? done.leftAlone(report) : done.result(report);
        } catch (SyncActionException e) {
            return done.result(report, e);
        } finally {
            temporaries.ifPresent(Temporaries::close);
        }
    }

    /** The same whose changes pass that gate. */
    private SyncEngine passing(MandatedRunner.Gate gate) {
        return new SyncEngine(
                source,
                bucket -> destination.apply(bucket).throughGate(gate).whileWanted(gate::isWanted),
                listener,
                progress,
                clock,
                memory);
    }

    /** Two components may log in to one account, which the options alone do not tell: its buckets are the same ones. */
    private void refuseOverlap(SyncJob job) {
        if (job.source() instanceof Location.Bucket from
                && job.destination() instanceof Location.Bucket to
                && from.overlaps(to)
                && accountId(source.apply(from)).equals(accountId(destination.apply(to)))) {
            throw from.overlapWith(to);
        }
    }

    private static String accountId(BucketAccess access) {
        return access.client().accountInfo(access.calls()).accountId();
    }

    private Sides sides(
            SyncJob job,
            ClientListener sourceListener,
            ClientListener destinationListener,
            Optional<Temporaries> temporaries) {
        return new Sides(
                side(job, job.source(), source, sourceListener, temporaries),
                side(job, job.destination(), destination, destinationListener, temporaries),
                absentAlthoughThere(job),
                Likeness.of(job.policy()));
    }

    private Side side(
            SyncJob job,
            Location location,
            Function<Location.Bucket, BucketAccess> access,
            ClientListener sideListener,
            Optional<Temporaries> temporaries) {
        if (location instanceof Location.Bucket bucket) {
            return new ClientBucketSide(access.apply(bucket), bucket, sideListener, clock);
        }
        SyncPolicy policy = job.policy();
        // Only who compares content later needs the SHA-1 of a large file, for which it has to be read once more.
        boolean comparesContent = policy.compareMode() == CompareMode.SHA1
                || policy.uploadMode() == UploadMode.INCREMENTAL
                || job.transfers().renames() == TrackRenames.SHA1;
        Path root = ((Location.Directory) location).path();
        LocalSide.Rules rules = new LocalSide.Rules(
                comparesContent ? policy.minimumPartSize() : Long.MAX_VALUE,
                existing(policy),
                job.source() instanceof Location.Bucket bucket
                        ? source.apply(bucket).transfers().fsync()
                        : TransferOptions.Fsync.AUTO,
                new LocalSide.Absent(absentAlthoughThere(job), excludedGo(job)),
                new Links(root, job.filters().symlinks()),
                Likeness.of(policy),
                job.filters()::passesBy,
                job.transfers()
                        .backup()
                        .<Backup>map(place -> new BackupDirectory(place.directory(), place.suffix(), root))
                        .orElse(Backup.NONE),
                job.transfers().preserve());
        UnixFacts.checkKnownTo(root, rules.preserve());
        return new LocalSide(root, rules, temporaries.orElseGet(() -> new Temporaries(root, "none")));
    }

    private static boolean excludedGo(SyncJob job) {
        return job.policy().excludedAtDestination() == SyncPolicy.ExcludedFiles.TREATED_AS_ABSENT;
    }

    private static LocalSide.Existing existing(SyncPolicy policy) {
        if (policy.compareMode() == CompareMode.NONE) {
            return LocalSide.Existing.STAYS;
        }
        return policy.newerFileMode() == NewerFileMode.SKIP
                ? LocalSide.Existing.STAYS_IF_NEWER
                : LocalSide.Existing.FAILS;
    }

    /** What the filters take out of the source is removed from the destination only where the user said so. */
    private static Predicate<ScanItem.SyncFile> absentAlthoughThere(SyncJob job) {
        return file -> excludedGo(job)
                && (job.filters().wouldExclude(file, place(job))
                        || (file instanceof ScanItem.RemoteFile remote
                                && !job.filters()
                                        .uploaded()
                                        .contains(remote.newest().uploadMillis())));
    }

    private static Iterator<? extends ScanItem> scanSource(SyncJob job, Sides sides, Optional<StateFile> states) {
        if (job.source() instanceof Location.Directory directory) {
            return new LocalTree(
                    directory.path(),
                    ((Location.Bucket) job.destination()).prefix(),
                    LocalTree.Purpose.SOURCE,
                    job.filters(),
                    unfinished -> {},
                    states.<DirectoryStates>map(file -> file).orElse(DirectoryStates.NONE),
                    sides.local()::followed,
                    emptyDirectories(job));
        }
        RemoteTree.Purpose purpose = job.policy().direction().isToLocal()
                ? RemoteTree.Purpose.SOURCE_FOR_DISK
                : RemoteTree.Purpose.SOURCE_FOR_B2;
        return new RemoteTree(
                ((BucketSide) sides.source()).list(),
                ((Location.Bucket) job.source()).prefix(),
                purpose,
                job.filters(),
                emptyDirectories(job));
    }

    private static EmptyDirectories emptyDirectories(SyncJob job) {
        return job.transfers().preserve().has(Preserve.What.EMPTY_DIRS)
                ? EmptyDirectories.STORED
                : EmptyDirectories.PASSED_BY;
    }

    private static Iterator<? extends ScanItem> scanDestination(
            SyncJob job, Sides sides, Optional<Temporaries> temporaries, Optional<Arrivals> arrivals) {
        if (job.destination() instanceof Location.Bucket bucket) {
            return new RemoteTree(
                    ((BucketSide) sides.destination()).list(),
                    bucket.prefix(),
                    job.policy().keepMode() == KeepMode.NO_DELETE
                            ? RemoteTree.Purpose.DESTINATION_THAT_KEEPS
                            : RemoteTree.Purpose.DESTINATION,
                    ScanFilters.NONE);
        }
        Path root = ((Location.Directory) job.destination()).path();
        if (Files.notExists(root, LinkOption.NOFOLLOW_LINKS)) {
            return Collections.emptyIterator();
        }
        return new LocalTree(
                root,
                "",
                LocalTree.Purpose.DESTINATION,
                ScanFilters.ofDestination(job.filters().symlinks()),
                file -> temporaries.ifPresent(own -> own.found(file)),
                arrivals.<DirectoryStates>map(own -> own).orElse(DirectoryStates.NONE),
                link -> {},
                emptyDirectories(job));
    }
}
