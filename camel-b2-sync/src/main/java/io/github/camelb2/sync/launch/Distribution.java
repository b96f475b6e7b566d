// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.service.ServiceHelper;

import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.sync.B2SyncConfiguration;
import io.github.camelb2.sync.B2SyncEndpoint;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.distributed.Coordinator;
import io.github.camelb2.sync.distributed.Epochs;
import io.github.camelb2.sync.distributed.GivenRun;
import io.github.camelb2.sync.distributed.JdbcEpochs;
import io.github.camelb2.sync.distributed.RunToken;
import io.github.camelb2.sync.distributed.Term;
import io.github.camelb2.sync.option.DistributedOptions;
import io.github.camelb2.sync.option.SyncOptions;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.wire.RunMessage;
import io.github.camelb2.sync.wire.RunMessageJson;

/** Has one run carried out by workers elsewhere. Used by one thread, once. */
final class Distribution {
    private final B2SyncEndpoint endpoint;
    private final SyncSession session;
    private final InstantSource clock;
    private final GivenRun run;

    Distribution(B2SyncEndpoint endpoint, SyncSession session, InstantSource clock) {
        this.endpoint = endpoint;
        this.session = session;
        this.clock = clock;
        this.run = session.givenElsewhere();
    }

    /** Returns when every plan has its answer, or the run has given up: its report says why. */
    void run() {
        Term term;
        try {
            term = epochs().begin(session.job().name(), session.runId());
        } catch (IllegalStateException e) {
            run.giveUp(String.valueOf(e.getMessage()));
            return;
        }
        try {
            term.unfinished().ifPresent(before -> run.note("", before));
            withTokens(term);
        } catch (Exception e) {
            run.giveUp("the workers cannot be reached: " + e);
        } finally {
            term.end();
        }
    }

    private Epochs epochs() {
        DataSource ledger = endpoint.getConfiguration().getLedger();
        Duration patience = endpoint.options().distributed().patience().lease();
        return ledger == null
                ? endpoint.getComponent().epochs()
                : new JdbcEpochs(ledger, patience, clock, Sleeper.create());
    }

    /** Workers on other machines have to see the directories that this one sees. */
    private void withTokens(Term term) throws Exception {
        List<RunToken> tokens = new ArrayList<>();
        try {
            for (Location side : List.of(session.job().source(), session.job().destination())) {
                if (side instanceof Location.Directory directory) {
                    tokens.add(token(directory));
                }
            }
            withBroker(term);
        } finally {
            tokens.forEach(RunToken::close);
        }
    }

    private RunToken token(Location.Directory directory) throws IOException {
        try {
            return RunToken.put(directory.path(), endpoint.signer(), session.runId());
        } catch (IOException e) {
            throw new IOException(
                    "no file can be made in " + directory.path() + ", by which workers tell that they see it: " + e, e);
        }
    }

    private void withBroker(Term term) throws Exception {
        B2SyncConfiguration options = endpoint.getConfiguration();
        CamelContext context = endpoint.getCamelContext();
        Endpoint results =
                BrokerLink.endpoint(context, "resultEndpoint", Objects.requireNonNull(options.getResultEndpoint()));
        try (BrokerLink broker = new BrokerLink(
                context,
                "actionEndpoint",
                Objects.requireNonNull(options.getActionEndpoint()),
                options.getDeadLetterEndpoint())) {
            Coordinator coordinator = coordinator(broker, term);
            // Only while a run is under way: answers are for whoever coordinates it.
            Consumer consumer = broker.listen(results, coordinator::answer);
            try {
                coordinator.run();
            } finally {
                ServiceHelper.stopService(consumer);
            }
        }
    }

    private Coordinator coordinator(BrokerLink broker, Term term) {
        SyncJob job = session.job();
        SyncOptions options = endpoint.options();
        DistributedOptions distributed = options.distributed();
        RunMessage.About about = new RunMessage.About(
                job.name(), session.runId(), term.epoch(), distributed.digest(job), distributed.roots(job));
        return new Coordinator(
                run, about, new RunMessageJson(endpoint.signer()), broker, distributed.patience(), term, clock);
    }
}
