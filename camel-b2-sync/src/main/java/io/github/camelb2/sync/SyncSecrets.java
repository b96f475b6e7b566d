package io.github.camelb2.sync;

import java.util.regex.Pattern;

/** Hides the customer keys in an endpoint URI: Camel's own masking does not know these options. */
final class SyncSecrets {
    private static final Pattern SECRET = Pattern.compile(
            "(?i)([?&](?:source|destination)-?customer-?key=)" + "(?:RAW\\(.*?\\)(?=&|$)|RAW\\{.*?\\}(?=&|$)|[^&]*)");

    private SyncSecrets() {}

    /** The URI with every key replaced. */
    static String mask(String uri) {
        return SECRET.matcher(uri).replaceAll("$1xxxxxx");
    }
}
