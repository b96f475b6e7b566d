// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.spool.PlanSpool;
import io.github.camelb2.sync.wire.FileSpool;

/** Spools of which somebody is told what comes to wait in them. */
final class RecordedSpools implements Supplier<PlanSpool> {
    private volatile Consumer<PathPlan> recorder = plan -> {};

    /** From now on that hears of each plan; what it throws ends the plan of the run. */
    void toldTo(Consumer<PathPlan> hears) {
        recorder = hears;
    }

    @Override
    public PlanSpool get() {
        PlanSpool spool = new FileSpool();
        return new PlanSpool() {
            @Override
            public void add(PathPlan plan) {
                recorder.accept(plan);
                spool.add(plan);
            }

            @Override
            public Iterator<PathPlan> drain() {
                return spool.drain();
            }

            @Override
            public void close() {
                spool.close();
            }
        };
    }
}
