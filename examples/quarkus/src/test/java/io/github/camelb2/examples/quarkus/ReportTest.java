// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.quarkus;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.ConsumerTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The application stores its report, on the emulator that Dev Services start. */
@QuarkusTest
@Tag("full")
class ReportTest {
    @Inject
    ConsumerTemplate consumer;

    @Test
    void storesItsReport() {
        String report = consumer.receiveBody("b2:reports?prefix=local/&delay=200", 60_000, String.class);

        assertThat(report).isEqualTo("All is well.");
    }
}
