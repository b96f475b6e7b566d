// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells B2's own event notifications from anybody else's by the HMAC over their raw bytes. Immutable and thread-safe.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-event-notifications-reference-guide">Backblaze: event
 *     notifications reference</a>
 */
public final class NotificationSignature {
    public static final String HEADER = "X-Bz-Event-Notification-Signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1=";

    private final List<SecretKeySpec> keys;

    /** @param secrets one, or several with commas between them while one replaces another */
    NotificationSignature(String secrets) {
        this.keys = Stream.of(secrets.split(","))
                .map(it -> new SecretKeySpec(it.trim().getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
    }

    /**
     * Whether one of the signatures is right for the body.
     *
     * @param header {@code v1=} and hex digits; several, separated by commas, while B2 changes from one secret to another
     */
    boolean isValid(String header, byte[] body) {
        List<byte[]> expected = keys.stream().map(key -> sign(key, body)).toList();
        boolean isValid = false;
        for (String signature : header.split(",")) {
            byte[] digits = digits(signature.trim());
            for (byte[] one : expected) {
                // Neither && nor a break: how long it takes must not tell how close a guess was.
                isValid |= MessageDigest.isEqual(one, digits);
            }
        }
        return isValid;
    }

    private static byte[] sign(SecretKeySpec key, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] digits(String signature) {
        try {
            return signature.startsWith(VERSION)
                    ? HexFormat.of()
                            .parseHex(signature.substring(VERSION.length()).toLowerCase(Locale.ROOT))
                    : new byte[0];
        } catch (IllegalArgumentException e) {
            // Not hex digits: no signature of B2's.
            return new byte[0];
        }
    }
}
