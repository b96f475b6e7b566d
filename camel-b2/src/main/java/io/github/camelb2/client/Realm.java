package io.github.camelb2.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

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

    /** Letters, digits, {@code . - _} or an IPv6 address in brackets, and perhaps a port. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

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
            return hasHost(address) && isPlain && (scheme.equals("https") || scheme.equals("http"))
                    ? Optional.of(realm.endsWith("/") ? realm.substring(0, realm.length() - 1) : realm)
                    : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    /** Also of a name that no registry has, such as those with an underscore that Docker Compose makes. */
    private static boolean hasHost(URI address) {
        String authority = address.getRawAuthority();
        return authority != null && HOST_AND_PORT.matcher(authority).matches();
    }

    private static String refusal(String realm) {
        return "realm " + realm + " is neither " + PRODUCTION + " nor an address like https://api.example.com";
    }
}
