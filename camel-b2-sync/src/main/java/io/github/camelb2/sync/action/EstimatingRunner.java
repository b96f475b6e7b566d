// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;

/**
 * Does no action, and tells what each would be billed. It looks at source and destination where the run will, by the same
 * listings, so that these are counted as they are and not guessed. Thread-safe.
 */
public final class EstimatingRunner extends ForwardingRunner {
    private final Consumer<Bill> bills;

    /**
     * @param real  whose looks are taken
     * @param bills hears what each action will be billed, without its looks
     */
    public EstimatingRunner(ActionRunner real, Consumer<Bill> bills) {
        super(real);
        this.bills = bills;
    }

    @Override
    public Result perform(PathPlan plan, SyncAction action) throws IOException {
        bills.accept(expected(action));
        return new Result("", false);
    }

    /** What a run does not look at within its first minute. */
    @Override
    public Optional<String> checkTransfer(PathPlan plan, SyncAction action) {
        return Optional.empty();
    }

    /** Nor at this. */
    @Override
    public void checkShown(SyncAction action, LookFor whom) {}

    @Override
    public int checkDestination(PathPlan plan, String storedFileId) throws IOException {
        lookBeforeRemoval(plan);
        return 0;
    }

    /** Takes the listings that the look will take; there are no markers to be judged. */
    @Override
    public List<Hidden.Mistake> lookBelowMarkers(List<Hidden> hidden) {
        readBelowMarkers(hidden);
        return List.of();
    }
}
