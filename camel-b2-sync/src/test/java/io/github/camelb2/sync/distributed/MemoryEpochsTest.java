// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A coordinator without a ledger cannot ask whether it still holds its sync. */
class MemoryEpochsTest {
    private static final Duration LEASE = Duration.ofSeconds(60);

    private long millis = 1_800_000_000_000L;
    private long nanos;

    private final MemoryEpochs memory =
            new MemoryEpochs((InstantSource) () -> Instant.ofEpochMilli(millis), () -> nanos);
    private final Epochs epochs = memory.of(LEASE, MemoryEpochs.Removals.SOME);

    private void pass(long byClock, long byNanos) {
        millis += byClock * 1_000;
        nanos += byNanos * 1_000_000_000;
    }

    /** Paused as a whole, with its clock set right behind that; its process stopped; its clock set back. */
    @ParameterizedTest
    @CsvSource({"300, 0", "300, 300", "0, 300", "-300, 1"})
    void whoeverStoodStillRemovesNothingAnyMore(long byClock, long byNanos) {
        Term term = epochs.begin("photos", "run-1");
        pass(6, 6);
        assertThat(term.holds("REMOVING")).isTrue();
        assertThat(term.mayRemove()).isTrue();

        pass(byClock, byNanos);
        assertThat(term.mayRemove()).isFalse();
        pass(1, 1);
        assertThat(term.holds("REMOVING")).isTrue();
        assertThat(term.mayRemove()).isFalse();
        assertThat(term.loss()).contains("stood still for 300 s", "photos");
    }

    @Test
    void whoeverLooksAtTheTimeNowAndThenGoesOn() {
        Term term = epochs.begin("photos", "run-1");
        for (int i = 0; i < 100; i++) {
            pass(6, 6);
            assertThat(term.holds("TRANSFERRING")).isTrue();
        }
        assertThat(term.mayRemove()).isTrue();
    }

    @Test
    void theFirstRunWaitsUntilNoRemovalOfAnotherCoordinatorCanBeBegun() {
        pass(5, 5);
        assertThat(epochs.begin("photos", "run-1").settling()).isEqualTo(Duration.ofSeconds(15));
        assertThat(memory.of(LEASE, MemoryEpochs.Removals.NONE)
                        .begin("photos", "run-2")
                        .settling())
                .isZero();
        pass(60, 60);
        Term third = epochs.begin("photos", "run-3");
        assertThat(third.settling()).isZero();
        third.leavesRemovals();
        third.end();
        assertThat(epochs.begin("photos", "run-4").settling()).isEqualTo(third.removalTime());
        assertThat(epochs.begin("videos", "run-1").settling()).isZero();
    }
}
