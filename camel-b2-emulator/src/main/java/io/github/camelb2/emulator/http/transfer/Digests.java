// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.camelb2.emulator.store.Content;
import io.github.camelb2.emulator.store.ContentStore;

/** The two digests of B2. */
public final class Digests {

    private Digests() {}

    static MessageDigest sha1() {
        return digest("SHA-1");
    }

    static MessageDigest md5() {
        return digest("MD5");
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SHA-1 and MD5 of stored bytes, which the caller has retained. */
    public static Pair of(ContentStore store, Content content) throws IOException {
        MessageDigest sha1 = sha1();
        MessageDigest md5 = md5();
        store.copy(content, new OutputStream() {
            @Override
            public void write(int b) {
                sha1.update((byte) b);
                md5.update((byte) b);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) {
                sha1.update(bytes, offset, count);
                md5.update(bytes, offset, count);
            }
        });
        return new Pair(HexFormat.of().formatHex(sha1.digest()), HexFormat.of().formatHex(md5.digest()));
    }

    /**
     * Both digests in hex.
     *
     * @param sha1 40 digits
     * @param md5 32 digits
     */
    public record Pair(String sha1, String md5) {}
}
