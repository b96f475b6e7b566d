// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CallSettingsTest {
    @Test
    void noRetriesAreAllowedAndNegativeTimesAreNot() {
        assertThat(CallSettings.DEFAULT.withRetryTimeout(Duration.ZERO).retryTimeout())
                .isZero();
        assertThatThrownBy(() -> CallSettings.DEFAULT.withRetryTimeout(Duration.ofSeconds(-1)))
                .hasMessage("retryTimeout is PT-1S: it must not be negative");
        assertThatThrownBy(() -> CallSettings.DEFAULT.withRequestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout is PT0S: it must be longer than zero");
        assertThatThrownBy(() -> CallSettings.DEFAULT.withInitialBackoff(Duration.ZERO))
                .hasMessage("initialBackoff is PT0S: it must be longer than zero");
    }

    @Test
    void longestWaitIsNotShorterThanTheFirst() {
        assertThatThrownBy(() -> CallSettings.DEFAULT.withMaxBackoff(Duration.ofMillis(1)))
                .hasMessageContaining("maxBackoff PT0.001S is shorter than initialBackoff PT1S");
        assertThat(CallSettings.DEFAULT
                        .withInitialBackoff(Duration.ofMinutes(2))
                        .maxBackoff())
                .isEqualTo(Duration.ofMinutes(2));
    }
}
