// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.util.List;
import java.util.Optional;

import io.github.camelb2.sync.plan.ScanEnd;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.PlanResult;

/**
 * What of a run outlives its coordinator: its plans with their results, and what the scans told. Thread-safe.
 *
 * <p>While the scans go on it may be behind, because nobody goes on with such a run. From {@link #scanned} on, what was
 * kept is there when the call returns; a result may come late, and then the plan is looked at once more.
 *
 * <p>Each call throws {@link IllegalStateException} if it cannot be kept, or another coordinator has taken over.
 */
public interface PlanLedger {
    /** Of a run that ends with its coordinator. */
    PlanLedger NONE = new PlanLedger() {
        @Override
        public void keep(PathPlan plan) {}

        @Override
        public void again(PathPlan plan) {}

        @Override
        public void attempted(PathPlan plan, int attempt) {}

        @Override
        public void ended(PathPlan plan, String worker, PlanResult result) {}

        @Override
        public void scanned(String options, ScanEnd end) {}

        @Override
        public void read(Reader reader) {}

        @Override
        public void begun(BegunFile file) {}

        @Override
        public void gone(String fileId) {}

        @Override
        public List<BegunFile> begunFiles() {
            return List.of();
        }
    };

    /** Takes what was kept, in the order of numbers. */
    @FunctionalInterface
    interface Reader {
        void take(Kept kept);
    }

    /**
     * A plan that was kept.
     *
     * @param attempt how often it was given, from 1
     * @param worker  who ended it; empty if nobody has
     * @param end     its last result; empty if it has none
     */
    record Kept(PathPlan plan, int attempt, String worker, Optional<PlanResult> end) {}

    /** A transfer that goes out, a removal that waits, or a problem. */
    void keep(PathPlan plan);

    /** A plan goes out once more although it has a result. */
    void again(PathPlan plan);

    /** A plan goes out for the so-manieth time, because no worker answered. */
    void attempted(PathPlan plan, int attempt);

    /** What became of a plan. */
    void ended(PathPlan plan, String worker, PlanResult result);

    /**
     * Both sides were read, and every transfer was kept.
     *
     * @param options tell the options of the run apart
     */
    void scanned(String options, ScanEnd end);

    /** Reads all that was kept of the run that is gone on with. */
    void read(Reader reader);

    /** A worker has begun a large file, or more is known of it; it is there when the call returns. */
    void begun(BegunFile file);

    /** A large file was finished or cancelled. */
    void gone(String fileId);

    /** The large files that were kept and are not gone, of runs before too. */
    List<BegunFile> begunFiles();
}
