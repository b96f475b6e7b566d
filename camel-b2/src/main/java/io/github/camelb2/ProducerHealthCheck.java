// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2ClientLease;

/**
 * Whether a producer can do its work: it has a login, and its bucket is there. Asks B2 for what is not known yet, once and
 * without repetitions; with both known a check costs nothing. Thread-safe.
 */
final class ProducerHealthCheck implements HealthCheck {
    private final B2Endpoint endpoint;
    private final Supplier<B2ClientLease> loan;
    private final String id;
    private volatile boolean isEnabled;

    /** Of a producer that holds this loan at the time. */
    ProducerHealthCheck(B2Endpoint endpoint, Supplier<B2ClientLease> loan) {
        this.endpoint = endpoint;
        this.loan = loan;
        this.id = "producer:" + endpoint.getEndpointKey();
        this.isEnabled = endpoint.getComponent().isHealthCheckProducerEnabled();
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getGroup() {
        return "producers";
    }

    @Override
    public boolean isEnabled() {
        return isEnabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.isEnabled = enabled;
    }

    /** A producer that cannot work now does not get better by a restart. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public Result call(Map<String, Object> asked) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        if (!isEnabled) {
            return result.message("Disabled").unknown().build();
        }
        String bucket = endpoint.getConfiguration().getBucketName();
        result.detail(ENDPOINT_URI, endpoint.getEndpointUri()).detail("b2.bucket", bucket);
        try {
            B2ClientLease lease = loan.get();
            lease.repositoryTrouble().ifPresent(trouble -> result.detail("b2.repository", trouble));
            ask(lease.client(), bucket);
            result.up();
        } catch (B2Exception e) {
            result.down()
                    .error(e)
                    .message(e.getMessage())
                    .detail("b2.call", e.call())
                    .detail("b2.code", e.code())
                    .detail(HTTP_RESPONSE_CODE, e.status());
        } catch (RuntimeException e) {
            result.down().error(e).message(e.getMessage());
        }
        return result.build();
    }

    private void ask(B2Client client, String bucket) {
        B2Configuration options = endpoint.getConfiguration();
        CallSettings once = CallSettings.DEFAULT
                .withRetryTimeout(Duration.ZERO)
                .withConnectTimeout(Duration.ofMillis(options.getConnectTimeout()))
                .withRequestTimeout(Duration.ofMillis(options.getRequestTimeout()));
        client.accountInfo(once);
        boolean hasBucket = !bucket.equals("*") && !options.isAutoCreateBucket() && !client.isWithoutKey();
        if (hasBucket) {
            client.bucketId(bucket, once);
        }
    }
}
