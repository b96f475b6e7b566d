// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.plan.actions.Problem;

/**
 * What became of one path plan that a worker elsewhere was given.
 *
 * @param outcome how it ended
 * @param done    what of it was done, in the order in which it was
 * @param reason  one sentence for a person; empty when it went well
 * @param skips   what was left out on purpose
 * @param bill    what B2 bills for it
 */
public record PlanResult(Outcome outcome, List<Done> done, String reason, List<Problem> skips, Bill bill) {
    /** How a plan ended. */
    public enum Outcome {
        /** It was carried out. */
        DONE,
        /** Somebody had carried it out already: usually a worker that did not live to say so. */
        ALREADY_DONE,
        /**
         * The destination, or the source, is not what was planned for, so nothing was done. With skips it was left alone on
         * purpose, and nothing is wrong.
         */
        CHANGED,
        /** It has put what was planned on top of a version that somebody stored meanwhile. */
        COVERED,
        /** It failed for a reason of its own. */
        FAILED,
        /** What is in its way may be taken away by the removals. */
        CLASHED,
        /** It failed because the service is away. */
        OUTAGE,
        /** Every other plan would fail too: the key, a cap, the bucket, the disk. */
        FATAL,
        /** The worker broke off over it. */
        POISON,
        /** This worker does not take it; another may. */
        DECLINED;

        /** Whether everything that was planned is so now. */
        public boolean isWell() {
            return this == DONE || this == ALREADY_DONE;
        }
    }

    /**
     * One action that was done.
     *
     * @param action its number in the plan, from 0; -1 for a hide that the plan did not name
     * @param fileId the version made or deleted; empty for local files
     */
    public record Done(int action, String fileId) {
        /** Refuses what cannot be. */
        public Done {
            Objects.requireNonNull(fileId, "fileId");
            if (action < -1) {
                throw new IllegalArgumentException("a plan has no action number " + action);
            }
        }
    }

    /** Copies the lists. */
    public PlanResult {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(reason, "reason");
        done = List.copyOf(done);
        skips = List.copyOf(skips);
    }

    /** Nothing was done, for that reason. */
    public static PlanResult of(Outcome outcome, String reason) {
        return new PlanResult(outcome, List.of(), reason, List.of(), Bill.NOTHING);
    }

    /** The same with every sentence in other words. */
    public PlanResult worded(UnaryOperator<String> words) {
        List<Problem> told = skips.stream()
                .map(skip -> new Problem(skip.path(), skip.kind(), words.apply(skip.reason())))
                .toList();
        return new PlanResult(outcome, done, words.apply(reason), told, bill);
    }

    /** Whether nothing is left to be done: it is so, or it was left alone because of what has changed, and that is told. */
    public boolean isWell() {
        return outcome.isWell() || (outcome == Outcome.CHANGED && !skips.isEmpty());
    }

    /** The version that was made or found last; empty if none was. */
    public String fileId() {
        return done.isEmpty() ? "" : done.get(done.size() - 1).fileId();
    }
}
