// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.util.InetAddressUtil;

import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.sync.B2SyncConfiguration;
import io.github.camelb2.sync.B2SyncConstants;
import io.github.camelb2.sync.B2SyncEndpoint;
import io.github.camelb2.sync.distributed.SyncWorker;
import io.github.camelb2.sync.wire.RunMessageJson;

/** A worker between a route that brings messages and the endpoint that takes its answers. Thread-safe. */
final class WorkerLink implements AutoCloseable {
    /** What a message of a coordinator never has: somebody wants to redirect a worker. */
    private static final List<String> OVERRIDES =
            List.of(B2SyncConstants.SOURCE, B2SyncConstants.DESTINATION, B2SyncConstants.DRY_RUN, B2SyncConstants.NOW);

    private final CamelContext context;
    private final BrokerLink broker;
    private final ScheduledExecutorService renewals;
    private final Sleeper sleeper = Sleeper.create();
    private final SyncWorker worker;

    WorkerLink(B2SyncEndpoint endpoint, WorkerSite site, InstantSource clock) {
        B2SyncConfiguration options = endpoint.getConfiguration();
        this.context = endpoint.getCamelContext();
        this.broker = new BrokerLink(
                context,
                "resultEndpoint",
                Objects.requireNonNull(options.getResultEndpoint()),
                options.getDeadLetterEndpoint());
        this.renewals =
                context.getExecutorServiceManager().newScheduledThreadPool(this, "B2SyncLeases-" + site.sync(), 1);
        this.worker = new SyncWorker(
                name(context), site, new RunMessageJson(endpoint.signer()), broker::send, clock, renewals, sleeper);
    }

    private static String name(CamelContext context) {
        return InetAddressUtil.getLocalHostNameSafe() + "/"
                + ProcessHandle.current().pid() + "/" + context.getName();
    }

    /** Takes one message, and returns when it is answered. */
    void take(Exchange exchange) throws Exception {
        broker.receive(exchange, text -> {
            for (String override : OVERRIDES) {
                if (exchange.getMessage().getHeader(override) != null) {
                    throw new IllegalArgumentException("header " + override
                            + " cannot be on a message to a worker: its options say what it works on");
                }
            }
            worker.take(text);
        });
    }

    @Override
    public void close() {
        sleeper.close();
        context.getExecutorServiceManager().shutdown(renewals);
        broker.close();
    }
}
