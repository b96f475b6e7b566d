// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding of file names and file info in headers, paths and query parameters.
 *
 * <p>The text becomes UTF-8; letters, digits and {@code . _ - / ~ ! $ ' ( ) * ; = : @} stay as they are. In query
 * parameters the characters that separate parameters are encoded as well. B2 reads {@code +} as a space everywhere.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-native-api-string-encoding">Backblaze: string encoding</a>
 */
public final class FileNameEncoding {
    private static final String SAFE = "._-/~!$'()*;=:@";
    private static final String HEX = "0123456789ABCDEF";

    private FileNameEncoding() {}

    /** Encodes for {@code X-Bz-File-Name}, {@code X-Bz-Info-*} and download paths. */
    public static String encode(String text) {
        return encode(text, SAFE);
    }

    /** Encodes the value of a query parameter. */
    public static String encodeParameter(String text) {
        return encode(text, "._-~/");
    }

    private static String encode(String text, String safe) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xFF);
            if (isLetterOrDigit(character) || safe.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HEX.charAt(character >> 4)).append(HEX.charAt(character & 0xF));
            }
        }
        return encoded.toString();
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /**
     * Decodes what B2 answers in headers: {@code %} with hex digits of either case, {@code +} for a space.
     *
     * @throws IllegalArgumentException if a {@code %} is not followed by two hex digits
     */
    public static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    /**
     * The same of what was perhaps never encoded, because a careless client has stored it so, or something on the way has
     * decoded it: a text with a broken {@code %} is taken as it stands, as a whole.
     */
    public static String decodeIfEncoded(String text) {
        try {
            return decode(text);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
