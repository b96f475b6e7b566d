// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.time.Duration;
import java.util.Optional;

import io.github.camelb2.sync.plan.ScanEnd;

/** The time for which one coordinator holds a sync. Thread-safe. */
public interface Term {
    /**
     * A run that did not come to its end, because its coordinator died.
     *
     * @param runId the run
     * @param state how far it was
     * @param left  what can be gone on with; empty where its scans had not ended
     */
    record Unfinished(String runId, String state, Optional<Left> left) {}

    /**
     * What a run left whose scans had ended; its plans are in {@link #plans}.
     *
     * @param options tell its options apart
     * @param end     what its scans told
     */
    record Left(String options, ScanEnd end) {}

    /** Later than that of every run of this name before. */
    long epoch();

    /** A run before that did not come to its end; empty if none. */
    Optional<Unfinished> unfinished();

    /** Keeps the plans of this run, and tells those that are gone on with. */
    PlanLedger plans();

    /**
     * Says that the coordinator lives.
     *
     * @param state how far the run is
     * @return false if another has taken the sync over
     */
    boolean holds(String state);

    /** Whether it is sure that no other has taken the sync over, so that something may be removed now. */
    boolean mayRemove();

    /** Why {@link #mayRemove} or {@link #holds} said no. */
    String loss();

    /**
     * For how long a removal may be begun that is given now: whoever takes over waits longer than that, so that none of a
     * coordinator that is gone is begun any more.
     */
    Duration removalTime();

    /** How long the first plan of this run waits, because removals of a run before may still be with the broker. */
    Duration settling();

    /** This run ends, and removals of it may still be with the broker; {@link #end} comes next. */
    void leavesRemovals();

    /** The run has ended. */
    void end();
}
