// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.action.failure.SyncActionException;
import io.github.camelb2.sync.check.CheckFailedException;
import io.github.camelb2.sync.check.CheckReport;
import io.github.camelb2.sync.launch.RunHeaders;
import io.github.camelb2.sync.launch.RunLauncher;
import io.github.camelb2.sync.launch.SyncRuns;
import io.github.camelb2.sync.observe.SyncHealthCheck;
import io.github.camelb2.sync.option.SyncOptions;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.scrub.ScrubFailedException;
import io.github.camelb2.sync.scrub.ScrubReport;
import io.github.camelb2.sync.wire.PathPlanJson;

/** Runs, plans or executes, as the option {@code mode} says; the caller's thread waits. */
class B2SyncProducer extends DefaultProducer {
    private final RunLauncher launcher;
    private final SyncOptions.Mode mode;
    private final SyncHealthCheck healthCheck;

    B2SyncProducer(B2SyncEndpoint endpoint) {
        super(endpoint);
        this.launcher = new RunLauncher(endpoint);
        this.mode = endpoint.options().mode();
        this.healthCheck = new SyncHealthCheck(endpoint, null);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        String name = getEndpoint().getConfiguration().getName();
        getEndpoint().otherHeaders().tell(exchange.getMessage(), name);
        Map<String, Object> forThisRun = RunHeaders.begin(exchange, name);
        try {
            switch (mode) {
                case RUN, ESTIMATE -> run(exchange);
                case PLAN -> {
                    Optional<Path> file = planFile();
                    if (file.isPresent()) {
                        answer(exchange, launcher.writePlan(exchange, file.get()));
                    } else {
                        plan(exchange);
                    }
                }
                case APPLY ->
                    answer(exchange, launcher.apply(exchange, planFile().orElseThrow()));
                case EXECUTE -> execute(exchange);
                case EXPLAIN -> exchange.getMessage().setBody(launcher.explain(exchange));
                case CHECK -> check(exchange);
                case WORK -> launcher.work(exchange);
                case SCRUB -> scrub(exchange);
            }
        } catch (Exception e) {
            RunHeaders.failed(exchange, name, forThisRun);
            throw e;
        }
    }

    private void run(Exchange exchange) throws SyncIncompleteException {
        SyncSession session = launcher.begin(exchange);
        exchange.getMessage().setHeader(B2SyncConstants.RUN_ID, session.runId());
        answer(exchange, launcher.complete(session));
    }

    private Optional<Path> planFile() {
        return getEndpoint().options().planFile();
    }

    private static void answer(Exchange exchange, SyncReport report) throws SyncIncompleteException {
        exchange.getMessage().setHeader(B2SyncConstants.RUN_ID, report.runId());
        exchange.getMessage().setBody(report);
        if (!report.isComplete()) {
            throw new SyncIncompleteException(report);
        }
    }

    private void check(Exchange exchange) throws IOException, CheckFailedException {
        CheckReport report = launcher.check(exchange);
        exchange.getMessage().setHeader(B2SyncConstants.RUN_ID, report.runId());
        exchange.getMessage().setBody(report);
        if (!report.isEqual()) {
            throw new CheckFailedException(report);
        }
    }

    private void scrub(Exchange exchange) throws IOException, ScrubFailedException {
        ScrubReport report = launcher.scrub(exchange);
        exchange.getMessage().setHeader(B2SyncConstants.RUN_ID, report.runId());
        exchange.getMessage().setBody(report);
        if (!report.isGood()) {
            throw new ScrubFailedException(report);
        }
    }

    private void plan(Exchange exchange) {
        SyncSession session = launcher.begin(exchange);
        B2SyncEndpoint endpoint = getEndpoint();
        String scope = endpoint.options().scope(session.job());
        session.signWith(plan -> endpoint.signer().sign(plan, scope));
        exchange.getMessage().setHeader(B2SyncConstants.RUN_ID, session.runId());
        exchange.getMessage().setBody(session);
        exchange.setProperty(B2SyncConstants.SESSION, session);
        SyncRuns runs = getEndpoint().getComponent().runs();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                runs.abandon(session);
            }
        });
    }

    private void execute(Exchange exchange) throws SyncActionException {
        if (exchange.getMessage().getBody() instanceof PathPlan plan) {
            launcher.execute(plan, false, exchange);
        } else {
            launcher.execute(planFromJson(exchange), true, exchange);
        }
    }

    private static PathPlan planFromJson(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        String json = exchange.getMessage().getBody(String.class);
        if (json == null) {
            throw new IllegalArgumentException(
                    "mode=execute needs a path plan in the body, as an object or as JSON, but the" + " body is "
                            + (body == null ? "empty" : "a " + body.getClass().getName()));
        }
        return PathPlanJson.read(json);
    }

    @Override
    public B2SyncEndpoint getEndpoint() {
        return (B2SyncEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(launcher);
        WritableHealthCheckRepository checks = healthChecks();
        if (checks != null) {
            checks.addHealthCheck(healthCheck);
        }
    }

    /** Null where nobody asks for health. */
    private @Nullable WritableHealthCheckRepository healthChecks() {
        return HealthCheckHelper.getHealthCheckRepository(
                getEndpoint().getCamelContext(), "producers", WritableHealthCheckRepository.class);
    }

    @Override
    protected void doStop() throws Exception {
        WritableHealthCheckRepository checks = healthChecks();
        if (checks != null) {
            checks.removeHealthCheck(healthCheck);
        }
        ServiceHelper.stopService(launcher);
        super.doStop();
    }
}
