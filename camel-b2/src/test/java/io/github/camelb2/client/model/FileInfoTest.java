package io.github.camelb2.client.model;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileInfoTest {
    @Test
    void keysBecomeLowerCaseAndKeepTheirOrder() {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("Zeta", "1");
        info.put("alpha", "2");

        assertThat(FileInfo.check(info)).containsExactly(Map.entry("zeta", "1"), Map.entry("alpha", "2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a:b", "a/b", "é", "b2-own", "123456789012345678901234567890123456789012345678901"})
    void keyThatTheServiceRefusesIsRefused(String key) {
        assertThatThrownBy(() -> FileInfo.check(Map.of(key, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fileInfo key \"" + key);
    }

    @Test
    void sameKeyInTwoCasesIsRefused() {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("Key", "1");
        info.put("key", "2");

        assertThatThrownBy(() -> FileInfo.check(info)).hasMessageContaining("given twice");
    }

    @Test
    void aValueThatHasNoFormInUtf8IsRefusedRatherThanStoredAsAnother() {
        assertThat(FileInfo.check(Map.of("k", "\uD83D\uDE00"))).hasSize(1);
        assertThatThrownBy(() -> FileInfo.check(Map.of("k", "\uD83D")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fileInfo value of \"k\"")
                .hasMessageContaining("surrogate");
    }

    @Test
    void contentHeadersOfB2AreAllowed() {
        assertThat(FileInfo.check(Map.of("b2-content-disposition", "inline"))).hasSize(1);
    }

    @Test
    void valuesOfHeadersAreEncoded() {
        assertThat(FileInfo.headers(Map.of("k", "v 1+2é")))
                .containsExactly(Map.entry("X-Bz-Info-k", "v%201%2B2%C3%A9"));
    }

    @Test
    void nameAndInfoOf7000BytesFitAndOneMoreDoesNot() {
        FileInfo.checkSize("name", Map.of("key", "v".repeat(6993)));

        assertThatThrownBy(() -> FileInfo.checkSize("name", Map.of("key", "v".repeat(6994))))
                .hasMessageContaining("7001 bytes");
    }
}
