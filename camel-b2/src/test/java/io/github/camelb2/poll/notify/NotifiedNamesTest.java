// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NotifiedNamesTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final NotifiedNames names = new NotifiedNames(2);

    @Test
    void nameWaitsOnceHoweverOftenItIsOffered() throws Exception {
        names.offer("a");
        names.offer("a");

        assertThat(names.poll(AT_ONCE)).contains("a");
        assertThat(names.poll(AT_ONCE)).isEmpty();
    }

    @Test
    void nameMayComeAgainAfterItWasTaken() throws Exception {
        names.offer("a");
        names.poll(AT_ONCE);

        names.offer("a");

        assertThat(names.poll(AT_ONCE)).contains("a");
    }

    @Test
    void floodIsTurnedAway() throws Exception {
        assertThat(names.offer("a")).isTrue();
        assertThat(names.offer("b")).isTrue();
        assertThat(names.offer("c")).isFalse();

        names.poll(AT_ONCE);

        assertThat(names.offer("c")).isTrue();
    }

    @Test
    void readerThatWaitsCanBeWoken() throws Exception {
        names.wake();

        assertThat(names.poll(Duration.ofMinutes(1))).isEmpty();
    }
}
