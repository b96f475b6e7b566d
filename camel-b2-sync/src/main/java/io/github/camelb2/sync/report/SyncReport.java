// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.cost.Cost;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.Withheld;

/**
 * What one run did.
 *
 * @param runId        names the run in messages and plans
 * @param name         the name of the endpoint
 * @param mode         whether anything was really done
 * @param took         from the first look at the source to the last action
 * @param compared     files of the source that were looked at
 * @param done         per kind of action: how many and how many bytes; kinds that did not occur are absent
 * @param failures     what failed, the first {@link #MAX_LISTED} of them
 * @param failureCount all that failed
 * @param skips        what was left out on purpose, the first {@link #MAX_LISTED}
 * @param skipCount    all that was left out
 * @param bill         what B2 bills: transactions by class and bytes that left it; of an estimate, what a run will be billed
 * @param cost         what that costs at most, without what an account has free
 * @param withheld     removals that a guard kept back; the next run finds them again
 * @param comparedByTime files whose content was to be compared, and whose times were instead, because B2 does not know the
 *                     SHA-1
 * @param workers      what each worker did, where the run was given to workers elsewhere; else empty
 */
public record SyncReport(
        String runId,
        String name,
        Mode mode,
        Duration took,
        long compared,
        Map<ActionKind, Totals> done,
        List<Problem> failures,
        long failureCount,
        List<Problem> skips,
        long skipCount,
        Bill bill,
        Cost cost,
        List<Withheld> withheld,
        long comparedByTime,
        List<WorkerFigures> workers) {
    /** How many failures and how many skips a report lists; it counts the others. */
    public static final int MAX_LISTED = 1_000;

    /** Whether anything was really done. */
    public enum Mode {
        /** Yes. */
        REAL,
        /** No: only what would be done was found out. */
        DRY_RUN,
        /** No: what would be done and billed was found out. */
        ESTIMATE
    }

    /** Copies the collections. */
    public SyncReport {
        done = Map.copyOf(done);
        failures = List.copyOf(failures);
        skips = List.copyOf(skips);
        withheld = List.copyOf(withheld);
        workers = List.copyOf(workers);
    }

    /** Transactions by class, {@code A}, {@code B} and {@code C}; classes that did not occur are absent. */
    public Map<String, Long> calls() {
        Map<String, Long> calls = new TreeMap<>();
        calls.put("A", bill.classA());
        calls.put("B", bill.classB());
        calls.put("C", bill.classC());
        calls.values().removeIf(count -> count == 0);
        return calls;
    }

    /** How many actions of that kind were done and what they moved. */
    public Totals done(ActionKind kind) {
        return done.getOrDefault(kind, Totals.ZERO);
    }

    /** All actions that were done. */
    public long actions() {
        return done.values().stream().mapToLong(Totals::actions).sum();
    }

    /** All bytes that were moved. */
    public long bytes() {
        return done.values().stream().mapToLong(Totals::bytes).sum();
    }

    /** How many removals, counted by names, were kept back. */
    public long withheldNames() {
        return withheld.stream().mapToLong(Withheld::names).sum();
    }

    /** Whether everything that was to be done is done. */
    public boolean isComplete() {
        return failureCount == 0 && withheld.isEmpty();
    }

    /** One line for people. */
    public String summary() {
        StringBuilder text = new StringBuilder("sync ")
                .append(name)
                .append(": ")
                .append(compared)
                .append(" compared");
        if (comparedByTime > 0) {
            text.append(" (").append(comparedByTime).append(" by time, without a SHA-1)");
        }
        for (ActionKind kind : ActionKind.values()) {
            Totals totals = done(kind);
            if (totals.actions() > 0) {
                text.append(", ").append(totals.actions()).append(' ').append(kind.word());
                if (totals.bytes() > 0) {
                    text.append(" (").append(totals.bytes()).append(" bytes)");
                }
            }
        }
        text.append(", ")
                .append(failureCount)
                .append(" failed, ")
                .append(skipCount)
                .append(" skipped");
        long names = withheldNames();
        if (names > 0) {
            text.append(", ").append(names).append(" removals withheld");
        }
        if (!workers.isEmpty()) {
            text.append(", by ").append(workers.size()).append(" workers");
        }
        return switch (mode) {
            case REAL -> text.toString();
            case DRY_RUN -> text.append(" (dry run)").toString();
            case ESTIMATE ->
                text.append("; ")
                        .append(bill)
                        .append(", at most ")
                        .append(cost)
                        .append(" (estimate)")
                        .toString();
        };
    }

    @Override
    public String toString() {
        return summary();
    }
}
