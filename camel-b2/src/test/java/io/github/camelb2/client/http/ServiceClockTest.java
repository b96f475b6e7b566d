// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.github.camelb2.client.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceClockTest {
    private final ManualTime machine = new ManualTime();
    private final ServiceClock clock = new ServiceClock(machine);

    @Test
    void thisMachinesTimeIsTakenBeforeTheFirstAnswer() {
        assertThat(clock.instant()).isEqualTo(machine.instant());
    }

    @Test
    void clockThatIsAnHourAheadOrBehindIsFollowed() {
        for (Duration ahead : new Duration[] {Duration.ofHours(1), Duration.ofHours(-1)}) {
            answer(ahead, Duration.ofMillis(80));

            assertThat(clock.instant())
                    .isBetween(
                            machine.instant().plus(ahead).minusMillis(1080),
                            machine.instant().plus(ahead));
        }
    }

    @Test
    void severalAnswersTellItMoreExactlyThanOneAndNeverAhead() {
        Duration ahead = Duration.ofMillis(123_456);
        for (int i = 0; i < 40; i++) {
            answer(ahead, Duration.ofMillis(20));
            machine.pass(Duration.ofMillis(337));
        }

        assertThat(clock.instant())
                .isBetween(
                        machine.instant().plus(ahead).minusMillis(60),
                        machine.instant().plus(ahead));
    }

    @Test
    void clockThatIsSetIsFollowedAgain() {
        answer(Duration.ofMinutes(9), Duration.ofMillis(5));
        answer(Duration.ZERO, Duration.ofMillis(5));

        assertThat(clock.instant()).isBetween(machine.instant().minusMillis(1005), machine.instant());
    }

    /** An answer that takes that long, half of it on the way there. */
    private void answer(Duration ahead, Duration roundTrip) {
        Instant asked = machine.instant();
        machine.pass(roundTrip.dividedBy(2));
        Instant made = machine.instant().plus(ahead);
        machine.pass(roundTrip.dividedBy(2));
        clock.learn(Instant.ofEpochSecond(made.getEpochSecond()), asked, machine.instant());
    }
}
