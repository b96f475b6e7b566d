// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.PlanResult;

/**
 * What the coordinator of a run and its workers tell each other. None holds a key, a secret or a path of a machine.
 */
public sealed interface RunMessage {
    /** What it is about. */
    About about();

    /**
     * A run, as everybody who takes part knows it.
     *
     * @param sync    the name of the sync
     * @param runId   the run
     * @param epoch   grows with each run of that name: of two, the later one holds
     * @param options tells options apart without showing them: who has others takes no part
     * @param roots   the two places, by what they are everywhere: the bucket and the prefix, or a directory
     */
    record About(String sync, String runId, long epoch, String options, String roots) {}

    /** Workers may expect plans; those of runs before are not carried out any more. */
    record RunStarted(About about) implements RunMessage {}

    /**
     * A plan to carry out: a transfer, or a removal.
     *
     * @param seq              tells this giving from others of the same plan, and which of two is the later
     * @param attempt          how often it is given, from 1
     * @param leaseMillis      how long a worker may be silent about it
     * @param validUntilMillis nobody carries it out later, in milliseconds since 1970
     * @param destinationNames how many names the destination had; 0 while nobody knows
     * @param plan             what to do
     */
    record Act(
            About about,
            long seq,
            int attempt,
            long leaseMillis,
            long validUntilMillis,
            long destinationNames,
            PathPlan plan)
            implements RunMessage {}

    /** Both sides were read: what comes from now on is tried again, or removals. */
    record ScanEnded(About about) implements RunMessage {}

    /** Nothing of this run is to be carried out any more. */
    record RunEnded(About about) implements RunMessage {}

    /**
     * A worker is at work on a plan.
     *
     * @param largeFile the id of the large file that it has begun for it; empty if none
     */
    record Progress(About about, String worker, long seq, long planId, String largeFile) implements RunMessage {}

    /** A worker has ended a plan. */
    record Result(About about, String worker, long seq, long planId, PlanResult result) implements RunMessage {}
}
