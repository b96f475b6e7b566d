package io.github.camelb2;

import java.time.InstantSource;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.lending.B2ClientLease;

/** Runs the operation of each message, on the thread of its caller. */
public class B2Producer extends DefaultProducer {
    private final ProducerOperations operations;
    private volatile @Nullable B2ClientLease lease;
    private volatile @Nullable Processor runner;
    private volatile @Nullable ProducerHealthCheck healthCheck;

    B2Producer(B2Endpoint endpoint, ProducerOperations operations) {
        super(endpoint);
        this.operations = operations;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Processor running = runner;
        B2ClientLease borrowed = lease;
        if (running == null || borrowed == null) {
            throw new IllegalStateException("The producer of " + getEndpoint() + " is not started");
        }
        // Before the work: this producer may be stopped, or thrown out of a cache, while it is under way.
        borrowed.keepFor(exchange);
        running.process(exchange);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        B2Endpoint endpoint = getEndpoint();
        B2ClientLease borrowed = endpoint.getComponent().borrowClient(endpoint.getConfiguration());
        lease = borrowed;
        watch(endpoint, borrowed);
        runner = operations.of(borrowed, endpoint.getConfiguration(), InstantSource.system());
    }

    private void watch(B2Endpoint endpoint, B2ClientLease borrowed) {
        WritableHealthCheckRepository checks = healthChecks();
        if (checks != null) {
            ProducerHealthCheck check = new ProducerHealthCheck(endpoint, borrowed);
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
        B2ClientLease borrowed = lease;
        lease = null;
        runner = null;
        if (borrowed != null) {
            borrowed.close();
        }
    }

    @Override
    public B2Endpoint getEndpoint() {
        return (B2Endpoint) super.getEndpoint();
    }
}
