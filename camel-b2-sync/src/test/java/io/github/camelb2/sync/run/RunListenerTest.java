// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.time.InstantSource;

import org.junit.jupiter.api.Test;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.limit.RunBudget;
import io.github.camelb2.sync.run.limit.RunLimits;

import static org.assertj.core.api.Assertions.assertThat;

class RunListenerTest {
    private final RunListener listener = new RunListener(
            "test",
            SyncReport.Mode.REAL,
            new ReportCollector(),
            SyncProgressListener.NONE,
            InstantSource.system(),
            new RunBudget(RunLimits.NONE));
    private final ClientListener client = listener.callsAndBytes("destination");

    @Test
    void transfersThatFailedAreNotUnderWayAnyMore() {
        client.onProgress(1, "in/a", 30, 100);
        client.onProgress(2, "in/b", 20, 100);
        assertThat(listener.bytesUnderWay()).isEqualTo(50);

        listener.ended("a");

        assertThat(listener.bytesUnderWay()).isEqualTo(20);
    }

    @Test
    void transfersThatEndedAreNotUnderWayAnyMore() {
        client.onProgress(1, "a", 30, 100);
        client.onProgress(1, "a", 100, 100);

        assertThat(listener.bytesUnderWay()).isZero();
    }
}
