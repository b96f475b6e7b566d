// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.actions.TransferOutcomes;
import io.github.camelb2.sync.plan.item.ContentSha1;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.merge.Revisit;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.plan.policy.TrackRenames;
import io.github.camelb2.sync.plan.policy.TransferOrder;
import io.github.camelb2.sync.plan.policy.Unicode;
import io.github.camelb2.sync.plan.spool.LineSort;
import io.github.camelb2.sync.plan.spool.PlanSpool;

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
     * <p>Plans that move files come while the scans go on. Plans that delete or hide come after both were read to their
     * end and the transfers have ended, as far as {@link Guards} admits them; the others are counted as withheld. A broken
     * scan, a wrong order and every refused name come as plans that carry a problem.
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
     * @param transfers             how the transfers that were given ended
     * @param clockTrouble          why nobody knows the age of a version; asked before the first removal
     * @param destinationSeen       when the destination's last item was looked at, in milliseconds since 1970; 0 for
     *                              nobody knows
     * @param unicode               when two names are one
     * @param cutsTimes             whether the local disk is known to hold times in coarse steps
     * @param threads               read files whose content is compared; asked when the first one comes
     * @param staysWithoutSource    why a name that the source lacks stays; empty if it need not
     * @param revisit               looks at both sides once more before names go
     * @param order                 which transfers come first
     * @param renames               what makes a name that vanished and one that came the same file
     * @param lines                 sorts what is known of such names
     * @param marks                 tell a local file of the destination, by its path, from others of its size and time
     * @param comesLast             whether a name waits until all others have come, and gone
     */
    public record PlanSupport(
            Supplier<PlanSpool> spool,
            ContentSha1 localSha1,
            Predicate<ScanItem.SyncFile> excludedAtDestination,
            TransferOutcomes transfers,
            Supplier<Optional<String>> clockTrouble,
            LongSupplier destinationSeen,
            Unicode unicode,
            BooleanSupplier cutsTimes,
            Supplier<PlanThreads> threads,
            Function<String, Optional<String>> staysWithoutSource,
            Revisit revisit,
            TransferOrder order,
            TrackRenames renames,
            Supplier<LineSort> lines,
            UnaryOperator<String> marks,
            Predicate<String> comesLast) {
        /** A spool on the heap, no content, no filter; every transfer goes well. */
        public static final PlanSupport DEFAULT = new PlanSupport(PlanSpool::onHeap, ContentSha1.NONE, file -> false);

        /** For plans that nobody carries out. */
        public PlanSupport(
                Supplier<PlanSpool> spool, ContentSha1 localSha1, Predicate<ScanItem.SyncFile> excludedAtDestination) {
            this(
                    spool,
                    localSha1,
                    excludedAtDestination,
                    TransferOutcomes.ALL_WELL,
                    Optional::empty,
                    () -> 0,
                    Unicode.EXACT,
                    () -> false,
                    PlanThreads::none,
                    path -> Optional.empty(),
                    Revisit.NONE,
                    TransferOrder.NAME,
                    TrackRenames.OFF,
                    LineSort::onHeap,
                    path -> "",
                    path -> false);
        }

        /** With transfers that end so. */
        public PlanSupport withTransfers(TransferOutcomes outcomes) {
            return new PlanSupport(
                    spool,
                    localSha1,
                    excludedAtDestination,
                    outcomes,
                    clockTrouble,
                    destinationSeen,
                    unicode,
                    cutsTimes,
                    threads,
                    staysWithoutSource,
                    revisit,
                    order,
                    renames,
                    lines,
                    marks,
                    comesLast);
        }

        /** With names that are compared so. */
        public PlanSupport withUnicode(Unicode comparison) {
            return new PlanSupport(
                    spool,
                    localSha1,
                    excludedAtDestination,
                    transfers,
                    clockTrouble,
                    destinationSeen,
                    comparison,
                    cutsTimes,
                    threads,
                    staysWithoutSource,
                    revisit,
                    order,
                    renames,
                    lines,
                    marks,
                    comesLast);
        }

        /** With a local disk that is known to cut times off, or not. */
        public PlanSupport withCutsTimes(BooleanSupplier cuts) {
            return new PlanSupport(
                    spool,
                    localSha1,
                    excludedAtDestination,
                    transfers,
                    clockTrouble,
                    destinationSeen,
                    unicode,
                    cuts,
                    threads,
                    staysWithoutSource,
                    revisit,
                    order,
                    renames,
                    lines,
                    marks,
                    comesLast);
        }

        /** With threads that read files. */
        public PlanSupport withThreads(Supplier<PlanThreads> readers) {
            return new PlanSupport(
                    spool,
                    localSha1,
                    excludedAtDestination,
                    transfers,
                    clockTrouble,
                    destinationSeen,
                    unicode,
                    cutsTimes,
                    readers,
                    staysWithoutSource,
                    revisit,
                    order,
                    renames,
                    lines,
                    marks,
                    comesLast);
        }

        /** With names that are the same file by that, and local files of these contents. */
        public PlanSupport withRenames(TrackRenames by, ContentSha1 sha1) {
            return new PlanSupport(
                    spool,
                    sha1,
                    excludedAtDestination,
                    transfers,
                    clockTrouble,
                    destinationSeen,
                    unicode,
                    cutsTimes,
                    threads,
                    staysWithoutSource,
                    revisit,
                    order,
                    by,
                    lines,
                    marks,
                    comesLast);
        }

        /** With transfers that come in that order. */
        public PlanSupport withOrder(TransferOrder by) {
            return new PlanSupport(
                    spool,
                    localSha1,
                    excludedAtDestination,
                    transfers,
                    clockTrouble,
                    destinationSeen,
                    unicode,
                    cutsTimes,
                    threads,
                    staysWithoutSource,
                    revisit,
                    by,
                    renames,
                    lines,
                    marks,
                    comesLast);
        }

        /** With sides that look so when they are looked at again. */
        public PlanSupport withRevisit(Revisit again) {
            return new PlanSupport(
                    spool,
                    localSha1,
                    excludedAtDestination,
                    transfers,
                    clockTrouble,
                    destinationSeen,
                    unicode,
                    cutsTimes,
                    threads,
                    staysWithoutSource,
                    again,
                    order,
                    renames,
                    lines,
                    marks,
                    comesLast);
        }
    }
}
