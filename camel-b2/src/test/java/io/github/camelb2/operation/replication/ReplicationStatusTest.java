// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.replication;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.model.file.Action;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.ReplicationStatus;
import io.github.camelb2.operation.request.ReplicationReport;
import io.github.camelb2.poll.Versions;

import static org.assertj.core.api.Assertions.assertThat;

class ReplicationStatusTest {
    @Test
    void theLagIsTheAgeOfTheOldestThatIsPending() {
        ReplicationReport report = ReplicationStatusOperation.report(
                List.of(
                                version("a", 5_000, ReplicationStatus.PENDING),
                                version("b", 3_000, ReplicationStatus.PENDING),
                                version("c", 1_000, ReplicationStatus.COMPLETED),
                                version("d", 500, ReplicationStatus.FAILED),
                                version("e", 400, ReplicationStatus.REPLICA),
                                version("f", 300, null),
                                version("g", 200, new ReplicationStatus("BEAMING")),
                                Versions.hide("h", "hidden", 100),
                                Versions.started("i", "unfinished", 100))
                        .iterator(),
                () -> 10_000);

        assertThat(report.lag()).isEqualTo(Duration.ofSeconds(7));
        assertThat(report.seen()).isEqualTo(7);
        assertThat(report.pending()).isEqualTo(2);
        assertThat(report.pendingBytes()).isEqualTo(8);
        assertThat(report.completed()).isEqualTo(1);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.replicas()).isEqualTo(1);
        assertThat(report.outside()).isEqualTo(1);
        assertThat(report.failedFiles()).singleElement().satisfies(it -> assertThat(it.fileName())
                .isEqualTo("d"));
    }

    @Test
    void nothingPendingHasNoLagAndAClockBehindHasNoNegativeOne() {
        assertThat(ReplicationStatusOperation.report(List.<FileVersion>of().iterator(), () -> 0)
                        .lag())
                .isZero();
        assertThat(ReplicationStatusOperation.report(
                                List.of(version("a", 5_000, ReplicationStatus.PENDING))
                                        .iterator(),
                                () -> 4_000)
                        .lag())
                .isZero();
    }

    private static FileVersion version(String name, long time, @Nullable ReplicationStatus status) {
        return new FileVersion(
                "account",
                Action.UPLOAD,
                "bucket",
                4,
                null,
                "none",
                "text/plain",
                "id-" + name,
                Map.of(),
                name,
                null,
                null,
                status,
                null,
                time);
    }
}
