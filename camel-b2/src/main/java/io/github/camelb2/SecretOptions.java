package io.github.camelb2;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The secret options of a component: hides them in endpoint URIs, tells endpoints apart by them, and has Camel hide them
 * where it shows options. Each component has its own. Thread-safe.
 */
public final class SecretOptions {
    /** What Camel shows in place of a secret. */
    static final String MASK = "xxxxxx";

    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int FINGERPRINT_BYTES = 16;

    private final List<String> names;
    private final Pattern secret;

    /** Never leaves this object, so that nobody who sees a fingerprint can try which secret it is of. */
    private final byte[] key = new byte[KEY_BYTES];

    /** The options of these names. */
    public SecretOptions(String... names) {
        this.names = List.of(names);
        this.secret = pattern(this.names);
        new SecureRandom().nextBytes(key);
    }

    // Camel binds an option in any case, and with dashes. A RAW value ends at the bracket before the next option.
    private static Pattern pattern(List<String> names) {
        String any = names.stream().map(name -> withDashes(name, "-?")).collect(Collectors.joining("|"));
        return Pattern.compile("(?i)([?&](" + any + ")=)(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?\\}(?=&|$)|[^&]*)");
    }

    private static String withDashes(String name, String dash) {
        return name.replaceAll("(?=[A-Z])", dash);
    }

    /** The URI with every secret replaced. */
    public String mask(String uri) {
        return secret.matcher(uri).replaceAll("$1" + MASK);
    }

    /** The secret options that the URI gives a value, not a reference such as {@code #bean:name}. */
    public List<String> literalsIn(String uri) {
        return secret.matcher(uri)
                .results()
                .filter(found -> !isReference(found.group(3)))
                .map(this::name)
                .distinct()
                .toList();
    }

    private static boolean isReference(String value) {
        return value.isEmpty() || value.startsWith("#") || value.startsWith("%23") || value.startsWith("RAW(#");
    }

    private String name(MatchResult found) {
        String plain = found.group(2).replace("-", "");
        return names.stream().filter(plain::equalsIgnoreCase).findFirst().orElse(plain);
    }

    /**
     * A text that is the same for the same secrets in the same order, another one for others, and says nothing else about
     * them: it is made with a random key of this object. Empty when there are none.
     */
    public String fingerprint(@Nullable String... secrets) {
        if (Arrays.stream(secrets).allMatch(each -> each == null)) {
            return "";
        }
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            for (String each : secrets) {
                byte[] bytes = each == null ? new byte[0] : each.getBytes(StandardCharsets.UTF_8);
                // With its length, so that no part of one secret counts as part of the next.
                mac.update(((each == null ? -1 : bytes.length) + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal(), 0, FINGERPRINT_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + MAC, e);
        }
    }

    /**
     * Has Camel hide these options in what it logs at start-up, in URIs and in messages of failed bindings. What a user
     * added to the context's own list stays.
     */
    public void hideIn(CamelContext context) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        String others = extension.getAdditionalSensitiveKeywords();
        Set<String> all = new TreeSet<>();
        if (others != null) {
            Stream.of(others.split(","))
                    .map(String::trim)
                    .filter(each -> !each.isEmpty())
                    .forEach(all::add);
        }
        for (String name : names) {
            all.add(name.toLowerCase(Locale.ROOT));
            all.add(withDashes(name, "-").toLowerCase(Locale.ROOT));
        }
        extension.setAdditionalSensitiveKeywords(String.join(",", all));
    }
}
