package io.github.camelb2.sync;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.model.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.BucketAccess;
import io.github.camelb2.sync.action.SyncActionException;
import io.github.camelb2.sync.plan.PathPlan;
import io.github.camelb2.sync.plan.SyncRun;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncEngine;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.scan.NameEncoding;

/**
 * What a producer or a consumer of one endpoint works with while it is started: the clients, the way to {@code reportTo}
 * and the workers. Thread-safe once started.
 */
final class SyncWorkshop extends ServiceSupport {
    private final B2SyncEndpoint endpoint;
    private final SyncOptions options;
    private final InstantSource clock = InstantSource.system();
    private final ForeignPlans foreignPlans = new ForeignPlans();
    private final List<B2ClientLease> leases = new ArrayList<>();
    private @Nullable ProducerTemplate reportProducer;
    private @Nullable Endpoint reportEndpoint;
    private @Nullable BucketAccess source;
    private @Nullable BucketAccess destination;

    SyncWorkshop(B2SyncEndpoint endpoint) {
        this.endpoint = endpoint;
        this.options = endpoint.options();
    }

    /** Refuses names that lead nowhere now, not when the first message comes. */
    @Override
    protected void doStart() {
        NameEncoding.atHand().warnOnce();
        B2SyncConfiguration configuration = endpoint.getConfiguration();
        component("sourceComponent", configuration.getSourceComponent());
        component("destinationComponent", configuration.getDestinationComponent());
        String uri = configuration.getReportTo();
        if (uri != null) {
            reportProducer = endpoint.getCamelContext().createProducerTemplate();
            reportEndpoint = reportEndpoint(uri);
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
        synchronized (leases) {
            leases.forEach(B2ClientLease::close);
            leases.clear();
            source = null;
            destination = null;
        }
    }

    /** Begins a run with the overrides that the message carries, which are taken off it: they are for this run alone. */
    SyncSession begin(Exchange exchange) {
        Long now = exchange.getMessage().getHeader(B2SyncConstants.NOW, Long.class);
        SyncRun run = new SyncRun(UUID.randomUUID().toString(), now == null ? clock.millis() : now);
        SyncJob job;
        try {
            job = job(exchange);
        } finally {
            takeOverrides(exchange);
        }
        return endpoint.getComponent().runs().begin(job.name(), () -> engine().open(job, run));
    }

    /** Carries out all plans of a run on its own workers and makes the report. */
    SyncReport complete(SyncSession session) {
        CamelContext context = endpoint.getCamelContext();
        int workers = session.job().workers();
        // A pool of their own: files that wait for their parts must not keep the parts from running.
        ExecutorService pool = context.getExecutorServiceManager()
                .newFixedThreadPool(endpoint, "B2Sync-" + session.job().name(), workers);
        try {
            session.executeAll(pool);
            return session.finish();
        } finally {
            context.getExecutorServiceManager().shutdown(pool);
            endpoint.publish(session.progress());
            endpoint.getComponent().runs().end(session);
        }
    }

    /**
     * Carries out a plan of a run that is under way here, or of one that is not: below the sides of this endpoint and
     * within its options, whatever the message says.
     *
     * @param isMessage whether it was read from a message, which anybody may have written
     */
    void execute(PathPlan plan, boolean isMessage, Exchange exchange) throws SyncActionException {
        SyncRuns runs = endpoint.getComponent().runs();
        SyncSession session =
                runs.find(endpoint.getConfiguration().getName(), plan.runId()).orElse(null);
        if (isMessage) {
            SyncJob ofPlan = session == null ? options.job(null, null, null) : session.job();
            endpoint.signer().check(plan, options.scope(ofPlan));
        }
        if (session == null) {
            Boolean dryRun = exchange.getMessage().getHeader(B2SyncConstants.DRY_RUN, Boolean.class);
            takeOverrides(exchange);
            SyncJob job = options.job(null, null, Boolean.TRUE.equals(dryRun) ? true : null);
            foreignPlans.admit(plan, job.policy());
            engine().execute(job, plan);
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
        exchange.getMessage().removeHeader(B2SyncConstants.NOW);
        if (options.mode() != SyncOptions.Mode.PLAN) {
            exchange.getMessage().removeHeader(B2SyncConstants.DRY_RUN);
        }
    }

    private SyncJob job(Exchange exchange) {
        return options.job(
                exchange.getMessage().getHeader(B2SyncConstants.SOURCE, String.class),
                exchange.getMessage().getHeader(B2SyncConstants.DESTINATION, String.class),
                exchange.getMessage().getHeader(B2SyncConstants.DRY_RUN, Boolean.class));
    }

    private SyncEngine engine() {
        return new SyncEngine(
                bucket -> source(),
                bucket -> destination(),
                reportTo(),
                progressListener(),
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

    private BucketAccess source() {
        synchronized (leases) {
            if (source == null) {
                source = access(options.source(), options.sourceEncryption());
            }
            return source;
        }
    }

    private BucketAccess destination() {
        synchronized (leases) {
            if (destination == null) {
                destination = access(options.destination(), options.destinationEncryption());
            }
            return destination;
        }
    }

    private BucketAccess access(SideAccount side, Encryption encryption) {
        B2Component component = component(side.side() + "Component", side.component());
        B2Configuration account = side.over(component.getConfiguration());
        B2ClientLease lease = component.borrowClient(account);
        leases.add(lease);
        return new BucketAccess(
                lease.client(),
                calls(account),
                account.transferOptions(),
                encryption,
                options.storedAs(endpoint.getCamelContext(), clock));
    }

    private B2Component component(String option, String name) {
        if (endpoint.getCamelContext().getComponent(name) instanceof B2Component component) {
            return component;
        }
        throw new IllegalArgumentException("Option " + option + "=" + name
                + " names no B2 component of this context: write b2, or the name of one that you have added");
    }

    /** No call outlasts what the run calls an outage. */
    private CallSettings calls(B2Configuration account) {
        long retryTimeout =
                Math.min(account.getRetryTimeout(), endpoint.getConfiguration().getOutageTimeout());
        return CallSettings.DEFAULT
                .withRetryTimeout(Duration.ofMillis(retryTimeout))
                .withInitialBackoff(Duration.ofMillis(account.getInitialBackoff()))
                .withMaxBackoff(Duration.ofMillis(account.getMaxBackoff()))
                .withConnectTimeout(Duration.ofMillis(account.getConnectTimeout()))
                .withRequestTimeout(Duration.ofMillis(account.getRequestTimeout()));
    }
}
