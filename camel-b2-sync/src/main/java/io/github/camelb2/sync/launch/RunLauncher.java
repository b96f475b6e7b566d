// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import io.github.camelb2.Moment;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.observe.B2Observers;
import io.github.camelb2.observe.CarryingExecutor;
import io.github.camelb2.sync.B2SyncConstants;
import io.github.camelb2.sync.B2SyncEndpoint;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.bucket.BucketAccess;
import io.github.camelb2.sync.action.failure.SyncActionException;
import io.github.camelb2.sync.check.Certificate;
import io.github.camelb2.sync.check.Check;
import io.github.camelb2.sync.check.CheckReport;
import io.github.camelb2.sync.check.CheckSettings;
import io.github.camelb2.sync.filter.Explanation;
import io.github.camelb2.sync.option.SyncOptions;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.planfile.PlanFile;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.PlannedRun;
import io.github.camelb2.sync.run.SyncEngine;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.run.look.Look;
import io.github.camelb2.sync.run.look.SourceLook;
import io.github.camelb2.sync.scan.disk.NameEncoding;
import io.github.camelb2.sync.scrub.Scrub;
import io.github.camelb2.sync.scrub.ScrubReport;

/**
 * Begins runs and carries out plans for a producer or a consumer of one endpoint, which start and stop it: the clients, the
 * way to {@code reportTo} and the workers are its own. Thread-safe once started.
 */
