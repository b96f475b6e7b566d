// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hexadecimal digits in names of temporary files that prove that this product has made them: the second half is a checksum
 * of the first. A file of somebody else that is merely called like a temporary one does not pass.
 */
public final class OwnDigits {
    private static final String SALT = "a temporary file of camel-b2: ";

    /** Keeps processes apart that began at the same time, on two machines too. */
    private static final long PROCESS = new SecureRandom().nextLong();

    private OwnDigits() {}

    /**
     * That many digits, which nobody has had before. Not from a generator for secrets, which costs more than all else of a small
     * file's name: one that is guessed does no harm, because no file is opened that is there.
     *
     * @param length even, at most 32
     */
    static String random(int length) {
        String first = HexFormat.of()
                .toHexDigits(PROCESS ^ ThreadLocalRandom.current().nextLong())
                .substring(0, length / 2);
        return first + hash(SALT + first, length / 2);
    }

    /**
     * The digits for a text, always the same ones.
     *
     * @param length even, at most 80
     */
    public static String of(String text, int length) {
        String first = hash(text, length / 2);
        return first + hash(SALT + first, length / 2);
    }

    /** Whether this product has made these digits; by chance, one of 16 to the power of half their number passes. */
    public static boolean areOwn(String digits) {
        int half = digits.length() / 2;
        return digits.length() == 2 * half
                && half > 0
                && digits.substring(half).equals(hash(SALT + digits.substring(0, half), half));
    }

    private static String hash(String text, int length) {
        Sha1 digest = new Sha1();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(bytes, 0, bytes.length);
        return digest.hex().substring(0, length);
    }
}
