// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.service.ServiceHelper;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.sync.B2SyncConfiguration;
import io.github.camelb2.sync.B2SyncEndpoint;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.distributed.Coordinator;
import io.github.camelb2.sync.distributed.Epochs;
import io.github.camelb2.sync.distributed.GivenRun;
import io.github.camelb2.sync.distributed.JdbcEpochs;
import io.github.camelb2.sync.distributed.MemoryEpochs;
import io.github.camelb2.sync.distributed.RunToken;
import io.github.camelb2.sync.distributed.Takeover;
import io.github.camelb2.sync.distributed.Term;
import io.github.camelb2.sync.option.DistributedOptions;
import io.github.camelb2.sync.option.SyncOptions;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.wire.RunMessage;
import io.github.camelb2.sync.wire.RunMessageJson;

/** Has one run carried out by workers elsewhere. Used by one thread, once. */
final class Distribution {
    private final B2SyncEndpoint endpoint;
    private final SyncSession session;
    private final InstantSource clock;
    private final Places places;

    Distribution(B2SyncEndpoint endpoint, SyncSession session, SyncClients clients, InstantSource clock) {
        this.endpoint = endpoint;
        this.session = session;
        this.clock = clock;
        this.places = new Places(clients, endpoint.options().distributed(), session.job(), clock);
    }

    /** Returns when every plan has its answer, or the run has given up: its report says why. */
    void run() {
        SyncJob job = session.job();
        Term term;
        String roots;
        try {
            roots = places.rootsNow();
            term = epochs().begin(job.name(), session.runId());
        } catch (B2Exception e) {
            session.givenElsewhere()
                    .giveUp("B2 does not tell which buckets these are, which workers have to know: " + e.getMessage());
            return;
        } catch (IllegalStateException e) {
            session.givenElsewhere().giveUp(String.valueOf(e.getMessage()));
            return;
        }
        String options = endpoint.options().distributed().digestOfRun(job, roots);
        GivenRun run = session.givenElsewhere(term.plans(), options);
        try {
            takeOver(run, term, options);
            if (!run.isStopped()) {
                withTokens(run, term);
            }
        } catch (Exception e) {
            run.giveUp("the workers cannot be reached: " + e);
        } finally {
            term.end();
        }
    }

    private void takeOver(GivenRun run, Term term, String options) {
        Takeover.of(run, term, options, this::seesTreesOf);
        term.unfinished().ifPresent(before -> directories()
                .forEach(directory -> RunToken.removeLeft(directory, endpoint.signer(), before.runId())));
    }

    private boolean seesTreesOf(String runId) {
        return directories().allMatch(directory -> RunToken.isIn(directory, endpoint.signer(), runId));
    }

    private Stream<Path> directories() {
        return Stream.of(session.job().source(), session.job().destination())
                .filter(Location.Directory.class::isInstance)
                .map(side -> ((Location.Directory) side).path());
    }

    private Epochs epochs() {
        DataSource ledger = endpoint.getConfiguration().getLedger();
        Duration patience = endpoint.options().distributed().patience().lease();
        MemoryEpochs.Removals removals = session.job().policy().keepMode() == KeepMode.NO_DELETE
                ? MemoryEpochs.Removals.NONE
                : MemoryEpochs.Removals.SOME;
        return ledger == null
                ? endpoint.getComponent().epochs().of(patience, removals)
                : new JdbcEpochs(ledger, patience, clock, Sleeper.create());
    }

    /** Workers on other machines have to see the directories that this one sees. */
    private void withTokens(GivenRun run, Term term) throws Exception {
        List<RunToken> tokens = new ArrayList<>();
        try {
            for (Path directory : directories().toList()) {
                tokens.add(token(directory));
            }
            withBroker(run, term);
        } finally {
            tokens.forEach(RunToken::close);
        }
    }

    private RunToken token(Path directory) throws IOException {
        try {
            return RunToken.put(directory, endpoint.signer(), session.runId());
        } catch (IOException e) {
            throw new IOException(
                    "no file can be made in " + directory + ", by which workers tell that they see it: " + e, e);
        }
    }

    private void withBroker(GivenRun run, Term term) throws Exception {
        B2SyncConfiguration options = endpoint.getConfiguration();
        CamelContext context = endpoint.getCamelContext();
        Endpoint results =
                BrokerLink.endpoint(context, "resultEndpoint", Objects.requireNonNull(options.getResultEndpoint()));
        try (BrokerLink broker = new BrokerLink(
                context,
                "actionEndpoint",
                Objects.requireNonNull(options.getActionEndpoint()),
                options.getDeadLetterEndpoint())) {
            Coordinator coordinator = coordinator(run, broker, term);
            // Only while a run is under way: answers are for whoever coordinates it.
            Consumer consumer = broker.listen(results, coordinator::answer);
            try {
                coordinator.run();
            } finally {
                ServiceHelper.stopService(consumer);
            }
        }
    }

    private Coordinator coordinator(GivenRun run, BrokerLink broker, Term term) {
        SyncJob job = session.job();
        SyncOptions options = endpoint.options();
        DistributedOptions distributed = options.distributed();
        RunMessage.About about = new RunMessage.About(
                job.name(), session.runId(), term.epoch(), distributed.digest(job), places.roots());
        return new Coordinator(
                run,
                about,
                new RunMessageJson(endpoint.signer()),
                broker,
                distributed.patience(),
                term,
                clock,
                () -> Instant.ofEpochMilli(places.serviceMillis()));
    }
}
