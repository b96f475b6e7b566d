// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.camelb2.CapturedLogs;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.LargeFileCalls.CopyPart;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.json.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EncryptionTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String KEY_BASE64 = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    /** {@code printf 0123456789abcdef0123456789abcdef | openssl md5 -binary | base64} */
    private static final String KEY_MD5 = "hRasmdxgYDKV3nvbahU1MA==";

    @Test
    void customerKeyTravelsInThreeHeaders() {
        assertThat(Encryption.sseC(KEY).accessHeaders())
                .isEqualTo(Map.of(
                        "X-Bz-Server-Side-Encryption-Customer-Algorithm", "AES256",
                        "X-Bz-Server-Side-Encryption-Customer-Key", KEY_BASE64,
                        "X-Bz-Server-Side-Encryption-Customer-Key-Md5", KEY_MD5));
    }

    @Test
    void jsonOfEachFormIsWhatB2Expects() {
        assertThat(Encryption.sseB2().json()).isEqualTo(Map.of("mode", "SSE-B2", "algorithm", "AES256"));
        assertThat(Encryption.sseC(KEY_BASE64).json())
                .isEqualTo(Map.of(
                        "mode", "SSE-C", "algorithm", "AES256", "customerKey", KEY_BASE64, "customerKeyMd5", KEY_MD5));
    }

    /** B2 refuses the word since 2026. */
    @Test
    void noneIsDefaultAndSaysNothingInAnyRequest() {
        Encryption none = Encryption.none();

        assertThat(none).isSameAs(Encryption.byDefault()).hasToString("default");
        assertThat(Encryption.asked(none)).isNull();
        assertThat(none.uploadHeaders()).isEmpty();
        for (Object request : List.of(
                StartLargeFile.of("b", "a", "t").withServerSideEncryption(none),
                CopyFile.of("id", "a").withDestinationServerSideEncryption(none).withSourceServerSideEncryption(none),
                CopyPart.of("id", "large", 1).withDestinationServerSideEncryption(none),
                CreateBucket.of("bucket", BucketType.ALL_PRIVATE).withDefaultServerSideEncryption(none))) {
            assertThat(new String(Json.write(request), StandardCharsets.UTF_8))
                    .doesNotContain("ncryption")
                    .doesNotContain("none");
        }
    }

    @Test
    void managedEncryptionIsNamedOnceAndNotRepeatedOnAccess() {
        assertThat(Encryption.sseB2().uploadHeaders()).isEqualTo(Map.of("X-Bz-Server-Side-Encryption", "AES256"));
        assertThat(Encryption.sseB2().accessHeaders()).isEmpty();
    }

    @Test
    void keyIsNeverShown() {
        assertThat(Encryption.sseC(KEY)).hasToString("SSE-C");
        assertThatThrownBy(() -> Encryption.sseC("not base64 secret!"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("customerKey is not 32 bytes in Base64")
                .hasNoCause();
    }

    @Test
    void keyOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> Encryption.sseC(new byte[31])).hasMessageContaining("31 bytes");
    }

    @Test
    void laterChangesOfTheArrayDoNotReachTheKey() {
        byte[] key = KEY.clone();
        Encryption encryption = Encryption.sseC(key);

        key[0] = 'x';

        assertThat(encryption).isEqualTo(Encryption.sseC(KEY)).hasSameHashCodeAs(Encryption.sseC(KEY));
    }

    /** In a class loader of its own, because another test of this process may have had the warning. */
    @Test
    void noneIsDefaultWithOneWarning() throws Exception {
        Class<?> fresh = new FreshModel().loadClass(Encryption.class.getName());
        try (CapturedLogs logs = CapturedLogs.open()) {
            for (int i = 0; i < 3; i++) {
                assertThat(fresh.getMethod("none").invoke(null))
                        .isSameAs(fresh.getMethod("byDefault").invoke(null));
            }

            assertThat(logs.lines())
                    .filteredOn(line -> line.contains("Encryption none means default"))
                    .singleElement()
                    .asString()
                    .contains("Write default; version 0.3 refuses none");
        }
        assertThat(Encryption.none()).isSameAs(Encryption.byDefault());
    }

    /** Loads the classes of this package anew. */
    private static final class FreshModel extends ClassLoader {
        FreshModel() {
            super(Encryption.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Encryption.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream code = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
