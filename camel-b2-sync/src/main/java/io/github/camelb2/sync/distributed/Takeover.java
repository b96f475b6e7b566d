// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * What becomes of a run whose coordinator died: the next one goes on with it, or ends it; then nothing is removed, and the
 * run after that begins anew.
 */
public final class Takeover {
    private Takeover() {}

    /**
     * Makes a run go on with the one before, or give up because it cannot; does nothing if that one came to its end.
     *
     * @param options      tell the options of this run apart
     * @param seesItsTrees whether the directories of that run, by its id, are those that this one sees
     */
    public static void of(GivenRun run, Term term, String options, Predicate<String> seesItsTrees) {
        term.unfinished().ifPresent(before -> goOn(run, before, options, seesItsTrees));
    }

    private static void goOn(GivenRun run, Term.Unfinished before, String options, Predicate<String> seesItsTrees) {
        String died = "the coordinator of run " + before.runId() + " of this sync died while it was " + before.state();
        Optional<String> obstacle = obstacle(before, options, seesItsTrees);
        if (obstacle.isEmpty()) {
            try {
                run.goOn(before.left().orElseThrow().end());
                run.note("", died + "; this run has gone on with what it left, and this report tells of both");
            } catch (RuntimeException e) {
                obstacle = Optional.of("what it left cannot be read: " + e);
            }
        }
        obstacle.ifPresent(why -> run.giveUp(
                died + ", and " + why + ": this run removes nothing, and the next one looks at both sides anew"));
    }

    private static Optional<String> obstacle(Term.Unfinished before, String options, Predicate<String> seesItsTrees) {
        if (before.left().isEmpty()) {
            return Optional.of("its scans had not come to their end");
        }
        if (!before.left().get().options().equals(options)) {
            return Optional.of("its options were others");
        }
        return seesItsTrees.test(before.runId())
                ? Optional.empty()
                : Optional.of("it is not certain that it saw the directory that this one sees");
    }
}
