// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

import java.util.Optional;

import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.Withheld;

/** Gets every problem of a run, one call at a time. It never throws: what it cannot keep it tells at the end. */
public interface ProblemLog {
    /** Keeps nothing. */
    ProblemLog NONE = new ProblemLog() {
        @Override
        public void problem(long planId, Problem problem) {}

        @Override
        public void recovered(long planId) {}

        @Override
        public void withheld(Withheld withheld) {}

        @Override
        public long since(Withheld withheld) {
            return 0;
        }

        @Override
        public Optional<String> end() {
            return Optional.empty();
        }
    };

    /** A failure or a skip of the plan of that number; 0 when it is none of a plan. */
    void problem(long planId, Problem problem);

    /** The plan of that number went well after all: its failures were none. */
    void recovered(long planId);

    /** Removals that were kept back. */
    void withheld(Withheld withheld);

    /** Since when an earlier run says that removals are kept back by that guard, in milliseconds since 1970; 0 if it does not. */
    long since(Withheld withheld);

    /** No more comes; answers why something was not kept, if so. May be called more than once. */
    Optional<String> end();
}
