// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * How a version is encrypted, as far as a client can see: the emulator checks customer keys but writes plain bytes.
 *
 * @param mode {@code SSE-B2}, {@code SSE-C}, or null for none
 * @param keyMd5 the MD5 of the customer's key in Base64; only with {@code SSE-C}
 */
public record Encryption(@Nullable String mode, @Nullable String keyMd5) {

    public static final Encryption NONE = new Encryption(null, null);
    public static final Encryption SSE_B2 = new Encryption("SSE-B2", null);

    /** Since 2026 the service encrypts everything and refuses to be asked not to; its own words for that were never seen. */
    public static void requireNoneAllowed(Encryption byDefault) {
        if (byDefault.mode() != null) {
            throw B2Error.badRequest("The encryption mode none is not accepted any more");
        }
    }

    /** Checks a customer key against its MD5 and keeps the latter. */
    public static Encryption customer(@Nullable String key, @Nullable String md5) {
        if (key == null || md5 == null) {
            throw B2Error.badRequest("SSE-C needs the algorithm, the customer key and its MD5");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key);
        } catch (IllegalArgumentException e) {
            throw B2Error.badRequest("customerKey is not valid base64");
        }
        if (bytes.length != 32) {
            throw B2Error.badRequest("customerKey must have 32 bytes, not " + bytes.length);
        }
        if (!md5(bytes).equals(md5)) {
            throw B2Error.badRequest("customerKeyMd5 does not match customerKey");
        }
        return new Encryption("SSE-C", md5);
    }

    public boolean isCustomer() {
        return "SSE-C".equals(mode);
    }

    /** Refuses access unless the given customer key is the one that this version was written with. */
    public void requireSameKey(Encryption given) {
        if (!isCustomer()) {
            if (given.isCustomer()) {
                throw B2Error.badRequest("customer key given, but the file is not encrypted with SSE-C");
            }
            return;
        }
        if (!given.isCustomer()) {
            throw B2Error.badRequest("The object was stored using a form of Server Side Encryption. "
                    + "The correct parameters must be provided to retrieve the object.");
        }
        if (!given.equals(this)) {
            throw B2Error.accessDenied(403, "the customer key is not the one that the file was encrypted with");
        }
    }

    private static String md5(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
