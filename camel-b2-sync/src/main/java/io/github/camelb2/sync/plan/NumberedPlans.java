// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.path.PathPlanner;

/** Makes the path plans of one run, numbered from 1. Used by one thread. */
final class NumberedPlans {
    private final String runId;
    private final UnaryOperator<String> marks;
    private long last;

    /** @param marks tell a local file of the destination from others of its size and time */
    NumberedPlans(String runId, UnaryOperator<String> marks) {
        this.runId = runId;
        this.marks = marks;
    }

    /** What moves, or why nothing does. */
    PathPlan transfer(String path, ScanItem.@Nullable SyncFile destination, PathPlanner.Outcome outcome, long seen) {
        return new PathPlan(
                runId,
                ++last,
                path,
                PathPlan.Stage.TRANSFER,
                0,
                seen,
                expected(destination),
                outcome.transfers(),
                outcome.problems(),
                "");
    }

    /** What goes; {@code after} is the number of the transfer that has to have gone well before, 0 for none. */
    PathPlan removal(
            ScanItem.SyncFile destination, List<SyncAction> actions, PathPlan.Stage stage, long after, long seen) {
        return new PathPlan(
                runId, ++last, destination.path(), stage, after, seen, expected(destination), actions, List.of(), "");
    }

    /** Why nothing is done. */
    PathPlan problem(Problem problem) {
        return new PathPlan(runId, ++last, problem.path(), new Expected.Nothing(), List.of(), List.of(problem));
    }

    /** Only marks that a stage has ended. */
    PathPlan nothing() {
        return new PathPlan(runId, ++last, "", new Expected.Nothing(), List.of(), List.of());
    }

    private Expected expected(ScanItem.@Nullable SyncFile destination) {
        return destination == null ? new Expected.Nothing() : Expected.of(destination, marks);
    }
}
