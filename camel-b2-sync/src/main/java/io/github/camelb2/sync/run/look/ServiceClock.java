// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.look;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Whether B2's clock and the time that a run counts ages from agree: else nobody knows the age of a version. */
public record ServiceClock(InstantSource clock, InstantSource service) {
    static final Duration TOLERANCE = Duration.ofMinutes(10);

    /**
     * Why nothing may be removed by age; empty if it may. Asked when the listing was answered.
     *
     * @param nowMillis the time of the run
     * @param anyNow    whether that may be any time
     */
    public Optional<String> trouble(long nowMillis, boolean anyNow) {
        Duration byService = Duration.between(clock.instant(), service.instant());
        if (isTooMuch(byService)) {
            return Optional.of("this machine's clock and B2's differ by "
                    + byService.abs().toSeconds() + " s, so nobody knows how old a version is: set the clock");
        }
        Duration byNow = Duration.ofMillis(nowMillis - clock.millis());
        return anyNow || !isTooMuch(byNow)
                ? Optional.empty()
                : Optional.of("the time of the run differs from the clock by "
                        + byNow.abs().toSeconds()
                        + " s, so nothing is removed by age; if CamelB2SyncNow is meant so, set trustNowHeader=true");
    }

    private static boolean isTooMuch(Duration difference) {
        return difference.abs().compareTo(TOLERANCE) > 0;
    }
}
