// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.replication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.ExactValue;
import io.github.camelb2.operation.request.ReplicationReport;

/**
 * Whether the replication of a bucket keeps up: down when the oldest file that is still to be replicated is older than
 * {@code maxLag}, or when some have failed. A bean, which Camel's health checks find in the registry.
 *
 * <p>It lists the bucket (one class C transaction for each 1,000 versions), at most once in {@code interval}; in between it
 * answers what it found. Thread-safe once it is in use.
 */
public final class ReplicationHealthCheck implements HealthCheck, CamelContextAware {
    private final InstantSource clock;
    private @Nullable CamelContext context;
    private String uri = "";
    private Duration maxLag = Duration.ofHours(1);
    private Duration interval = Duration.ofMinutes(10);
    private volatile boolean isEnabled = true;
    /** Guarded by this, as the time of it is. */
    private @Nullable ReplicationReport last;

    private Instant lastAt = Instant.EPOCH;

    public ReplicationHealthCheck() {
        this(InstantSource.system());
    }

    ReplicationHealthCheck(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.context = camelContext;
    }

    public String getUri() {
        return uri;
    }

    /** The source bucket: an endpoint with {@code operation=getReplicationStatus}, and a prefix if it is not for all names. */
    public void setUri(String uri) {
        this.uri = uri;
    }

    public String getMaxLag() {
        return maxLag.toString();
    }

    /** How long a file may wait, as 30m; an hour when not set. */
    public void setMaxLag(String maxLag) {
        this.maxLag = duration("maxLag", maxLag);
    }

    public String getInterval() {
        return interval.toString();
    }

    /** How long a listing is good for, as 10m, which it is when not set. */
    public void setInterval(String interval) {
        this.interval = duration("interval", interval);
    }

    private static Duration duration(String name, String text) {
        return ExactValue.duration(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(name + "=" + text + " is no duration: write one as 30m or 2h"));
    }

    @Override
    public String getId() {
        return "b2-replication:" + uri;
    }

    @Override
    public String getGroup() {
        return "b2";
    }

    @Override
    public boolean isEnabled() {
        return isEnabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.isEnabled = enabled;
    }

    /** A restart makes no replication faster. */
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
        try {
            return judge(result, report()).build();
        } catch (RuntimeException e) {
            return result.down()
                    .error(e)
                    .message(String.valueOf(e.getMessage()))
                    .build();
        }
    }

    private HealthCheckResultBuilder judge(HealthCheckResultBuilder result, ReplicationReport report) {
        result.detail("b2.replicationLag", report.lag().toMillis())
                .detail("b2.replicationPending", report.pending())
                .detail("b2.replicationFailed", report.failed());
        if (report.failed() > 0) {
            return result.down().message(report.failed() + " files could not be replicated");
        }
        return report.lag().compareTo(maxLag) > 0
                ? result.down().message("a file has been waiting to be replicated for " + report.lag())
                : result.up();
    }

    private synchronized ReplicationReport report() {
        ReplicationReport known = last;
        Instant now = clock.instant();
        if (known != null && now.isBefore(lastAt.plus(interval))) {
            return known;
        }
        CamelContext where = Objects.requireNonNull(context, "the health check is in no Camel context");
        ProducerTemplate template = where.createProducerTemplate();
        try {
            ReplicationReport report = template.requestBody(uri, (Object) null, ReplicationReport.class);
            last = report;
            lastAt = now;
            return report;
        } finally {
            template.stop();
        }
    }
}
