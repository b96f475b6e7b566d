// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.cost.CostModel;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.Withheld;

/** Collects the report of one run from any number of threads; its monitor guards all its fields. */
public final class ReportCollector {
    private static final int MAX_WORKERS = 1_000;

    private final ProblemLog log;
    private final Map<ActionKind, Totals> done = new EnumMap<>(ActionKind.class);
    /** A problem, and the plan that it is one of. */
    private record Told(long planId, Problem problem) {}

    private final Map<String, WorkerFigures> workers = new TreeMap<>();
    private final List<Told> failures = new ArrayList<>();
    private final List<Told> skips = new ArrayList<>();
    private List<Withheld> withheld = List.of();
    private final CostModel prices;
    private Bill bill = Bill.NOTHING;
    private long failureCount;
    private long skipCount;
    private long actions;
    private long bytes;

    /** Lists the first thousand problems, and writes none. */
    public ReportCollector() {
        this(ProblemLog.NONE);
    }

    /** @param log gets all of them */
    public ReportCollector(ProblemLog log) {
        this(log, CostModel.PUBLISHED);
    }

    /** @param prices turns what is used into money */
    public ReportCollector(ProblemLog log, CostModel prices) {
        this.log = log;
        this.prices = prices;
    }

    /** An action was done. */
    public synchronized void done(ActionKind kind, long bytes) {
        done.merge(kind, new Totals(1, bytes), (before, one) -> before.plus(bytes));
        actions++;
        this.bytes += bytes;
    }

    /** A worker elsewhere has ended a plan. */
    public synchronized void worked(String worker, boolean isWell, long moved) {
        // Whoever has the key can make names up, and none must fill the memory.
        if (workers.size() < MAX_WORKERS || workers.containsKey(worker)) {
            WorkerFigures before = workers.getOrDefault(worker, new WorkerFigures(worker, 0, 0, 0));
            workers.put(worker, before.and(isWell, moved));
        }
    }

    /** What each worker elsewhere has done so far. */
    public synchronized List<WorkerFigures> workers() {
        return List.copyOf(workers.values());
    }

    /** A plan failed, could not be made, or left something out. */
    public synchronized void problem(long planId, Problem problem) {
        List<Told> listed = problem.isFailure() ? failures : skips;
        log.problem(planId, problem);
        if (listed.size() < SyncReport.MAX_LISTED) {
            listed.add(new Told(planId, problem));
        }
        if (problem.isFailure()) {
            failureCount++;
        } else {
            skipCount++;
        }
    }

    /** A plan that had failed was repeated, and failed in another way: both are told, and it counts once. */
    public synchronized void failedAgain(long planId, Problem problem) {
        log.problem(planId, problem);
        for (int i = 0; i < failures.size(); i++) {
            Problem first = failures.get(i).problem();
            if (failures.get(i).planId() == planId && isOfAction(first)) {
                String both = problem.reason() + "; at first: " + firstReason(first.reason());
                failures.set(i, new Told(planId, new Problem(problem.path(), problem.kind(), both)));
                return;
            }
        }
    }

    private static boolean isOfAction(Problem problem) {
        return problem.kind() == Problem.Kind.ACTION_FAILED || problem.kind() == Problem.Kind.CHANGED;
    }

    private static String firstReason(String reason) {
        int before = reason.lastIndexOf("; at first: ");
        return before < 0 ? reason : reason.substring(before + "; at first: ".length());
    }

    /** A plan that had failed was repeated and went well. */
    public synchronized void recovered(long planId) {
        failures.removeIf(failure -> failure.planId() == planId);
        failureCount--;
        log.recovered(planId);
    }

    /** Removals that a guard kept back. */
    public synchronized void withheld(List<Withheld> kept) {
        withheld = List.copyOf(kept);
        kept.forEach(log::withheld);
    }

    /** Since when an earlier run is known to have withheld by that guard; 0 if nobody knows. */
    public synchronized long since(Withheld kept) {
        return log.since(kept);
    }

    /** Everything was told; answers why not all of it could be written, if so. */
    public synchronized Optional<String> endOfLog() {
        return log.end();
    }

    /** Something was used, or will be. */
    public synchronized void used(Bill more) {
        bill = bill.plus(more);
    }

    /** What was used so far. */
    public synchronized Bill bill() {
        return bill;
    }

    /** Actions done so far. */
    public synchronized long actions() {
        return actions;
    }

    /** Bytes that finished actions moved so far. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Failures so far. */
    public synchronized long failureCount() {
        return failureCount;
    }

    /** The report as of now. */
    public synchronized SyncReport report(
            String runId, String name, SyncReport.Mode mode, Duration took, long compared, long comparedByTime) {
        return new SyncReport(
                runId,
                name,
                mode,
                took,
                compared,
                done,
                failures.stream().map(Told::problem).toList(),
                failureCount,
                skips.stream().map(Told::problem).toList(),
                skipCount,
                bill,
                prices.of(bill),
                withheld,
                comparedByTime,
                workers());
    }
}
