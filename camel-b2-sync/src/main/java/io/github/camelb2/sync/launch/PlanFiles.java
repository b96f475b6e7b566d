// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.sync.action.failure.SyncActionException;
import io.github.camelb2.sync.option.SyncOptions;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.planfile.PlanFile;
import io.github.camelb2.sync.planfile.PlanFileWriter;
import io.github.camelb2.sync.planfile.PlanHeader;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.wire.PlanSigner;

/** Writes plans to files, and opens them for whoever carries them out. */
record PlanFiles(SyncOptions options, PlanSigner signer) {
    private static final Logger LOG = LoggerFactory.getLogger(PlanFiles.class);

    /** Writes all that a run would do, in its order. The file gets its name only if the run has seen everything. */
    SyncReport write(SyncSession session, Path file, Instant created) throws IOException {
        try (PlanFileWriter writer =
                PlanFileWriter.begin(file, header(session.job(), session.runId(), created), signer)) {
            while (session.hasNext()) {
                PathPlan plan = session.next();
                writer.write(plan, plan.actions().isEmpty() ? "" : session.sourceMark(plan.path()));
                try {
                    session.execute(plan);
                } catch (SyncActionException e) {
                    // The report knows; whoever carries out the plan meets it, too.
                    LOG.debug("{} of {} cannot be estimated", plan.path(), session, e);
                }
            }
            SyncReport report = session.finish();
            boolean isWhole = report.failures().stream()
                    .map(Problem::kind)
                    .noneMatch(kind -> kind == Problem.Kind.INTERRUPTED || kind == Problem.Kind.GAVE_UP);
            if (isWhole) {
                writer.finish(report);
            }
            return report;
        }
    }

    /**
     * Opens a plan that may be carried out for that job now.
     *
     * @throws IllegalArgumentException if it may not
     */
    PlanFile open(SyncJob job, Path file, Duration maxAge, Instant now) throws IOException {
        PlanFile plan = PlanFile.open(file, signer);
        try {
            plan.header().check(header(job, "", now), maxAge, now);
            return plan;
        } catch (IllegalArgumentException e) {
            plan.close();
            throw e;
        }
    }

    private PlanHeader header(SyncJob job, String runId, Instant created) {
        return new PlanHeader(
                runId,
                job.name(),
                created,
                job.source().text(),
                job.destination().text(),
                PlanSigner.digest(options.scopeWithFiles(job)),
                options.decisions(job));
    }
}
