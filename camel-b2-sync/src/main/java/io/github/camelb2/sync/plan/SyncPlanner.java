package io.github.camelb2.sync.plan;

import java.util.Iterator;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The way into planning: two ordered scans and a policy in, a lazy sequence of path plans out. */
public final class SyncPlanner {

    private SyncPlanner() {}

    /**
     * Plans with a spool on the heap and no filters at the destination.
     *
     * @see #plan(Iterator, Iterator, SyncPolicy, SyncRun, PlanSupport)
     */
    public static SyncPlan plan(
            Iterator<? extends ScanItem> source,
            Iterator<? extends ScanItem> destination,
            SyncPolicy policy,
            SyncRun run) {
        return plan(source, destination, policy, run, PlanSupport.DEFAULT);
    }

    /**
     * Merges the two scans and plans every path, reading on only when the next plan is asked for.
     *
     * <p>Plans that only move files come while the scans go on. Plans that delete or hide come after the source was
     * read to its end: if it breaks off, if it has no file, or if they are more than the policy allows, none of them
     * comes. A broken scan, a wrong order and every refused name come as plans that carry a problem.
     */
    public static SyncPlan plan(
            Iterator<? extends ScanItem> source,
            Iterator<? extends ScanItem> destination,
            SyncPolicy policy,
            SyncRun run,
            PlanSupport support) {
        return new SyncPlan(source, destination, policy, run, support);
    }

    /**
     * What planning is given besides files.
     *
     * @param spool                 keeps plans that delete or hide until the end of the source
     * @param localSha1             tells the digest of local content where it is compared
     * @param excludedAtDestination the files of the destination that the user's filters exclude
     */
    public record PlanSupport(
            Supplier<PlanSpool> spool, ContentSha1 localSha1, Predicate<ScanItem.SyncFile> excludedAtDestination) {
        /** A spool on the heap, no content, no filter. */
        public static final PlanSupport DEFAULT = new PlanSupport(PlanSpool::onHeap, ContentSha1.NONE, file -> false);
    }
}
