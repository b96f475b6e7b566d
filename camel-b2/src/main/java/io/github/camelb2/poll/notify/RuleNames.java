// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of notification rules that no two consumers share, and no two runs of one consumer differ in. */
final class RuleNames {
    private static final int DIGITS = 16;

    private RuleNames() {}

    /** The name of the rule that sends the events of a prefix to an address. */
    static String of(String prefix, String url) {
        return "camel-b2-" + digest(prefix, url);
    }

    /** The first digits of the SHA-256 of both. */
    static String digest(String prefix, String url) {
        try {
            // No prefix and no address holds a line feed, so that two pairs never give one text.
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((prefix + "\n" + url).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
