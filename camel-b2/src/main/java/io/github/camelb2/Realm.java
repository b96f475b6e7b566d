package io.github.camelb2;

import java.util.Map;

/** The addresses of the B2 services that have a name. */
final class Realm {
    private static final Map<String, String> URLS = Map.of(
            "production", "https://api.backblazeb2.com",
            "staging", "https://api.backblaze.net",
            "dev", "http://api.backblazeb2.xyz:8180");

    private Realm() {}

    /** The address of the realm: a name that is known stands for its address, a URL for itself. */
    static String url(String realm) {
        return URLS.getOrDefault(realm, realm);
    }

    /** Whether it is a name that is known, or a URL. */
    static boolean isValid(String realm) {
        return URLS.containsKey(realm) || realm.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?");
    }
}
