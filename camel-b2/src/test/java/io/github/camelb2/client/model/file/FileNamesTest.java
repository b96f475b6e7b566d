// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "/a", "a//b", "a/", "a\\b", "..", "é", "😀", " "})
    void whatTheServiceAcceptsIsAccepted(String name) {
        assertThat(FileNames.check(name)).isEqualTo(name);
    }

    @Test
    void nameOf1024BytesIsAcceptedAndOneMoreIsNot() {
        assertThat(FileNames.check("é".repeat(512))).hasSize(512);
        assertThatThrownBy(() -> FileNames.check("é".repeat(512) + "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1025 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000", "a\u007f", "a\uD83D", "\uDE00\uD83D"})
    void whatTheServiceRefusesIsRefused(String name) {
        assertThatThrownBy(() -> FileNames.check(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fileName");
    }

    @Test
    void controlCharactersAreNamedAndNotPrinted() {
        assertThatThrownBy(() -> FileNames.check("a\nb"))
                .hasMessage("fileName \"a\\u000ab\" has the control character U+000A at position 1, which B2 refuses");
    }
}
