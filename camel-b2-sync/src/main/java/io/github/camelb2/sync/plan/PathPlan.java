package io.github.camelb2.sync.plan;

import java.util.List;
import java.util.Objects;

/**
 * What one run does to one relative path: the unit of parallelism, of safety and of distribution.
 *
 * <p>Its actions run in their order and stop at the first failure. A plan without actions carries a problem instead.
 *
 * @param runId    the run it belongs to
 * @param planId   its number in the run, from 1
 * @param path     the relative path; empty when its problem concerns the run
 * @param expected what the destination held when it was planned
 * @param actions  what to do, in order
 * @param problems why nothing is done
 */
public record PathPlan(
        String runId, long planId, String path, Expected expected, List<SyncAction> actions, List<Problem> problems) {

    /** Copies the lists; an action for another path is a programming error. */
    public PathPlan {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(expected, "expected");
        actions = List.copyOf(actions);
        problems = List.copyOf(problems);
        for (SyncAction action : actions) {
            if (!action.path().equals(path)) {
                throw new IllegalArgumentException("the plan for " + path + " has an action for " + action.path());
            }
        }
    }

    /** How many of its actions delete or hide something. */
    public long destructiveActions() {
        return actions.stream().filter(action -> action.kind().isDestructive()).count();
    }

    /** How many bytes its actions move. */
    public long bytes() {
        return actions.stream().mapToLong(SyncAction::bytes).sum();
    }

    /** The lines of its actions, as a dry run prints them. */
    public List<String> lines() {
        return actions.stream().map(SyncAction::line).toList();
    }
}
