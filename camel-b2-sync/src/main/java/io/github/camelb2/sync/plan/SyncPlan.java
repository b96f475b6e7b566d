package io.github.camelb2.sync.plan;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
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

    private @Nullable PathPlan ready;
    private @Nullable Iterator<PathPlan> deferred;
    private boolean finished;
    private long lastPlanId;
    private long visibleSourceFiles;
    private long spooledDeletes;
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
    }

    @Override
    public boolean hasNext() {
        while (ready == null && !finished) {
            try {
                advance();
            } catch (RuntimeException e) {
                // Only the spool's disk can fail here; without it nothing may be deleted.
                endWith(new Problem("", Problem.Kind.SCAN_BROKEN, "the plan broke off: " + e.getMessage()));
            }
        }
        return ready != null;
    }

    @Override
    public PathPlan next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        PathPlan plan = Objects.requireNonNull(ready);
        ready = null;
        return plan;
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

    /** Ends the plan: nothing more comes, and what was kept back is forgotten. */
    @Override
    public void close() {
        finished = true;
        ready = null;
        spool.close();
    }

    private void advance() {
        if (deferred != null) {
            drain(deferred);
            return;
        }
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
            offer(refusal(refused, Problem.Kind.SOURCE_REFUSED));
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
            offer(refusal(refused, Problem.Kind.DESTINATION_REFUSED));
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
        if (from.isVisible()) {
            visibleSourceFiles++;
        }
        if (destinationUnknown.covers(from.path())) {
            offer(problem(
                    from.path(),
                    Problem.Kind.DESTINATION_REFUSED,
                    "the destination could not be read there, so it is not known what it holds"));
            return;
        }
        submit(from.path(), to, paths.planPair(from, to));
    }

    private void planAbsent(ScanItem.SyncFile file) {
        boolean leftAlone = policy.excludedAtDestination() == SyncPolicy.ExcludedFiles.LEFT_ALONE
                && excludedAtDestination.test(file);
        if (!leftAlone && !sourceUnknown.covers(file.path())) {
            submit(file.path(), file, paths.planAbsent(file));
        }
    }

    private void submit(String path, ScanItem.@Nullable SyncFile to, PathPlanner.Outcome outcome) {
        if (outcome.actions().isEmpty() && outcome.problems().isEmpty()) {
            return;
        }
        Expected expected = to == null ? new Expected.Nothing() : Expected.of(to);
        PathPlan plan = new PathPlan(run.id(), ++lastPlanId, path, expected, outcome.actions(), outcome.problems());
        long destructive = plan.destructiveActions();
        if (destructive == 0) {
            offer(plan);
            return;
        }
        spooledDeletes += destructive;
        // Past the limit none of them will come, so none needs a place.
        if (spooledDeletes <= policy.maxDelete()) {
            spool.add(plan);
        }
    }

    private void endOfScans() {
        scansDone = true;
        boolean emptyAllowed = policy.emptySource() == SyncPolicy.EmptySource.ALLOWED;
        if (visibleSourceFiles == 0 && !emptyAllowed) {
            endWith(new Problem(
                    "",
                    Problem.Kind.EMPTY_SOURCE,
                    "the source has no file to sync; if that is meant, set allowEmptySource=true"));
        } else if (spooledDeletes > policy.maxDelete()) {
            endWith(new Problem(
                    "",
                    Problem.Kind.TOO_MANY_DELETES,
                    "the run would delete or hide " + spooledDeletes + " versions and files, more than maxDelete="
                            + policy.maxDelete() + ": nothing was deleted or hidden, and files whose old versions would"
                            + " have been deleted were not replaced"));
        } else if (refusedLate.size() > MAX_LATE_REFUSALS) {
            endWith(new Problem(
                    "",
                    Problem.Kind.SCAN_BROKEN,
                    "more than " + MAX_LATE_REFUSALS + " directories could not be read, so nothing is deleted"));
        } else {
            deferred = spool.drain();
        }
    }

    private void drain(Iterator<PathPlan> plans) {
        if (!plans.hasNext()) {
            finished = true;
            spool.close();
            return;
        }
        PathPlan plan = plans.next();
        if (!refusedLate.contains(plan.path())) {
            offer(plan);
        }
    }

    private void endWith(Problem problem) {
        finished = true;
        spool.close();
        offer(problem(problem.path(), problem.kind(), problem.reason()));
    }

    private void offer(PathPlan plan) {
        ready = plan;
        if (!plan.actions().isEmpty()) {
            plannedPaths.incrementAndGet();
            plannedBytes.addAndGet(plan.bytes());
        }
    }

    private PathPlan refusal(ScanItem.Refused refused, Problem.Kind failure) {
        boolean fails = refused.weight() == ScanItem.Refused.Weight.FAILURE;
        return problem(refused.path(), fails ? failure : Problem.Kind.SKIPPED, refused.reason());
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
