package io.github.camelb2.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where authorization begins. */
final class Realm {
    /** Backblaze's own service. */
    static final String PRODUCTION = "production";

    private static final String PRODUCTION_URL = "https://api.backblazeb2.com";

    private Realm() {}

    /**
     * The address of a realm, without a trailing slash.
     *
     * @throws IllegalArgumentException if it is neither {@code production} nor an http(s) address
     */
    static String url(String realm) {
        if (realm.equals(PRODUCTION)) {
            return PRODUCTION_URL;
        }
        try {
            URI address = new URI(realm);
            String scheme =
                    address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
            if (address.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                return realm.endsWith("/") ? realm.substring(0, realm.length() - 1) : realm;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(refusal(realm), e);
        }
        throw new IllegalArgumentException(refusal(realm));
    }

    private static String refusal(String realm) {
        return "realm " + realm + " is neither " + PRODUCTION + " nor an address like https://api.example.com";
    }
}
