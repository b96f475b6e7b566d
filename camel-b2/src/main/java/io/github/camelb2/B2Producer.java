// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.InstantSource;
import java.util.Objects;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.lending.B2ClientLease;

/** Runs the operation of each message, on the thread of its caller. */
public class B2Producer extends DefaultProducer {
    private final ProducerOperations operations;
    private volatile @Nullable Work work;
    private volatile @Nullable ProducerHealthCheck healthCheck;

    /**
     * What works on messages.
     *
     * @param lease the client that it works with
     * @param key what that client was borrowed for; null where it is not the options that say so
     * @param runner runs operations
     */
    private record Work(B2ClientLease lease, @Nullable Credentials key, Processor runner) {}

    B2Producer(B2Endpoint endpoint, ProducerOperations operations) {
        super(endpoint);
        this.operations = operations;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Work current = current();
        // Before the work: this producer may be stopped, or thrown out of a cache, while it is under way.
        current.lease().keepFor(exchange);
        current.runner().process(exchange);
    }

    /** With the key of now: that of the component may have been rotated. */
    private Work current() {
        Work known = started();
        return Objects.equals(known.key(), keyOfNow()) ? known : renewed();
    }

    private Work started() {
        Work known = work;
        if (known == null) {
            throw new IllegalStateException("The producer of " + getEndpoint() + " is not started");
        }
        return known;
    }

    private synchronized Work renewed() {
        Work old = started();
        if (Objects.equals(old.key(), keyOfNow())) {
            return old;
        }
        Work fresh = begin();
        work = fresh;
        old.lease().close();
        return fresh;
    }

    private @Nullable Credentials keyOfNow() {
        return getEndpoint().getComponent().keyOfNow(getEndpoint().getConfiguration());
    }

    private Work begin() {
        B2Endpoint endpoint = getEndpoint();
        Credentials key = keyOfNow();
        B2ClientLease borrowed = endpoint.getComponent().borrowClient(endpoint.getConfiguration());
        return new Work(borrowed, key, operations.of(borrowed, endpoint.getConfiguration(), InstantSource.system()));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        work = begin();
        watch(getEndpoint());
    }

    private void watch(B2Endpoint endpoint) {
        WritableHealthCheckRepository checks = healthChecks();
        if (checks != null) {
            ProducerHealthCheck check =
                    new ProducerHealthCheck(endpoint, () -> current().lease());
            checks.addHealthCheck(check);
            healthCheck = check;
        }
    }

    /** Null where nobody asks for health. */
    private @Nullable WritableHealthCheckRepository healthChecks() {
        return HealthCheckHelper.getHealthCheckRepository(
                getEndpoint().getCamelContext(), "producers", WritableHealthCheckRepository.class);
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        ProducerHealthCheck check = healthCheck;
        WritableHealthCheckRepository checks = healthChecks();
        healthCheck = null;
        if (check != null && checks != null) {
            checks.removeHealthCheck(check);
        }
        Work ended = work;
        work = null;
        if (ended != null) {
            ended.lease().close();
        }
    }

    @Override
    public B2Endpoint getEndpoint() {
        return (B2Endpoint) super.getEndpoint();
    }
}
