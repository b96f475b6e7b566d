// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.sync.B2SyncConfiguration;
import io.github.camelb2.sync.B2SyncEndpoint;
import io.github.camelb2.sync.action.bucket.BucketAccess;
import io.github.camelb2.sync.option.SideAccount;
import io.github.camelb2.sync.option.SyncOptions;

/** The clients of both sides, borrowed when they are first asked for. Thread-safe; the monitor of its loans guards them. */
final class SyncClients implements AutoCloseable {
    private final B2SyncEndpoint endpoint;
    private final SyncOptions options;
    private final InstantSource clock;
    private final List<B2ClientLease> leases = new ArrayList<>();
    private @Nullable BucketAccess source;
    private @Nullable BucketAccess destination;

    SyncClients(B2SyncEndpoint endpoint, InstantSource clock) {
        this.endpoint = endpoint;
        this.options = endpoint.options();
        this.clock = clock;
    }

    /** @throws IllegalArgumentException if a name leads to no component */
    void check() {
        B2SyncConfiguration configuration = endpoint.getConfiguration();
        component("sourceComponent", configuration.getSourceComponent());
        component("destinationComponent", configuration.getDestinationComponent());
    }

    /** Gives the loans back; the next question borrows anew. */
    @Override
    public void close() {
        synchronized (leases) {
            leases.forEach(B2ClientLease::close);
            leases.clear();
            source = null;
            destination = null;
        }
    }

    BucketAccess source() {
        synchronized (leases) {
            if (source == null) {
                source = access(options.source(), options.sourceEncryption());
            }
            return source;
        }
    }

    BucketAccess destination() {
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
        String limit = options.maxBytesPerSecond();
        if (limit != null) {
            account.setMaxBytesPerSecond(limit);
        }
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
