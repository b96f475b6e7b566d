// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "5000000, 5000000",
        "5MB, 5000000",
        "5 MB, 5000000",
        "100MiB, 104857600",
        "64KiB, 65536",
        "1KB, 1000",
        "5GB, 5000000000",
        "2GiB, 2147483648",
        "1TB, 1000000000000",
        "7B, 7"
    })
    void sizesWithAndWithoutUnitsAreRead(String text, long bytes) {
        assertThat(ByteSize.parse("partSize", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100m", "100M", "5mb", "1.5GB", "-1", "5MB5", "MB", "1e9", "9999999999999999999", "１"})
    void anythingElseIsRefusedWithTheOptionAndTheValue(String text) {
        assertThatThrownBy(() -> ByteSize.parse("partSize", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partSize=" + text)
                .hasMessageContaining("MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000000TB", "999999999999999999GiB"})
    void sizesThatNoFileHasAreRefused(String text) {
        assertThatThrownBy(() -> ByteSize.parse("partSize", text)).hasMessageContaining("partSize=" + text);
    }
}
