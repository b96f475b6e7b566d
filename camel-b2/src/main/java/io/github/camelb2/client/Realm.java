package io.github.camelb2.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;

/** Where authorization begins. */
final class Realm {
    /** Backblaze's own service. */
    static final String PRODUCTION = "production";

    private static final Map<String, String> NAMED = Map.of(
            PRODUCTION,
            "https://api.backblazeb2.com",
            "staging",
            "https://api.backblaze.net",
            "dev",
            "http://api.backblazeb2.xyz:8180");

    private Realm() {}

    /**
     * The address of a realm, without a trailing slash.
     *
     * @throws IllegalArgumentException if it is neither a name that the {@code b2} tool knows nor an http(s) address
     */
    static String url(String realm) {
        String named = NAMED.get(realm);
        if (named != null) {
            return named;
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
