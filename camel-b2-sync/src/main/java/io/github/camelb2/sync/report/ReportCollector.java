package io.github.camelb2.sync.report;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelb2.sync.plan.ActionKind;
import io.github.camelb2.sync.plan.Problem;

/** Collects the report of one run from any number of threads; its monitor guards all its fields. */
public final class ReportCollector {
    private final Map<ActionKind, Totals> done = new EnumMap<>(ActionKind.class);
    private final Map<Long, Problem> failures = new LinkedHashMap<>();
    private final Map<Long, Problem> skips = new LinkedHashMap<>();
    private final Map<String, Long> calls = new HashMap<>();
    private long failureCount;
    private long skipCount;
    private long actions;
    private long bytes;

    /** An action was done. */
    public synchronized void done(ActionKind kind, long bytes) {
        done.merge(kind, new Totals(1, bytes), (before, one) -> before.plus(bytes));
        actions++;
        this.bytes += bytes;
    }

    /** A plan failed, or could not be made; a plan is told once. */
    public synchronized void problem(long planId, Problem problem) {
        Map<Long, Problem> listed = problem.isFailure() ? failures : skips;
        if (listed.size() < SyncReport.MAX_LISTED) {
            listed.putIfAbsent(planId, problem);
        }
        if (problem.isFailure()) {
            failureCount++;
        } else {
            skipCount++;
        }
    }

    /** A plan that had failed was repeated and went well. */
    public synchronized void recovered(long planId) {
        failures.remove(planId);
        failureCount--;
    }

    /** A request to B2 was answered. */
    public synchronized void called(String transactionClass) {
        calls.merge(transactionClass, 1L, Long::sum);
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
            String runId, String name, SyncReport.Mode mode, Duration took, long compared) {
        return new SyncReport(
                runId,
                name,
                mode,
                took,
                compared,
                done,
                List.copyOf(failures.values()),
                failureCount,
                List.copyOf(skips.values()),
                skipCount,
                calls);
    }
}
