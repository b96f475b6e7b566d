// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.util.Iterator;
import java.util.List;

import io.github.camelb2.sync.plan.ScanEnd;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.PlanResult;

/**
 * A run whose plans are carried out elsewhere, as whoever gives them out sees it. Plans are taken by one thread, and told
 * of by any.
 */
public interface GivenRun extends Iterator<PathPlan> {
    /** The id of the run. */
    String runId();

    /**
     * Takes up what a run before has left, before the first plan is asked for.
     *
     * @param end what its scans told
     * @throws RuntimeException if it cannot be read: nothing may be gone on with then
     */
    void goOn(ScanEnd end);

    /** How often a plan was given before this run took it up, the last of which does not count; 1 for a new one. */
    int attempts(PathPlan plan);

    /** A plan is given for the so-manieth time. */
    void attempted(PathPlan plan, int attempt);

    /** A plan was given to somebody; each has its {@link #ended} or {@link #lost}. */
    void begun(PathPlan plan);

    /** What became of a plan. */
    void ended(PathPlan plan, String worker, PlanResult result);

    /** Nobody knows what became of a plan, and nobody will. */
    void lost(PathPlan plan);

    /** What people should know of a path, or with an empty one of the run, and is no failure. */
    void note(String path, String reason);

    /** What is wrong and is no failure of a plan of this run: the run is not complete. */
    void trouble(String reason);

    /** The large files that workers of runs before had begun, as far as somebody kept them. */
    List<BegunFile> begunFiles();

    /** Keeps a large file that a worker has begun, or more that is known of it. */
    void keep(BegunFile file);

    /** A large file was finished: nobody has to know of it any more. */
    void forget(String fileId);

    /** Whether all that is wanted is stored, by a run that deletes: nobody wants a large file then that is not finished. */
    boolean isAllStored();

    /**
     * Ends large files at the end of the run.
     *
     * @param unwanted are cancelled
     * @param left     how many others stay, which is told
     */
    void endFiles(List<BegunFile> unwanted, int left);

    /** Ends the run early, for that reason: nothing that waits is removed. */
    void giveUp(String reason);

    /** Whether it was stopped before its end. */
    boolean isStopped();

    /** Whether both sides were read to their end. */
    boolean isScanned();

    /** Whether the removals have begun. */
    boolean isRemoving();

    /** How many names the destination was found to have so far. */
    long destinationNames();
}
