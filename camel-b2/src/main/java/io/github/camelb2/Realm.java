package io.github.camelb2;

import org.jspecify.annotations.Nullable;

/** The address of a B2 service, for connections and tools; the client itself is given the realm as it is configured. */
final class Realm {
    static final String PRODUCTION = "production";

    private static final String PRODUCTION_URL = "https://api.backblazeb2.com";

    private Realm() {}

    /** The address of the realm: a URL stands for itself, none for production. */
    static String url(@Nullable String realm) {
        return realm == null || realm.equals(PRODUCTION) ? PRODUCTION_URL : realm;
    }

    /** Whether it is production, or a URL. */
    static boolean isValid(String realm) {
        return realm.equals(PRODUCTION) || realm.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?");
    }
}
