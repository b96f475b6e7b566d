// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2Account;

/**
 * Whether the logins that the components of a context have in use work: one that is known is not asked for again, one that
 * is not is tried once. What was found holds for a minute, so that whoever asks often does not log in often. Camel finds it
 * by the name {@code b2-login}. Thread-safe.
 */
public final class LoginHealthCheck implements HealthCheck, CamelContextAware {
    private static final Duration HOLDS = Duration.ofSeconds(60);
    private static final CallSettings ONCE = CallSettings.DEFAULT.withRetryTimeout(Duration.ZERO);

    private final InstantSource clock = InstantSource.system();
    private volatile @Nullable CamelContext context;
    private volatile boolean isEnabled = true;

    /** Guarded by this. */
    private @Nullable Result known;

    private Instant knownAt = Instant.MIN;

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(@Nullable CamelContext context) {
        this.context = context;
    }

    @Override
    public String getId() {
        return "b2-login";
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public boolean isEnabled() {
        return isEnabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        isEnabled = enabled;
    }

    /** A restart makes no key right. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public synchronized Result call(Map<String, Object> asked) {
        Instant now = clock.instant();
        Result found = known;
        if (found == null || Duration.between(knownAt, now).compareTo(HOLDS) >= 0) {
            found = ask();
            known = found;
            knownAt = now;
        }
        return found;
    }

    private Result ask() {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        if (!isEnabled) {
            return result.message("Disabled").unknown().build();
        }
        result.up();
        List<B2Account> accounts = accounts();
        for (B2Account account : accounts) {
            try {
                account.logIn(ONCE);
            } catch (B2Exception e) {
                result.down()
                        .error(e)
                        .message(e.getMessage())
                        .detail("b2.call", e.call())
                        .detail("b2.code", e.code())
                        .detail(HTTP_RESPONSE_CODE, e.status());
            }
        }
        return result.detail("b2.accounts", accounts.size()).build();
    }

    private List<B2Account> accounts() {
        CamelContext asked = context;
        return asked == null
                ? List.of()
                : asked.getComponentNames().stream()
                        .sorted()
                        .map(asked::hasComponent)
                        .filter(B2Component.class::isInstance)
                        .flatMap(component -> ((B2Component) component).accounts().stream())
                        .toList();
    }
}
