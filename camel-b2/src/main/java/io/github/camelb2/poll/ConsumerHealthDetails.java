// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.Map;
import java.util.Optional;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * What Camel says of the polls of a consumer, with details that do not make it sick but that people want to know:
 * {@code b2.repository}, {@code b2.notificationsSignedWithOtherSecret} and {@code b2.ownFiles}. Asks nobody. Thread-safe.
 */
final class ConsumerHealthDetails implements HealthCheck {
    private final HealthCheck polls;
    private final B2Consumer consumer;

    ConsumerHealthDetails(HealthCheck polls, B2Consumer consumer) {
        this.polls = polls;
        this.consumer = consumer;
    }

    @Override
    public String getId() {
        return polls.getId();
    }

    @Override
    public String getGroup() {
        return polls.getGroup();
    }

    @Override
    public boolean isEnabled() {
        return polls.isEnabled();
    }

    @Override
    public void setEnabled(boolean enabled) {
        polls.setEnabled(enabled);
    }

    @Override
    public boolean isReadiness() {
        return polls.isReadiness();
    }

    @Override
    public boolean isLiveness() {
        return polls.isLiveness();
    }

    @Override
    public int getOrder() {
        return polls.getOrder();
    }

    @Override
    public Result call(Map<String, Object> asked) {
        Result known = polls.call(asked);
        HealthCheckResultBuilder result =
                HealthCheckResultBuilder.on(this).state(known.getState()).details(known.getDetails());
        known.getMessage().ifPresent(result::message);
        known.getError().ifPresent(result::error);
        Optional<String> trouble = consumer.repositoryTrouble();
        trouble.ifPresent(it -> result.detail("b2.repository", it));
        long others = consumer.getNotificationsSignedWithOtherSecret();
        if (others > 0) {
            result.detail("b2.notificationsSignedWithOtherSecret", others);
        }
        long own = consumer.getOwnFiles();
        if (own > 0) {
            result.detail("b2.ownFiles", own);
        }
        return result.build();
    }
}
