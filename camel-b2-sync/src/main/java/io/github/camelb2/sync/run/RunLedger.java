// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.TransferOutcomes;

/**
 * A run's account of its plans: which were issued, are under way, and how they ended. Thread-safe.
 *
 * <p>What the barrier before the removals rests on: a plan that is not accounted for has not gone well.
 */
interface RunLedger extends TransferOutcomes, AutoCloseable {
    /** A plan is given out; the same one may be given out again. */
    void issued(PathPlan plan);

    /** Somebody has begun to carry it out. */
    void begun(PathPlan plan);

    /** It ended: well, or with a failure. Each {@link #begun} has its end. */
    void ended(PathPlan plan, @Nullable Problem failure);

    /** It could not be carried out because of what is in its way; the removals may take that away. */
    void clashed(PathPlan plan);

    /** Whether plans wait for what is in their way to be gone. */
    boolean hasClashed();

    /** Such a plan, when everything else was given out and has ended; empty when there is none. */
    Optional<PathPlan> takeClashed();

    /** It came back without having been carried out: left out by a step of a route, or failed before its turn. */
    void cameBack(PathPlan plan, Problem why);

    /** Whether anybody has begun it, or it came back. */
    boolean isBegun(PathPlan plan);

    /** How many of the plans that were issued nobody has begun. */
    long missing();

    /** How many of the plans that were issued came back without being carried out. */
    long leftOut();

    /** The most plans that were issued and not ended at one time. */
    long peakUnderWay();

    /** Waits until nothing that was issued is open any more; an interrupt and {@link #stop} end the wait. */
    void awaitTransfers();

    /** The next transfer that failed and was not tried once more; empty when there is none. */
    Optional<PathPlan> takeFailed();

    /** Waits until nothing is under way, whatever was issued. */
    void awaitNoneUnderWay();

    /** Whether somebody carries one out now. */
    boolean isAnyUnderWay();

    /** Ends waits for transfers: nobody wants the removals any more. */
    void stop();

    /** Frees what it keeps. */
    @Override
    void close();
}
