// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-1 that is being computed; the checksum that B2 asks for, which guards against damage and not against attackers. */
public final class Sha1 {
    /** Never updated: a copy of it is had sooner than one that all security providers are asked for. */
    private static final MessageDigest FRESH = fresh();

    private final MessageDigest digest;

    public Sha1() {
        digest = copy();
    }

    private static MessageDigest copy() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            // A provider of the user's own need not make copies.
            return fresh();
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1, which every Java must have", e);
        }
    }

    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** The 40 lower-case hex digits; what is added after it begins a new one. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
