// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

import java.io.IOException;

import io.github.camelb2.sync.action.ActionRunner;
import io.github.camelb2.sync.action.ForwardingRunner;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;

/** Begins an action only where it can be brought to its end within the limits of the run. Thread-safe. */
public final class LimitedRunner extends ForwardingRunner {
    private final RunBudget budget;

    public LimitedRunner(ActionRunner real, RunBudget budget) {
        super(real);
        this.budget = budget;
    }

    @Override
    public Result perform(PathPlan plan, SyncAction action) throws IOException {
        if (action instanceof SyncAction.Hide) {
            budget.keepLook(action.line());
        }
        boolean isFromB2 = action instanceof SyncAction.Download || action instanceof SyncAction.Copy;
        long bytes = isFromB2 ? expected(action).downloadedBytes() : 0;
        long moving = action instanceof SyncAction.Transfer ? action.bytes() : 0;
        budget.promise(action.line(), bytes);
        boolean isDone = false;
        boolean isBegun = false;
        try {
            budget.transfer(action.line(), moving);
            isBegun = true;
            Result result = super.perform(plan, action);
            isDone = true;
            return result;
        } finally {
            if (!isDone) {
                budget.takeBack(bytes);
                budget.notTransferred(isBegun ? moving : 0);
            }
        }
    }
}
