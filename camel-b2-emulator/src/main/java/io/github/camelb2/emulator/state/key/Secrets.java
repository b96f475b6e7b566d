// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.key;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Random text for keys and tokens, and how to keep them out of what people look at. */
public final class Secrets {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Tokens of accounts, uploads and downloads as the emulator makes them and as B2 does, and application keys; an underscore may be encoded. */
    private static final Pattern FORMS =
            Pattern.compile("[2-4](?:_|%5[Ff])[A-Za-z0-9_%-]{20,}?(?:_|%5[Ff])(?:acct|upld|dnld)"
                    + "(?![A-Za-z0-9])(?:(?:_|%5[Ff])[A-Za-z0-9_.%=-]+)?|K\\d{3}[A-Za-z0-9+/]{27}");

    private Secrets() {}

    /** The text without whatever may be a key or a token, wherever it came from. */
    public static String mask(String text) {
        return FORMS.matcher(text).replaceAll("***");
    }

    public static String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
