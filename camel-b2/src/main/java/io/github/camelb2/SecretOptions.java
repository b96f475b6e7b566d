package io.github.camelb2;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds and hides the secrets in an endpoint URI: Camel's own masking does not know these options. */
final class SecretOptions {
    /** What Camel shows in place of a secret. */
    static final String MASK = "xxxxxx";

    // Camel binds an option in any case, and with dashes. A RAW value ends at the bracket before the next option.
    private static final Pattern SECRET =
            Pattern.compile("(?i)([?&](application-?key|customer-?key|notification-?secret)=)"
                    + "(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?\\}(?=&|$)|[^&]*)");

    private static final List<String> NAMES = List.of("applicationKey", "customerKey", "notificationSecret");

    private SecretOptions() {}

    /** The URI with every secret replaced. */
    static String mask(String uri) {
        return SECRET.matcher(uri).replaceAll("$1" + MASK);
    }

    /** The secret options that the URI gives a value, not a reference such as {@code #bean:name}. */
    static List<String> literalsIn(String uri) {
        return SECRET.matcher(uri)
                .results()
                .filter(found -> !isReference(found.group(3)))
                .map(SecretOptions::name)
                .distinct()
                .toList();
    }

    private static boolean isReference(String value) {
        return value.isEmpty() || value.startsWith("#") || value.startsWith("%23") || value.startsWith("RAW(#");
    }

    private static String name(MatchResult found) {
        String plain = found.group(2).replace("-", "");
        return NAMES.stream().filter(plain::equalsIgnoreCase).findFirst().orElse(plain);
    }
}
