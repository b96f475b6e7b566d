// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Withheld;

/**
 * The plans of one run, in the order in which they may be carried out: made as they are asked for, or those that a run
 * before has left. Iteration belongs to one thread and never throws because of a scan; the counts may be read by any.
 */
public interface RunPlans extends Iterator<PathPlan>, AutoCloseable {
    /** What was withheld so far. */
    List<Withheld> withheld();

    /** How many names the destination was found to have so far; any thread may ask. */
    long destinationNames();

    /** Whether names that vanished from the source wait for their removal. */
    boolean vanishedWait();

    /** Whether the next plan waits for all transfers: it is the first removal, or what was found before that. */
    boolean isAtBarrier();

    /** Whether the removals have begun. */
    boolean isRemoving();

    /** Source files that were looked at so far. */
    long compared();

    /** Files so far whose content was to be compared and whose times were, because B2 does not know their SHA-1. */
    long comparedByTime();

    /** Paths so far that need something done. */
    long plannedPaths();

    /** Bytes so far that have to move. */
    long plannedBytes();

    /** Whether both scans were read to their end, so that the counts are final. */
    boolean isScanned();

    /** What the scans told, when they have come to their end and every transfer that they found was given; else empty. */
    Optional<ScanEnd> scanEnd();

    /** Ends the scans at the next name, however many need nothing; any thread may call it. */
    void stop();

    /** Ends the plan: nothing more comes, and what was kept back is forgotten. */
    @Override
    void close();
}
