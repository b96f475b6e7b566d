// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Address;

/** Where authorization begins: one of Backblaze's services by its name, or the address of any. */
public final class Realm {
    /** Backblaze's own service. */
    public static final String PRODUCTION = "production";

    private static final Map<String, String> NAMED = Map.of(
            PRODUCTION,
            "https://api.backblazeb2.com",
            "staging",
            "https://api.backblaze.net",
            "dev",
            "http://api.backblazeb2.xyz:8180");

    private Realm() {}

    /**
     * The address of a realm, without a trailing slash; that of production when there is none.
     *
     * @throws IllegalArgumentException if it is neither a name that the {@code b2} tool knows nor an http(s) address
     */
    public static String url(@Nullable String realm) {
        String asked = realm == null ? PRODUCTION : realm;
        return find(asked).orElseThrow(() -> new IllegalArgumentException(refusal(asked)));
    }

    /** Whether it has an address. */
    public static boolean isValid(String realm) {
        return find(realm).isPresent();
    }

    private static Optional<String> find(String realm) {
        String named = NAMED.get(realm);
        if (named != null) {
            return Optional.of(named);
        }
        try {
            URI address = new URI(realm);
            String scheme =
                    address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
            boolean isPlain = address.getRawQuery() == null && address.getRawFragment() == null;
            return Address.hasHost(address) && isPlain && (scheme.equals("https") || scheme.equals("http"))
                    ? Optional.of(Address.withoutSlashes(realm))
                    : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    private static String refusal(String realm) {
        return "realm " + Address.shown(realm) + " is neither " + PRODUCTION
                + " nor an address like https://api.example.com";
    }
}
