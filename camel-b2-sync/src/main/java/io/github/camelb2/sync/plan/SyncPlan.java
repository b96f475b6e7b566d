package io.github.camelb2.sync.plan;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The plans of one run, made one by one as they are asked for.
 *
 * <p>{@link #hasNext} and {@link #next} never throw because of a scan: what goes wrong comes as a plan with a problem.
 * Iteration belongs to one thread; the counts may be read by any. Paths that need nothing are counted and left out.
 */
public final class SyncPlan implements Iterator<PathPlan>, AutoCloseable {
    private static final int MAX_LATE_REFUSALS = 10_000;

    private final OrderedScan source;
    private final OrderedScan destination;
    private final SyncPolicy policy;
    private final SyncRun run;
    private final PlanSpool spool;
    private final PathPlanner paths;
    private final Predicate<ScanItem.SyncFile> excludedAtDestination;

    private final Shields sourceUnknown = new Shields();
    private final Shields destinationUnknown = new Shields();
    /** Directories that turned out to be unreadable after a file of their own name could have been planned. */
    private final Set<String> refusedLate = new HashSet<>();

    private final Spellings spellings = new Spellings();
    private final Unicode unicode;
    private final Guards guards;
    private final LongSupplier destinationSeen;

    private final Deque<PathPlan> ready = new ArrayDeque<>();
    private @Nullable Iterator<PathPlan> removals;
    private volatile boolean removing;
    private volatile boolean stopped;
    private boolean finished;
    private long lastPlanId;
    private long waiting;
    private final AtomicLong compared = new AtomicLong();
    private final AtomicLong plannedPaths = new AtomicLong();
    private final AtomicLong plannedBytes = new AtomicLong();
    private volatile boolean scansDone;

    SyncPlan(
            Iterator<? extends ScanItem> source,
            Iterator<? extends ScanItem> destination,
            SyncPolicy policy,
            SyncRun run,
            SyncPlanner.PlanSupport support) {
        this.source = new OrderedScan(source, "source");
        this.destination = new OrderedScan(destination, "destination");
        this.policy = policy;
        this.run = run;
        this.spool = support.spool().get();
        this.paths = new PathPlanner(policy, run.nowMillis(), support.localSha1());
        this.excludedAtDestination = support.excludedAtDestination();
        this.guards = new Guards(policy, support.transfers(), support.clockTrouble());
        this.destinationSeen = support.destinationSeen();
        this.unicode = support.unicode();
    }

    /**
     * Reads the scans on. It never waits for a transfer, because some splitters ask it before they begin the plan that
     * they have just taken; {@link #next} does, before the first removal.
     */
    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !finished && !stopped && (removals == null || removing)) {
            try {
                if (removing) {
                    takeRemoval();
                } else {
                    advance();
                }
            } catch (RuntimeException e) {
                // Only the spool's disk can fail here; without it nothing may be deleted.
                breakOff(e);
            }
        }
        return !stopped && (!ready.isEmpty() || !finished);
    }

    /** The next plan; one without actions and problems where the removals end with nothing to do. */
    @Override
    public PathPlan next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        PathPlan plan = ready.poll();
        return plan != null ? plan : nextRemoval();
    }

    /** What was withheld so far. */
    public List<Withheld> withheld() {
        return guards.withheld();
    }

    /** Whether names that vanished from the source wait for their removal. */
    public boolean vanishedWait() {
        return guards.vanishedWait();
    }

    /** Whether the next plan is the first removal: everything that moves was given. */
    public boolean isAtBarrier() {
        return ready.isEmpty() && removals != null && !removing && !finished;
    }

    /** Whether the removals have begun. */
    public boolean isRemoving() {
        return removing;
    }

    /** Source files that were looked at so far. */
    public long compared() {
        return compared.get();
    }

    /** Paths so far that need something done. */
    public long plannedPaths() {
        return plannedPaths.get();
    }

    /** Bytes so far that have to move. */
    public long plannedBytes() {
        return plannedBytes.get();
    }

    /** Whether both scans were read to their end, so that the counts are final. */
    public boolean isScanned() {
        return scansDone;
    }

    /** Ends the scans at the next name, however many need nothing; any thread may call it. */
    public void stop() {
        stopped = true;
    }

    /** Ends the plan: nothing more comes, and what was kept back is forgotten. */
    @Override
    public void close() {
        finished = true;
        ready.clear();
        spool.close();
        source.close();
        destination.close();
    }

    private void advance() {
        ScanItem from = source.peek();
        ScanItem to = destination.peek();
        if (from == null && to == null) {
            endOfScans();
        } else if (to == null) {
            takeSource(Objects.requireNonNull(from));
        } else if (from == null) {
            takeDestination(to);
        } else {
            merge(from, to);
        }
    }

    private void merge(ScanItem from, ScanItem to) {
        if (from instanceof ScanItem.Broken) {
            takeSource(from);
            return;
        }
        if (to instanceof ScanItem.Broken) {
            takeDestination(to);
            return;
        }
        int order = PathOrder.compare(from.sortKey(), to.sortKey());
        if (order == 0 && from instanceof ScanItem.SyncFile source && to instanceof ScanItem.SyncFile destination) {
            skipBoth();
            planPair(source, destination);
        } else if (order < 0 || (order == 0 && !(from instanceof ScanItem.SyncFile))) {
            // What shields a name must be known before the name itself is planned.
            takeSource(from);
        } else {
            takeDestination(to);
        }
    }

    private void skipBoth() {
        source.skip();
        destination.skip();
    }

    private void takeSource(ScanItem item) {
        source.skip();
        if (item instanceof ScanItem.SyncFile file) {
            planPair(file, null);
        } else if (item instanceof ScanItem.Refused refused) {
            shieldRefused(refused);
            report(refused, Problem.Kind.SOURCE_REFUSED);
        } else if (item instanceof ScanItem.Excluded excluded) {
            shieldExcluded(excluded);
        } else if (item instanceof ScanItem.Broken broken) {
            endWith(new Problem("", Problem.Kind.SCAN_BROKEN, "the scan of the source broke off: " + broken.reason()));
        }
    }

    private void takeDestination(ScanItem item) {
        destination.skip();
        if (item instanceof ScanItem.SyncFile file) {
            planAbsent(file);
        } else if (item instanceof ScanItem.Refused refused) {
            if (standsForNames(refused)) {
                destinationUnknown.coverNameAndBelow(refused.path());
            }
            report(refused, Problem.Kind.DESTINATION_REFUSED);
        } else if (item instanceof ScanItem.Broken broken) {
            endWith(new Problem(
                    "", Problem.Kind.SCAN_BROKEN, "the scan of the destination broke off: " + broken.reason()));
        }
    }

    /** The marker of the very folder that is synced is known; only a tree that could not be read hides every name. */
    private static boolean standsForNames(ScanItem.Refused refused) {
        return refused.reach() == Reach.TREE || !refused.path().isEmpty();
    }

    private void shieldRefused(ScanItem.Refused refused) {
        if (refused.weight() == ScanItem.Refused.Weight.SKIP
                && policy.excludedAtDestination() == SyncPolicy.ExcludedFiles.TREATED_AS_ABSENT) {
            return;
        }
        if (standsForNames(refused)) {
            sourceUnknown.coverNameAndBelow(refused.path());
        }
        if (refused.reach() == Reach.TREE && refusedLate.size() <= MAX_LATE_REFUSALS) {
            refusedLate.add(refused.path());
        }
    }

    private void shieldExcluded(ScanItem.Excluded excluded) {
        if (policy.excludedAtDestination() == SyncPolicy.ExcludedFiles.TREATED_AS_ABSENT) {
            return;
        }
        if (excluded.reach() == Reach.TREE) {
            sourceUnknown.coverBelow(excluded.path());
        } else {
            sourceUnknown.coverNameAndBelow(excluded.path());
        }
    }

    private void planPair(ScanItem.SyncFile from, ScanItem.@Nullable SyncFile to) {
        compared.incrementAndGet();
        if (!from.isVisible()) {
            // Nobody reads it there.
            if (to != null) {
                planAbsent(to);
            }
            return;
        }
        guards.sourceFile();
        if (to != null) {
            guards.destinationName();
        }
        if (destinationUnknown.covers(from.path())) {
            offer(problem(
                    from.path(),
                    Problem.Kind.DESTINATION_REFUSED,
                    "the destination could not be read there, so it is not known what it holds"));
            return;
        }
        if (to == null && waitsForSpelling(Spellings.Kind.NEW, from)) {
            return;
        }
        submitPair(from, to, destinationSeen.getAsLong());
    }

    private void submitPair(ScanItem.SyncFile from, ScanItem.@Nullable SyncFile to, long seen) {
        PathPlanner.Outcome outcome = paths.planPair(from, to);
        if (outcome.keptApart()) {
            guards.keptApart(from);
        }
        submit(from.path(), to, outcome, PathPlan.Stage.SUPERSEDED, seen);
    }

    private boolean waitsForSpelling(Spellings.Kind kind, ScanItem.SyncFile file) {
        return unicode == Unicode.NORMALIZED
                && Spellings.hasOthers(file.path())
                && (spellings.hold(kind, file, destinationSeen.getAsLong()) || kind == Spellings.Kind.VANISHED);
    }

    /**
     * Plans what waited for another spelling. Where each side has one name left over they are the same: equal files stay
     * under both names, and of different ones the new spelling is stored before the old one goes.
     */
    private void pairSpellings() {
        boolean nobodyKnows = spellings.hasOverflowed();
        if (nobodyKnows) {
            offer(problem(
                    "",
                    Problem.Kind.SKIPPED,
                    "more names of one side alone have other spellings than can be held, so none of them is removed"));
        }
        for (Spellings.Group group : spellings.release()) {
            boolean isPair = group.isPair() && !nobodyKnows;
            if (isPair
                    && staysAsItIs(
                            group.arrived().get(0).file(),
                            group.vanished().get(0).file())) {
                continue;
            }
            group.arrived().forEach(held -> submitPair(held.file(), null, held.seenMillis()));
            boolean mayGo = !nobodyKnows && (isPair || group.arrived().isEmpty());
            if (mayGo) {
                group.vanished().forEach(held -> submitAbsent(held.file(), held.seenMillis()));
            }
        }
    }

    private boolean staysAsItIs(ScanItem.SyncFile from, ScanItem.SyncFile to) {
        boolean stays = paths.isSame(from, to);
        if (stays && paths.looksDifferent(from, to)) {
            guards.keptApart(from);
        }
        return stays;
    }

    private void planAbsent(ScanItem.SyncFile file) {
        guards.destinationName();
        boolean leftAlone = policy.excludedAtDestination() == SyncPolicy.ExcludedFiles.LEFT_ALONE
                && excludedAtDestination.test(file);
        if (!leftAlone && !sourceUnknown.covers(file.path()) && !waitsForSpelling(Spellings.Kind.VANISHED, file)) {
            submitAbsent(file, destinationSeen.getAsLong());
        }
    }

    private void submitAbsent(ScanItem.SyncFile file, long seen) {
        submit(file.path(), file, paths.planAbsent(file), PathPlan.Stage.VANISHED, seen);
    }

    private void submit(
            String path, ScanItem.@Nullable SyncFile to, PathPlanner.Outcome outcome, PathPlan.Stage stage, long seen) {
        Expected expected = to == null ? new Expected.Nothing() : Expected.of(to);
        outcome.problems().stream()
                .filter(problem -> problem.kind() == Problem.Kind.DESTINATION_NEWER)
                .forEach(guards::notStored);
        long after = 0;
        if (!outcome.transfers().isEmpty() || !outcome.problems().isEmpty()) {
            PathPlan plan = new PathPlan(
                    run.id(),
                    ++lastPlanId,
                    path,
                    PathPlan.Stage.TRANSFER,
                    0,
                    seen,
                    expected,
                    outcome.transfers(),
                    outcome.problems(),
                    "");
            after = outcome.transfers().isEmpty() ? 0 : plan.planId();
            offer(plan);
        }
        if (!outcome.removals().isEmpty()) {
            boolean vanishes = outcome.removals().get(0).kind() == ActionKind.DELETE_LOCAL;
            PathPlan.Stage when = vanishes ? PathPlan.Stage.VANISHED : stage;
            guards.waits(when);
            waiting++;
            spool.add(new PathPlan(
                    run.id(), ++lastPlanId, path, when, after, seen, expected, outcome.removals(), List.of(), ""));
        }
    }

    private void endOfScans() {
        pairSpellings();
        scansDone = true;
        if (refusedLate.size() > MAX_LATE_REFUSALS) {
            endWith(new Problem(
                    "",
                    Problem.Kind.SCAN_BROKEN,
                    "more than " + MAX_LATE_REFUSALS + " directories could not be read, so nothing is deleted"));
            return;
        }
        guards.judgeScans().forEach(problem -> offer(problem(problem.path(), problem.kind(), problem.reason())));
        beginRemovals();
    }

    private void beginRemovals() {
        removals = spool.drain();
        finished = waiting == 0;
        if (finished) {
            spool.close();
        }
    }

    /** Waits for the transfers, and gives the first removal that the guards admit. */
    private PathPlan nextRemoval() {
        try {
            guards.judgeTransfers();
            removing = true;
        } catch (RuntimeException e) {
            breakOff(e);
        }
        return hasNext()
                ? Objects.requireNonNull(ready.poll())
                : new PathPlan(run.id(), ++lastPlanId, "", new Expected.Nothing(), List.of(), List.of());
    }

    private void takeRemoval() {
        Iterator<PathPlan> plans = Objects.requireNonNull(removals);
        if (!plans.hasNext()) {
            finished = true;
            spool.close();
            return;
        }
        PathPlan plan = plans.next();
        if (!refusedLate.contains(plan.path())) {
            guards.admit(plan).ifPresent(this::offer);
        }
    }

    private void breakOff(RuntimeException e) {
        removals = Collections.emptyIterator();
        finished = true;
        spool.close();
        offer(problem("", Problem.Kind.SCAN_BROKEN, "the plan broke off: " + e.getMessage()));
    }

    /** Ends the scans; what waits is counted as withheld. */
    private void endWith(Problem problem) {
        guards.scanBroke(problem.reason());
        offer(problem(problem.path(), problem.kind(), problem.reason()));
        beginRemovals();
    }

    private void offer(PathPlan plan) {
        ready.add(plan);
        count(plan);
    }

    private void count(PathPlan plan) {
        if (!plan.actions().isEmpty()) {
            plannedPaths.incrementAndGet();
            plannedBytes.addAndGet(plan.bytes());
        }
    }

    private void report(ScanItem.Refused refused, Problem.Kind failure) {
        if (refused.weight() != ScanItem.Refused.Weight.SILENT) {
            boolean fails = refused.weight() == ScanItem.Refused.Weight.FAILURE;
            offer(problem(refused.path(), fails ? failure : Problem.Kind.SKIPPED, refused.reason()));
        }
    }

    private PathPlan problem(String path, Problem.Kind kind, String reason) {
        return new PathPlan(
                run.id(),
                ++lastPlanId,
                path,
                new Expected.Nothing(),
                List.of(),
                List.of(new Problem(path, kind, reason)));
    }
}
