// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.B2SyncEndpoint;
import io.github.camelb2.sync.launch.RunHistory;
import io.github.camelb2.sync.plan.actions.Withheld;

/**
 * Whether a sync withholds removals, which a person has to look at, or has not been complete for longer than {@code
 * healthMaxAge}: not ready then, with details {@code b2.withheldRemovals}, {@code b2.withheldSince}, {@code b2.withheldBy},
 * where one file is to blame {@code b2.withheldBecauseOf}, and {@code b2.lastComplete}. Asks nobody. Thread-safe.
 */
public final class SyncHealthCheck implements HealthCheck {
    private final B2SyncEndpoint endpoint;
    private final @Nullable HealthCheck polls;
    private final InstantSource clock;
    private final Instant since;
    private volatile boolean isEnabled;

    /** @param polls what Camel knows of the polls of a consumer; null for a producer */
    public SyncHealthCheck(B2SyncEndpoint endpoint, @Nullable HealthCheck polls) {
        this(endpoint, polls, InstantSource.system());
    }

    public SyncHealthCheck(B2SyncEndpoint endpoint, @Nullable HealthCheck polls, InstantSource clock) {
        this.endpoint = endpoint;
        this.polls = polls;
        this.clock = clock;
        this.since = clock.instant();
        this.isEnabled = endpoint.getComponent().isHealthCheckProducerEnabled();
    }

    @Override
    public String getId() {
        return polls == null ? "producer:" + endpoint.getEndpointKey() : polls.getId();
    }

    @Override
    public String getGroup() {
        return polls == null ? "producers" : polls.getGroup();
    }

    @Override
    public boolean isEnabled() {
        return polls == null ? isEnabled : polls.isEnabled();
    }

    @Override
    public void setEnabled(boolean enabled) {
        isEnabled = enabled;
        if (polls != null) {
            polls.setEnabled(enabled);
        }
    }

    /** A restart brings no file back. */
    @Override
    public boolean isLiveness() {
        return polls != null && polls.isLiveness();
    }

    @Override
    public int getOrder() {
        return polls == null ? HealthCheck.super.getOrder() : polls.getOrder();
    }

    @Override
    public Result call(Map<String, Object> asked) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        if (polls != null) {
            Result known = polls.call(asked);
            result.state(known.getState()).details(known.getDetails());
            known.getMessage().ifPresent(result::message);
            known.getError().ifPresent(result::error);
        } else if (isEnabled) {
            result.detail(ENDPOINT_URI, endpoint.getEndpointUri()).up();
        } else {
            return result.message("Disabled").unknown().build();
        }
        List<Withheld> withheld = endpoint.withheld();
        if (isEnabled() && !withheld.isEmpty()) {
            tell(result, withheld);
        }
        if (isEnabled()) {
            judgeAge(result);
        }
        return result.build();
    }

    private void judgeAge(HealthCheckResultBuilder result) {
        String name = endpoint.getConfiguration().getName();
        Instant complete = endpoint.getComponent()
                .history()
                .last(name)
                .map(RunHistory.LastRun::lastComplete)
                .orElse(null);
        result.detail("b2.lastComplete", complete == null ? "never" : complete.toString());
        Long most = endpoint.getConfiguration().getHealthMaxAge();
        Duration age = Duration.between(complete == null ? since : complete, clock.instant());
        if (most != null && age.toMillis() > most) {
            result.down()
                    .message("sync " + name + " has not been complete for " + age.truncatedTo(ChronoUnit.SECONDS)
                            + ", longer than healthMaxAge=" + Duration.ofMillis(most));
        }
    }

    private void tell(HealthCheckResultBuilder result, List<Withheld> all) {
        Withheld first = all.get(0);
        result.down()
                .message(endpoint.getWithheldRemovals() + " removals of sync "
                        + endpoint.getConfiguration().getName() + " are withheld since " + since(all) + ": "
                        + first.reason())
                .detail("b2.withheldRemovals", endpoint.getWithheldRemovals())
                .detail("b2.withheldSince", since(all))
                .detail("b2.withheldBy", first.guard().name());
        if (!first.cause().isEmpty()) {
            result.detail("b2.withheldBecauseOf", first.cause());
        }
    }

    /** The earliest, in UTC; empty where nothing is withheld. */
    public static String since(List<Withheld> all) {
        return all.stream().mapToLong(Withheld::sinceMillis).min().stream()
                .mapToObj(millis -> Instant.ofEpochMilli(millis).toString())
                .findFirst()
                .orElse("");
    }
}
