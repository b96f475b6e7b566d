// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.MaxDelete;
import io.github.camelb2.sync.plan.policy.Removals;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ForeignPlansTest {
    private final ForeignPlans plans = new ForeignPlans();
    private final SyncPolicy own = SyncPolicy.of(Direction.LOCAL_TO_B2)
            .withKeepMode(KeepMode.DELETE)
            .withRemovals(Removals.SAFE.withMaxDelete(MaxDelete.of(2)));

    private static PathPlan removal(String run, long number) {
        String path = "gone-" + number;
        return new PathPlan(
                run,
                number,
                path,
                PathPlan.Stage.VANISHED,
                0,
                0,
                new Expected.Newest("id"),
                List.of(new SyncAction.Delete(path, "id", SyncAction.Delete.Note.NEWEST)),
                List.of(),
                "");
    }

    @Test
    void aRemovalThatIsGivenAgainCountsOnce() {
        plans.admit(removal("run", 1), own);
        plans.admit(removal("run", 2), own);
        plans.admit(removal("run", 1), own);
        plans.admit(removal("another run", 3), own);

        assertThatThrownBy(() -> plans.admit(removal("run", 3), own)).hasMessageContaining("maxDelete");
        plans.admit(removal("run", 2), own);
    }
}