public final class RunLauncher extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(RunLauncher.class);

    private final B2SyncEndpoint endpoint;
    private final SyncOptions options;
    private final InstantSource clock = InstantSource.system();
    private final ForeignPlans foreignPlans;
    private final SourceLook look = new SourceLook(clock, Duration.ofSeconds(1));
    private final SyncClients clients;
    private @Nullable ProducerTemplate reportProducer;
    private @Nullable Endpoint reportEndpoint;
    private @Nullable WorkerLink worker;

    public RunLauncher(B2SyncEndpoint endpoint) {
        this.endpoint = endpoint;
        this.options = endpoint.options();
        this.clients = new SyncClients(endpoint, clock);
        this.foreignPlans = endpoint.getComponent().foreignPlans();
    }

    /** Refuses names that lead nowhere now, not when the first message comes. */
    @Override
    protected void doStart() {
        NameEncoding.atHand().warnOnce();
        clients.check();
        String uri = endpoint.getConfiguration().getReportTo();
        if (uri != null) {
            reportProducer = endpoint.getCamelContext().createProducerTemplate();
            reportEndpoint = reportEndpoint(uri);
        }
        if (options.mode() == SyncOptions.Mode.WORK) {
            worker = new WorkerLink(
                    endpoint,
                    new WorkerSite(
                            endpoint,
                            asOf(options.job(null, null, false), null),
                            listener -> engine(listener, SyncProgressListener.NONE),
                            foreignPlans,
                            look,
                            clients,
                            clock),
                    clock);
        }
    }

    private Endpoint reportEndpoint(String uri) {
        try {
            return endpoint.getCamelContext().getEndpoint(uri);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "Option reportTo=" + URISupport.sanitizeUri(uri)
                            + " is no endpoint: write its URI, as direct:lines",
                    e);
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (reportProducer != null) {
            reportProducer.stop();
            reportProducer = null;
            reportEndpoint = null;
        }
        if (worker != null) {
            worker.close();
            worker = null;
        }
        clients.close();
    }

    /** Whether it is outside of the hours in which runs may work. */
    public boolean isClosed() {
        return options.time().closed(clock.instant()).isPresent();
    }

    /** Says why a file takes part in the runs, or does not; changes nothing. */
    public Explanation explain(Exchange exchange) {
        SyncJob job;
        try {
            RunHeaders headers = RunHeaders.of(exchange.getMessage());
            Long now = headers.now();
            job = asOf(
                    options.job(headers.source(), headers.destination(), null, now == null ? clock.millis() : now),
                    headers.asOf());
        } finally {
            takeOverrides(exchange);
        }
        return engine(observers().message(exchange), SyncProgressListener.NONE)
                .explain(job, RunHeaders.path(exchange.getMessage(), endpoint.getConfiguration()));
    }

    /** Begins a run with the overrides that the message carries, which are taken off it: they are for this run alone. */
    public SyncSession begin(Exchange exchange) {
        Asked asked = asked(exchange);
        SyncRun run = asked.run();
        SyncJob job = asked.job();
        ClientListener ofMessage = observers().message(exchange);
        SyncEvents events = new SyncEvents(
                observers(), endpoint.getComponent().history().before(progressListener()), run, job, clock);
        SyncSession session =
                runs().begin(job.name(), () -> engine(ofMessage, events).open(job, run));
        events.begun(job);
        return session;
    }

    private record Asked(SyncRun run, SyncJob job) {}

    private Asked asked(Exchange exchange) {
        try {
            RunHeaders headers = RunHeaders.of(exchange.getMessage());
            Long now = headers.now();
            SyncRun run = new SyncRun(UUID.randomUUID().toString(), now == null ? clock.millis() : now);
            return new Asked(
                    run,
                    asOf(
                            options.job(headers.source(), headers.destination(), headers.dryRun(), run.nowMillis()),
                            headers.asOf()));
        } finally {
            takeOverrides(exchange);
        }
    }

    /**
     * Compares both sides and changes nothing.
     *
     * @throws IOException if a file for what is found cannot be written
     */
    public CheckReport check(Exchange exchange) throws IOException {
        Asked asked = asked(exchange);
        SyncJob job = asked.job();
        CheckSettings settings = options.checkSettings(job);
        ExecutorService readers = workers(job);
        try (MDC.MDCCloseable log = SyncEvents.inLog(asked.run().id());
                Certificate certificate = settings.certificateFile().isPresent()
                        ? Certificate.begin(settings.certificateFile().get())
                        : null) {
            Look look = engine(observers().message(exchange), SyncProgressListener.NONE)
                    .look(job);
            Check check = new Check(job, look, settings, asked.run().id(), clock);
            CheckReport report;
            try (SyncRuns.Reserved until = runs().stopping(check::stop)) {
                report = check.run(new CarryingExecutor(readers, observers()));
            }
            LOG.info("Run {} ended: {}", report.runId(), report);
            if (certificate != null) {
                Optional<Path> names = report.isComplete() ? settings.checkFile() : Optional.empty();
                certificate.write(report, names, endpoint.signer());
            }
            return report;
        } finally {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(readers);
        }
    }

    /**
     * Reads what a bucket holds against its digests.
     *
     * @throws IOException if what remembers the versions fails
     */
    public ScrubReport scrub(Exchange exchange) throws IOException {
        Asked asked = asked(exchange);
        SyncJob job = asked.job();
        String runId = asked.run().id();
        ExecutorService readers = workers(job);
        try (MDC.MDCCloseable log = SyncEvents.inLog(runId);
                SyncRuns.Reserved alone = runs().reserve(job.name(), runId)) {
            SyncEngine engine = engine(observers().message(exchange), SyncProgressListener.NONE);
            Scrub scrub = new Scrub(job, gate -> engine.look(job, gate), options.scrubSettings(job), runId, clock);
            ScrubReport report;
            try (SyncRuns.Reserved until = runs().stopping(scrub::stop)) {
                report = scrub.run(new CarryingExecutor(readers, observers()));
            }
            report.damage().forEach(found -> LOG.warn("Run {}: {}", runId, found.what()));
            LOG.info("Run {} ended: {}", runId, report);
            return report;
        } finally {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(readers);
        }
    }

    /**
     * Writes all that a run would do to the planFile, and does nothing of it.
     *
     * @throws IOException if it cannot be written
     */
    public SyncReport writePlan(Exchange exchange, Path file) throws IOException {
        Instant created = clock.instant();
        SyncSession session = begin(exchange);
        try (MDC.MDCCloseable log = SyncEvents.inLog(session.runId())) {
            return new PlanFiles(options, endpoint.signer()).write(session, file, created);
        } finally {
            session.close();
            endpoint.publish(session.progress());
            runs().end(session);
        }
    }

    /**
     * Carries out the plan in the planFile.
     *
     * @throws IOException              if it cannot be read
     * @throws IllegalArgumentException if it is not to be carried out here, or not any more
     */
    public SyncReport apply(Exchange exchange, Path file) throws IOException {
        Asked asked = asked(exchange);
        SyncJob job = asked.job();
        String runId = asked.run().id();
        SyncEvents events = new SyncEvents(
                observers(), endpoint.getComponent().history().before(progressListener()), asked.run(), job, clock);
        ExecutorService pool = workers(job);
        try (MDC.MDCCloseable log = SyncEvents.inLog(runId);
                SyncRuns.Reserved alone = runs().reserve(job.name(), runId);
                PlanFile plan = new PlanFiles(options, endpoint.signer())
                        .open(job, file, options.planMaxAge(), clock.instant())) {
            events.begun(job);
            PlannedRun run = engine(observers().message(exchange), events)
                    .apply(job, runId)
                    .withheldBefore(plan.withheld());
            try (SyncRuns.Reserved until = runs().stopping(run::stop)) {
                return run.run(plan.read(), new CarryingExecutor(pool, observers()));
            }
        } finally {
            endpoint.getCamelContext().getExecutorServiceManager().shutdown(pool);
        }
    }

    /** A pool of their own: files that wait for their parts must not keep the parts from running. */
    private ExecutorService workers(SyncJob job) {
        return endpoint.getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(
                        endpoint, "B2Sync-" + job.name(), job.workers().most());
    }

    /** The job that reads its source as of the time that the message says, or else the option. */
    private SyncJob asOf(SyncJob job, @Nullable Moment ofMessage) {
        Moment moment = ofMessage == null ? options.asOf().orElse(null) : ofMessage;
        if (moment == null) {
            return job;
        }
        options.checkAsOf(moment, job);
        Location.Bucket bucket = (Location.Bucket) job.source();
        return job.withSource(bucket.asOf(moment.at("asOf", now(moment))));
    }

    /** By B2's clock, which says when versions were stored; a time that is written out needs no question. */
    private Instant now(Moment moment) {
        BucketAccess access = clients.source();
        if (moment.isBeforeNow() && !access.client().serviceClock().isLearned()) {
            access.client().authorize(access.calls());
        }
        return access.client().serviceClock().instant();
    }

    private SyncRuns runs() {
        return endpoint.getComponent().runs();
    }

    private B2Observers observers() {
        return B2Observers.of(endpoint.getCamelContext());
    }

    /** Carries out all plans of a run on its own workers and makes the report. */
    public SyncReport complete(SyncSession session) {
        CamelContext context = endpoint.getCamelContext();
        ExecutorService pool = workers(session.job());
        try (MDC.MDCCloseable log = SyncEvents.inLog(session.runId())) {
            if (options.distributed().isCoordinator() && session.job().mode() == SyncReport.Mode.REAL) {
                new Distribution(endpoint, session, clients, clock).run();
            } else {
                session.executeAll(new CarryingExecutor(pool, observers()));
            }
            return session.finish();
        } finally {
            context.getExecutorServiceManager().shutdown(pool);
            endpoint.publish(session.progress());
            runs().end(session);
        }
    }

    /** Takes the message of a coordinator; what it asks for is done, and answered, when this returns. */
    public void work(Exchange exchange) throws Exception {
        Objects.requireNonNull(worker, "not started").take(exchange);
    }

    /**
     * Carries out a plan of a run that is under way here, or of one that is not: below the sides of this endpoint and
     * within its options, whatever the message says. It needs a signature as an object too, because anybody's JSON becomes
     * one.
     *
     * @param isMessage whether it was read from a message, which anybody may have written
     */
    public void execute(PathPlan plan, boolean isMessage, Exchange exchange) throws SyncActionException {
        try (MDC.MDCCloseable log = SyncEvents.inLog(plan.runId())) {
            carryOut(plan, isMessage, exchange);
        }
    }

    private void carryOut(PathPlan plan, boolean isMessage, Exchange exchange) throws SyncActionException {
        SyncSession session =
                runs().find(endpoint.getConfiguration().getName(), plan.runId()).orElse(null);
        if (session != null && !isMessage) {
            // Its run may have been planned by an endpoint with another key, and has never left this JVM.
            session.checkGiven(plan);
        } else {
            SyncJob ofPlan = session == null ? asOf(options.job(null, null, null), null) : session.job();
            endpoint.signer().check(plan, options.scope(ofPlan));
        }
        boolean isDry = options.job(null, null, dryRun(exchange)).mode() == SyncReport.Mode.DRY_RUN;
        boolean isOtherMode = session != null && isDry && session.job().mode() == SyncReport.Mode.REAL;
        if (session == null || isOtherMode) {
            SyncJob job = asOf(options.job(null, null, isDry), null);
            foreignPlans.admit(plan, job.policy());
            engine(observers().message(exchange), SyncProgressListener.NONE).execute(job, plan, look);
            if (session != null) {
                // Nothing was done, so nothing may rest on it.
                session.leftOut(plan);
            }
        } else if (isMessage) {
            session.executeMessage(plan);
        } else {
            session.execute(plan);
        }
    }

    /**
     * What the message meets next must not take them for its own, however the run ends. With {@code mode=plan} a dry run
     * goes with the message as far as the report: plans may be carried out where nobody knows the run.
     */
    private void takeOverrides(Exchange exchange) {
        exchange.getMessage().removeHeader(B2SyncConstants.SOURCE);
        exchange.getMessage().removeHeader(B2SyncConstants.DESTINATION);
        exchange.getMessage().removeHeader(B2SyncConstants.AS_OF);
        exchange.getMessage().removeHeader(B2SyncConstants.NOW);
        if (options.mode() != SyncOptions.Mode.PLAN) {
            exchange.getMessage().removeHeader(B2SyncConstants.DRY_RUN);
        }
    }

    /** With {@code mode=execute} a message may ask for less than the options, never for more. */
    private @Nullable Boolean dryRun(Exchange exchange) {
        try {
            return Boolean.TRUE.equals(RunHeaders.of(exchange.getMessage()).dryRun()) ? true : null;
        } finally {
            takeOverrides(exchange);
        }
    }

    private SyncEngine engine(ClientListener ofMessage, SyncProgressListener progress) {
        return new SyncEngine(
                bucket -> clients.source().heardBy(ofMessage),
                bucket -> clients.destination().heardBy(ofMessage),
                reportTo(),
                progress,
                clock,
                endpoint.getComponent().withheld());
    }

    private ActionListener reportTo() {
        return reportEndpoint == null || reportProducer == null
                ? ActionListener.NONE
                : new ReportTo(reportProducer, reportEndpoint);
    }

    private SyncProgressListener progressListener() {
        if (!endpoint.getConfiguration().isProgress()) {
            return SyncProgressListener.NONE;
        }
        SyncProgressListener users = endpoint.getConfiguration().getProgressListener();
        return users == null ? SyncProgressListener.NONE : users;
    }
}
