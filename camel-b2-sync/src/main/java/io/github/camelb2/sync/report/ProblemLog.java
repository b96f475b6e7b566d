package io.github.camelb2.sync.report;

import java.util.Optional;

import io.github.camelb2.sync.plan.Problem;
import io.github.camelb2.sync.plan.Withheld;

/** Gets every problem of a run, one call at a time. It never throws: what it cannot keep it tells at the end. */
public interface ProblemLog {
    /** Keeps nothing. */
    ProblemLog NONE = new ProblemLog() {
        @Override
        public void problem(Problem problem) {}

        @Override
        public void withheld(Withheld withheld) {}

        @Override
        public Optional<String> end() {
            return Optional.empty();
        }
    };

    /** A failure or a skip. */
    void problem(Problem problem);

    /** Removals that were kept back. */
    void withheld(Withheld withheld);

    /** No more comes; answers why something was not kept, if so. May be called more than once. */
    Optional<String> end();
}
