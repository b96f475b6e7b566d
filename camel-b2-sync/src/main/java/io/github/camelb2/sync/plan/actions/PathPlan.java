// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What one run does to one relative path at one stage: the unit of parallelism, of safety and of distribution.
 *
 * <p>Its actions run in their order and stop at the first failure. A plan without actions carries problems instead, or
 * nothing: such a one only marks that a stage has ended.
 *
 * @param runId      the run it belongs to
 * @param planId     its number in the run, from 1
 * @param path       the relative path; empty when its problem concerns the run
 * @param stage      when in a run it may be carried out
 * @param after      the number of the transfer that has to have gone well before; 0 for none
 * @param seenMillis when the buckets were looked at that it is about, in milliseconds since 1970; 0 when nobody knows
 * @param expected   what the destination held then
 * @param actions    what to do, in order
 * @param problems   why nothing is done
 * @param signature  that somebody made it who knows the key; empty for none
 */
public record PathPlan(
        String runId,
        long planId,
        String path,
        Stage stage,
        long after,
        long seenMillis,
        Expected expected,
        List<SyncAction> actions,
        List<Problem> problems,
        String signature) {

    /** The stages of a run. Removals come when both scans have ended; see {@link io.github.camelb2.sync.plan.SyncPlanner} for the guards. */
    public enum Stage {
        /** New and changed files: at once. */
        TRANSFER,
        /** Versions that a newer one of the same name replaces: after the transfer of that name. */
        SUPERSEDED,
        /** Names that the source does not have: after every transfer of the run, if none failed. */
        VANISHED
    }

    /** Copies the lists; an action for another path is a programming error. */
    public PathPlan {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(signature, "signature");
        actions = List.copyOf(actions);
        problems = List.copyOf(problems);
        for (SyncAction action : actions) {
            if (!action.path().equals(path)) {
                throw new IllegalArgumentException("the plan for " + path + " has an action for " + action.path());
            }
        }
    }

    /** A plan that waits for nothing, of whose destination nobody knows when it was looked at. */
    public PathPlan(
            String runId,
            long planId,
            String path,
            Expected expected,
            List<SyncAction> actions,
            List<Problem> problems) {
        this(runId, planId, path, Stage.TRANSFER, 0, 0, expected, actions, problems, "");
    }

    /** The same with that signature. */
    public PathPlan withSignature(String other) {
        return new PathPlan(runId, planId, path, stage, after, seenMillis, expected, actions, problems, other);
    }

    /** The same without what is told of it, which may name places of the machine that planned it. */
    public PathPlan withoutProblems() {
        return new PathPlan(runId, planId, path, stage, after, seenMillis, expected, actions, List.of(), signature);
    }

    /** The same with other actions. */
    public PathPlan withActions(List<SyncAction> other) {
        return new PathPlan(runId, planId, path, stage, after, seenMillis, expected, other, problems, signature);
    }

    /** How many of its actions delete or hide something. */
    public long destructiveActions() {
        return actions.stream().filter(action -> action.kind().isDestructive()).count();
    }

    /** What of the destination's bucket nobody sees or has any more when it was carried out; markers hold nothing. */
    public List<StoredContent> takes() {
        if (!(expected instanceof Expected.Newest newest)) {
            return List.of();
        }
        List<StoredContent> taken = new ArrayList<>();
        for (SyncAction action : actions) {
            if (action instanceof SyncAction.Delete delete) {
                taken.add(delete.fileId().equals(newest.fileId()) ? newest.content() : delete.content());
            } else if (action instanceof SyncAction.Hide) {
                taken.add(newest.content());
            }
        }
        taken.removeIf(content -> content.size() <= 0);
        return taken;
    }

    /** How many bytes its actions move. */
    public long bytes() {
        return actions.stream().mapToLong(SyncAction::bytes).sum();
    }

    /** The time of the file that it transfers, in milliseconds since 1970; 0 where it transfers none. */
    public long modifiedMillis() {
        return actions.stream()
                .filter(SyncAction.Transfer.class::isInstance)
                .mapToLong(action -> ((SyncAction.Transfer) action).modifiedMillis())
                .findFirst()
                .orElse(0);
    }

    /** The lines of its actions, as a dry run prints them. */
    public List<String> lines() {
        return actions.stream().map(SyncAction::line).toList();
    }
}
