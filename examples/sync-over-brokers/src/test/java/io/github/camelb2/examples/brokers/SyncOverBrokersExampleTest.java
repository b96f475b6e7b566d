// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.brokers;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.report.WorkerFigures;

import static org.assertj.core.api.Assertions.assertThat;

/** With real brokers and real JVMs. */
@Tag("full")
class SyncOverBrokersExampleTest {
    @ParameterizedTest
    @ValueSource(strings = {"jms", "kafka"})
    void bothBucketsAreEqualAlthoughAWorkerIsKilledInTheMiddle(String results) throws Exception {
        SyncOverBrokers.Outcome outcome = SyncOverBrokers.run(results);

        assertThat(outcome.report().isComplete())
                .as(outcome.report() + " " + outcome.report().failures())
                .isTrue();
        assertThat(outcome.isEqual()).isTrue();
        assertThat(outcome.report().workers()).hasSizeGreaterThan(1);
        assertThat(outcome.report().workers()).extracting(WorkerFigures::plans).satisfies(plans -> assertThat(
                        plans.stream().mapToLong(Long::longValue).sum())
                .isEqualTo(690));
    }
}
