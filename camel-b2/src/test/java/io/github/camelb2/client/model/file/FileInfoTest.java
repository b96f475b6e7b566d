// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.RetentionMode;

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
        FileInfo.checkSize("name", Map.of("key", "v".repeat(6993)), FileInfo.MAX_BYTES);

        assertThatThrownBy(() -> FileInfo.checkSize("name", Map.of("key", "v".repeat(6994)), FileInfo.MAX_BYTES))
                .hasMessageContaining("7001 bytes");
    }

    /** What the bucket does by default is the service's to know. */
    @Test
    void theLowerLimitHoldsWhereTheUploadItselfAsksForProtection() {
        UploadFile plain = UploadFile.of("bucket", "a").withFileInfo(Map.of("key", "v".repeat(3_000)));

        assertThat(plain.headers("x")).isNotEmpty();
        assertThat(plain.toStartLargeFile("id").fileInfo()).isNotEmpty();
        assertThat(plain.withLegalHold(LegalHold.OFF).headers("x")).isNotEmpty();
        assertThat(plain.withServerSideEncryption(Encryption.byDefault()).headers("x"))
                .isNotEmpty();
        for (UploadFile asking : List.of(
                plain.withServerSideEncryption(Encryption.sseB2()),
                plain.withServerSideEncryption(Encryption.sseC(new byte[32])),
                plain.withLegalHold(LegalHold.ON),
                plain.withFileRetention(FileRetention.of(RetentionMode.GOVERNANCE, Instant.ofEpochMilli(5))))) {
            assertThatThrownBy(() -> asking.headers("x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("3004 bytes")
                    .hasMessageContaining("2048 with encryption or a lock");
            assertThatThrownBy(() -> asking.toStartLargeFile("id")).hasMessageContaining("2048");
        }
    }
}
