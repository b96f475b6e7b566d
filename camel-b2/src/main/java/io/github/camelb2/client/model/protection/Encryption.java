// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The encryption that a request asks for: what the bucket does, with B2's keys, or with a key of the customer.
 *
 * <p>{@code toString()} never shows a key.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-server-side-encryption">Backblaze: server-side encryption</a>
 */
public sealed interface Encryption {
    /** Says nothing: the bucket's default counts, which is SSE-B2 for new buckets since 2026. */
    static Encryption byDefault() {
        return None.INSTANCE;
    }

    /**
     * The same as {@link #byDefault()}: B2 stores nothing in clear any more and refuses the word. It is taken with one
     * warning, and refused from version 0.3.
     */
    static Encryption none() {
        if (!None.WARNED.getAndSet(true)) {
            LoggerFactory.getLogger(Encryption.class)
                    .warn(
                            "Encryption none means default: B2 encrypts what says nothing as the bucket does, and nothing is"
                                    + " stored in clear. Write default; version 0.3 refuses none");
        }
        return None.INSTANCE;
    }

    /** What a request has to say: null where the bucket's default is wanted. */
    static @Nullable Encryption asked(@Nullable Encryption wish) {
        return wish instanceof None ? null : wish;
    }

    /** B2 keeps the keys. */
    static Encryption sseB2() {
        return SseB2.INSTANCE;
    }

    /**
     * The customer keeps the key, and gives it with every request for the content.
     *
     * @param key 32 bytes
     */
    static Encryption sseC(byte[] key) {
        return new SseC(key);
    }

    /**
     * The customer keeps the key, and gives it with every request for the content.
     *
     * @param base64Key 32 bytes in Base64
     */
    static Encryption sseC(String base64Key) {
        try {
            return new SseC(Base64.getDecoder().decode(base64Key.trim()));
        } catch (IllegalArgumentException e) {
            // The decoder's message quotes what it could not read, which is the secret.
            throw new IllegalArgumentException("customerKey is not 32 bytes in Base64");
        }
    }

    /** {@code default}, {@code SSE-B2} or {@code SSE-C}. */
    String mode();

    /** The headers of a small upload. */
    Map<String, String> uploadHeaders();

    /** The headers of a part, a download or a HEAD request: only a customer's key has to be given again. */
    Map<String, String> accessHeaders();

    /** The form in JSON requests, key included. */
    @JsonValue
    Map<String, String> json();

    /** The default of the bucket. */
    final class None implements Encryption {
        static final None INSTANCE = new None();

        /** Of the process, because every request would repeat it. */
        private static final AtomicBoolean WARNED = new AtomicBoolean();

        private None() {}

        @Override
        public String mode() {
            return "default";
        }

        @Override
        public Map<String, String> uploadHeaders() {
            return Map.of();
        }

        @Override
        public Map<String, String> accessHeaders() {
            return Map.of();
        }

        @Override
        public Map<String, String> json() {
            return Map.of();
        }

        @Override
        public String toString() {
            return "default";
        }
    }

    /** Encryption with keys that B2 keeps. */
    final class SseB2 implements Encryption {
        static final SseB2 INSTANCE = new SseB2();

        private SseB2() {}

        @Override
        public String mode() {
            return "SSE-B2";
        }

        @Override
        public Map<String, String> uploadHeaders() {
            return Map.of("X-Bz-Server-Side-Encryption", "AES256");
        }

        @Override
        public Map<String, String> accessHeaders() {
            return Map.of();
        }

        @Override
        public Map<String, String> json() {
            return Map.of("mode", "SSE-B2", "algorithm", "AES256");
        }

        @Override
        public String toString() {
            return "SSE-B2";
        }
    }

    /** Encryption with a key that the customer keeps. */
    final class SseC implements Encryption {
        private static final int KEY_BYTES = 32;

        private final byte[] key;

        private SseC(byte[] key) {
            if (key.length != KEY_BYTES) {
                throw new IllegalArgumentException(
                        "customerKey has " + key.length + " bytes; SSE-C needs exactly " + KEY_BYTES);
            }
            this.key = key.clone();
        }

        @Override
        public String mode() {
            return "SSE-C";
        }

        @Override
        public Map<String, String> uploadHeaders() {
            return accessHeaders();
        }

        @Override
        public Map<String, String> accessHeaders() {
            return Map.of(
                    "X-Bz-Server-Side-Encryption-Customer-Algorithm", "AES256",
                    "X-Bz-Server-Side-Encryption-Customer-Key", base64(key),
                    "X-Bz-Server-Side-Encryption-Customer-Key-Md5", base64(md5(key)));
        }

        @Override
        public Map<String, String> json() {
            return Map.of(
                    "mode",
                    "SSE-C",
                    "algorithm",
                    "AES256",
                    "customerKey",
                    base64(key),
                    "customerKeyMd5",
                    base64(md5(key)));
        }

        private static String base64(byte[] bytes) {
            return new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII);
        }

        // MD5 is what the protocol asks for; it guards against mistakes, not against attackers.
        private static byte[] md5(byte[] bytes) {
            try {
                return MessageDigest.getInstance("MD5").digest(bytes);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java has no MD5, which every Java must have", e);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SseC that && MessageDigest.isEqual(key, that.key);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(key);
        }

        @Override
        public String toString() {
            return "SSE-C";
        }
    }
}
