// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Percent-encoding of file names and file info in headers, paths and query parameters.
 *
 * <p>The text becomes UTF-8; letters, digits and {@code . _ - / ~ ! $ ' ( ) * ; = : @} stay as they are. In query
 * parameters the characters that separate parameters are encoded as well. B2 reads {@code +} as a space everywhere.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-native-api-string-encoding">Backblaze: string encoding</a>
 */
public final class FileNameEncoding {
    private static final BitSet SAFE = lettersDigitsAnd("._-/~!$'()*;=:@");
    private static final BitSet SAFE_IN_PARAMETERS = lettersDigitsAnd("._-~/");
    private static final String HEX = "0123456789ABCDEF";

    private FileNameEncoding() {}

    /** Encodes for {@code X-Bz-File-Name}, {@code X-Bz-Info-*} and download paths. */
    public static String encode(String text) {
        return encode(text, SAFE);
    }

    /** Encodes the value of a query parameter. */
    public static String encodeParameter(String text) {
        return encode(text, SAFE_IN_PARAMETERS);
    }

    private static String encode(String text, BitSet safe) {
        if (isSafe(text, safe)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xFF);
            if (safe.get(character)) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HEX.charAt(character >> 4)).append(HEX.charAt(character & 0xF));
            }
        }
        return encoded.toString();
    }

    private static boolean isSafe(String text, BitSet safe) {
        for (int i = 0; i < text.length(); i++) {
            if (!safe.get(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static BitSet lettersDigitsAnd(String others) {
        BitSet safe = new BitSet();
        safe.set('a', 'z' + 1);
        safe.set('A', 'Z' + 1);
        safe.set('0', '9' + 1);
        for (int i = 0; i < others.length(); i++) {
            safe.set(others.charAt(i));
        }
        return safe;
    }

    /**
     * Decodes what B2 answers in headers: {@code %} with hex digits of either case, {@code +} for a space.
     *
     * @throws IllegalArgumentException if a {@code %} is not followed by two hex digits
     */
    public static String decode(String encoded) {
        boolean isPlain = encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0;
        return isPlain ? encoded : URLDecoder.decode(encoded, StandardCharsets.UTF_8);
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
