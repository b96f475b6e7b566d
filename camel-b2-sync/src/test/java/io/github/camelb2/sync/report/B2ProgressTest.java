// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class B2ProgressTest {
    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final B2Progress progress =
            new B2Progress(new B2Progress.Lines(lines::add, () -> now, Duration.ofSeconds(10)));

    private void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    private static SyncProgress figures(SyncProgress.Phase phase, long moved) {
        return new SyncProgress(7, 5, 3, 1, 40_000_000, moved, Duration.ofSeconds(1), phase, 2);
    }

    @Test
    void aRunIsToldEveryTenSecondsWithRateAndTimeLeftAndAtItsEnd() {
        progress.onProgress("docs", figures(SyncProgress.Phase.SCANNING, 0));
        pass(9);
        progress.onProgress("docs", figures(SyncProgress.Phase.SCANNING, 9_000_000));
        pass(1);
        progress.onProgress("docs", figures(SyncProgress.Phase.SCANNING, 10_000_000));
        pass(10);
        progress.onProgress("docs", figures(SyncProgress.Phase.TRANSFERRING, 20_000_000));
        pass(20);
        progress.onProgress("docs", figures(SyncProgress.Phase.ENDED, 40_000_000));

        assertThat(lines)
                .containsExactly(
                        "sync docs: 10.0 MB, 1.0 MB/s, 7 compared, 3 of 5+ done, 1 failed",
                        "sync docs: 20.0 of 40.0 MB, 1.0 MB/s, PT20S left, 7 compared, 3 of 5 done, 1 failed",
                        "sync docs: 7 compared, 3 of 5 done, 1 failed after PT40S");
    }

    @Test
    void aTransferThatTakesLongIsToldAndShortOnesAreNot() {
        progress.onProgress(1, "short", 0, 10);
        progress.onProgress(1, "short", 10, 10);
        progress.onProgress(2, "long", 0, 3_000_000);
        pass(10);
        progress.onProgress(2, "long", 1_000_000, 3_000_000);
        progress.onProgress(2, "long", 3_000_000, 3_000_000);

        assertThat(lines).containsExactly("long: 1.0 of 3.0 MB, 0.1 MB/s, PT20S left", "long: complete after PT10S");
    }

    @Test
    void withoutATerminalTheReadyListenersWriteTheLog() {
        assertThat(B2Progress.terminal()).isNotNull();
        assertThat(B2Progress.log()).isNotSameAs(B2Progress.log());
    }
}
