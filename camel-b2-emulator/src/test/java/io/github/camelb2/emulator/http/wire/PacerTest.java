// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PacerTest {
    /** A stream that is asked for nothing when its buffer is full must not be given a byte behind its end. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 1000, 0", "5, 1000, 5", "500, 1000, 50", "500, 1, 1", "500, 0, 500"})
    void aStepIsATwentiethOfASecondAndNeverMoreThanWanted(int wanted, long bytesPerSecond, int step) {
        assertThat(new Pacer(bytesPerSecond).step(wanted)).isEqualTo(step);
    }
}
