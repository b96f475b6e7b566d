package io.github.camelb2.sync.run;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Function;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.BucketAccess;
import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.ClientBucketSide;
import io.github.camelb2.sync.action.Leftovers;
import io.github.camelb2.sync.action.LocalSide;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.Side;
import io.github.camelb2.sync.action.Sides;
import io.github.camelb2.sync.action.SyncActionException;
import io.github.camelb2.sync.plan.CompareMode;
import io.github.camelb2.sync.plan.PathPlan;
import io.github.camelb2.sync.plan.ScanItem;
import io.github.camelb2.sync.plan.SyncPlan;
import io.github.camelb2.sync.plan.SyncPlanner;
import io.github.camelb2.sync.plan.SyncPolicy;
import io.github.camelb2.sync.plan.SyncRun;
import io.github.camelb2.sync.plan.UploadMode;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.scan.LocalTree;
import io.github.camelb2.sync.scan.RemoteTree;
import io.github.camelb2.sync.scan.ScanFilters;
import io.github.camelb2.sync.wire.FileSpool;

/**
 * Makes sessions: joins scans, planner and executors for a job.
 *
 * @param source      gives access to a bucket of the source
 * @param destination gives access to a bucket of the destination
 * @param listener    hears of finished actions
 * @param progress    hears figures
 * @param clock       tells how long a run takes
 */
public record SyncEngine(
        Function<Location.Bucket, BucketAccess> source,
        Function<Location.Bucket, BucketAccess> destination,
        ActionListener listener,
        SyncProgressListener progress,
        InstantSource clock) {
    /**
     * Begins a run; both sides are looked at only when the first plan is asked for.
     *
     * @throws IllegalArgumentException if one side contains the other
     */
    public SyncSession open(SyncJob job, SyncRun run) {
        refuseOverlap(job);
        ReportCollector report = new ReportCollector();
        RunListener runListener = new RunListener(job.name(), report, progress, clock);
        boolean isToBucket = job.destination() instanceof Location.Bucket;
        Sides sides = sides(
                job,
                isToBucket ? runListener.calls() : runListener.callsAndBytes("source"),
                runListener.callsAndBytes("destination"));
        Leftovers leftovers = new Leftovers(run.nowMillis());
        ScanFilters.Place place =
                job.source() instanceof Location.Directory ? ScanFilters.Place.LOCAL : ScanFilters.Place.B2;
        SyncPlanner.PlanSupport support = new SyncPlanner.PlanSupport(
                FileSpool::new,
                file -> sides.local()
                        .source(file.path(), file.size(), file.modifiedMillis())
                        .digests(0)
                        .whole(),
                file -> job.filters().wouldExclude(file, place));
        SyncPlan plan = SyncPlanner.plan(
                new LazyScan(() -> scanSource(job, sides)),
                new LazyScan(() -> scanDestination(job, sides, leftovers)),
                job.policy(),
                run,
                support);
        PathPlanExecutor executor = new PathPlanExecutor(sides.runner(), job.mode(), listener, report);
        return new SyncSession(job, run, plan, executor, report, runListener, leftovers, clock);
    }

    /**
     * Carries out one plan of a run that this JVM does not know.
     *
     * @throws SyncActionException if an action failed
     */
    public void execute(SyncJob job, PathPlan plan) throws SyncActionException {
        Sides sides = sides(job, ClientListener.NONE, ClientListener.NONE);
        new PathPlanExecutor(sides.runner(), job.mode(), listener, new ReportCollector()).executeForeign(plan);
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
        return access.client().accountInfo().accountId();
    }

    private Sides sides(SyncJob job, ClientListener sourceListener, ClientListener destinationListener) {
        return new Sides(
                side(job, job.source(), source, sourceListener),
                side(job, job.destination(), destination, destinationListener));
    }

    private static Side side(
            SyncJob job, Location location, Function<Location.Bucket, BucketAccess> access, ClientListener listener) {
        if (location instanceof Location.Bucket bucket) {
            return new ClientBucketSide(access.apply(bucket), bucket, listener);
        }
        SyncPolicy policy = job.policy();
        // Only who compares content later needs the SHA-1 of a large file, for which it has to be read once more.
        boolean comparesContent =
                policy.compareMode() == CompareMode.SHA1 || policy.uploadMode() == UploadMode.INCREMENTAL;
        return new LocalSide(
                ((Location.Directory) location).path(), comparesContent ? policy.minimumPartSize() : Long.MAX_VALUE);
    }

    private static Iterator<? extends ScanItem> scanSource(SyncJob job, Sides sides) {
        if (job.source() instanceof Location.Directory directory) {
            return new LocalTree(
                    directory.path(),
                    ((Location.Bucket) job.destination()).prefix(),
                    LocalTree.Purpose.SOURCE,
                    job.filters(),
                    unfinished -> {});
        }
        RemoteTree.Purpose purpose = job.policy().direction().isToLocal()
                ? RemoteTree.Purpose.SOURCE_FOR_DISK
                : RemoteTree.Purpose.SOURCE_FOR_B2;
        return new RemoteTree(
                ((BucketSide) sides.source()).list(),
                ((Location.Bucket) job.source()).prefix(),
                purpose,
                job.filters());
    }

    private static Iterator<? extends ScanItem> scanDestination(SyncJob job, Sides sides, Leftovers leftovers) {
        if (job.destination() instanceof Location.Bucket bucket) {
            return new RemoteTree(
                    ((BucketSide) sides.destination()).list(),
                    bucket.prefix(),
                    RemoteTree.Purpose.DESTINATION,
                    ScanFilters.NONE);
        }
        Path root = ((Location.Directory) job.destination()).path();
        if (Files.notExists(root, LinkOption.NOFOLLOW_LINKS)) {
            return Collections.emptyIterator();
        }
        return new LocalTree(root, "", LocalTree.Purpose.DESTINATION, ScanFilters.NONE, leftovers::found);
    }
}
