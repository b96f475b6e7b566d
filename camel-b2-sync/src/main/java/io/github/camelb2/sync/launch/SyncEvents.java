// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import io.github.camelb2.observe.B2Observers;
import io.github.camelb2.observe.SyncEvent;
import io.github.camelb2.observe.SyncEvent.Kind;
import io.github.camelb2.sync.plan.actions.ShownText;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncJob;

/**
 * Tells of one run: the log its start and its end, the observers of the context all of it, the user's listener its figures.
 * Thread-safe.
 */
final class SyncEvents implements SyncProgressListener {
    private static final Logger LOG = LoggerFactory.getLogger(SyncEvents.class);

    /** The run's id in the context of the log, for whatever is logged while it is under way. */
    private static final String RUN_ID = "camel.b2.runId";

    private final B2Observers observers;
    private final SyncProgressListener users;
    private final SyncRun run;
    private final boolean isDryRun;
    private final InstantSource clock;

    SyncEvents(B2Observers observers, SyncProgressListener users, SyncRun run, SyncJob job, InstantSource clock) {
        this.observers = observers;
        this.users = users;
        this.run = run;
        this.isDryRun = job.mode() == SyncReport.Mode.DRY_RUN;
        this.clock = clock;
    }

    /** Puts the id of a run into the context of this thread's log, until it is closed. */
    static MDC.MDCCloseable inLog(String runId) {
        return MDC.putCloseable(RUN_ID, runId);
    }

    void begun(SyncJob job) {
        try (MDC.MDCCloseable log = inLog(run.id())) {
            LOG.info(
                    "Run {} of sync {} begins: {} to {}{}",
                    run.id(),
                    job.name(),
                    job.source().text(),
                    job.destination().text(),
                    isDryRun ? " (dry run)" : "");
        }
        tell(Kind.STARTED, job.name(), SyncProgress.NONE);
    }

    @Override
    public void onProgress(String name, SyncProgress progress) {
        if (progress.phase() != SyncProgress.Phase.ENDED) {
            tell(Kind.PROGRESSED, name, progress);
        }
        users.onProgress(name, progress);
    }

    @Override
    public void onEnd(SyncReport report, SyncProgress figures) {
        try (MDC.MDCCloseable log = inLog(run.id())) {
            LOG.info(
                    "Run {} {} after {}: {}, calls {}{}",
                    run.id(),
                    report.isComplete() ? "ended" : "ended incomplete",
                    report.took(),
                    report,
                    report.calls(),
                    report.failures().isEmpty()
                            ? ""
                            : "; first failure: "
                                    + ShownText.of(report.failures().get(0).reason()));
        }
        tell(report.isComplete() ? Kind.COMPLETED : Kind.INCOMPLETE, report.name(), figures);
        users.onEnd(report, figures);
    }

    private void tell(Kind kind, String name, SyncProgress figures) {
        if (!observers.areAny()) {
            return;
        }
        Instant now = clock.instant();
        Duration elapsed = figures.elapsed();
        observers.synced(new SyncEvent(
                kind,
                name,
                run.id(),
                isDryRun,
                figures.compared(),
                figures.planned(),
                figures.done(),
                figures.failed(),
                figures.bytesPlanned(),
                figures.bytesMoved(),
                elapsed,
                now));
    }
}
