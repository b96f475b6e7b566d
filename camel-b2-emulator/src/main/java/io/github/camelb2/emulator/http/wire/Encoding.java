// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.github.camelb2.emulator.state.B2Error;

/**
 * Percent-encoding as B2 does it: of UTF-8, in headers, paths and queries alike, with {@code +} for a space when reading.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-native-api-string-encoding">String encoding</a>
 */
public final class Encoding {

    private static final String SAFE = "._-/~!$'()*;=:@";

    private Encoding() {}

    public static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw B2Error.badRequest("not percent-encoded UTF-8: " + text);
        }
    }

    /** As {@link #decode}, but what had to be percent-encoded and was not is refused, as in headers and in paths. */
    public static String decodeStrictly(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && SAFE.indexOf(c) < 0 && c != '%' && c != '+') {
                throw B2Error.badRequest("Bad character in percent-encoded string: " + (int) c + " (0x"
                        + Integer.toHexString(c).toUpperCase(Locale.ROOT) + ")");
            }
        }
        return decode(text);
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static int hex(String text, int at) {
        int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        if (digit < 0) {
            throw B2Error.badRequest("malformed percent-encoding: " + text);
        }
        return digit;
    }

    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isLetterOrDigit(c) || SAFE.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }
}
