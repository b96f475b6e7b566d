// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Address;

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

    private static final int SHORTEST_LOOKALIKE = 5;
    private static final int MOST_SLIPS = 3;

    /** The words that names of secrets have. */
    private static final Pattern LOOKALIKE = Pattern.compile("key|secret|authori[sz]|token|passw");

    private static final int LETTERS_OF_FIRST = 5;
    private static final int LETTERS_OF_SHORT = 3;
    private static final int LETTERS_OF_LAST = 2;

    private static final String VALUE = "(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?\\}(?=&|$)|[^&]*)";

    /** The option that stands in the path of URIs, {@code b2:id:key@bucket}: no bucket is called so. */
    private static final String PATH = "bucketName";

    private static final Pattern USER_OF_PATH = Pattern.compile("^\\s*([A-Za-z0-9+.-]+:(?://)?)[^?/@:]*:[^?/@]*@");

    private static final Pattern OPTION = Pattern.compile("[?&]([^=&]+)=" + VALUE);

    /** As it stands in a route: with white space behind it, or with what ends a URI in an expression. */
    private static final String VALUE_IN_ROUTE = "(RAW\\(.*?\\)(?=%1$s)|RAW\\{.*?\\}(?=%1$s)|%2$s*?(?=%1$s))";

    private final List<String> names;
    private final List<String> addresses;
    private final Pattern secret;
    private final Pattern inUri;
    private final Pattern inText;

    /** Never leaves this object, so that nobody who sees a fingerprint can try which secret it is of. */
    private final byte[] key = new byte[KEY_BYTES];

    /** The options of these names. */
    public SecretOptions(String... names) {
        this(List.of(names), List.of());
    }

    private SecretOptions(List<String> names, List<String> addresses) {
        this.names = names;
        this.addresses = addresses;
        List<String> all = Stream.of(names, addresses).flatMap(List::stream).toList();
        this.secret = pattern(all, VALUE);
        this.inUri = pattern(all, String.format(VALUE_IN_ROUTE, "\\s*(?:&|$)", "[^&]"));
        this.inText = pattern(all, String.format(VALUE_IN_ROUTE, "[&,'\"\\s]|$", "[^&,'\"\\s]"));
        new SecureRandom().nextBytes(key);
    }

    /**
     * These and options that are addresses: a value of one is a secret only where somebody wrote a user, a password or a
     * token into it.
     */
    public SecretOptions andAddresses(String... options) {
        return new SecretOptions(names, List.of(options));
    }

    // Camel binds an option in any case, and with dashes. A RAW value ends at the bracket before the next option.
    private static Pattern pattern(List<String> names, String value) {
        String any = names.stream().map(name -> withDashes(name, "-?")).collect(Collectors.joining("|"));
        return Pattern.compile("(?is)([?&](" + any + ")=)" + value);
    }

    private static String withDashes(String name, String dash) {
        return name.replaceAll("(?=[A-Z])", dash);
    }

    /** The URI with every secret replaced. */
    public String mask(String uri) {
        return mask(uri, List.of());
    }

    /** The URI with every secret replaced, and the values of these other options. */
    String mask(String uri, Collection<String> others) {
        String masked = secret.matcher(withoutUser(uri))
                .replaceAll(found -> Matcher.quoteReplacement(
                        isSecret(found.group(2), found.group(3)) ? found.group(1) + MASK : found.group()));
        return OPTION.matcher(masked)
                .replaceAll(found -> Matcher.quoteReplacement(
                        others.contains(found.group(1))
                                ? found.group().substring(0, found.start(2) - found.start()) + MASK
                                : found.group()));
    }

    /** The URI with what was written before its bucket replaced: it is refused without it as well. */
    private String withoutUser(String uri) {
        return hasUser(uri) ? USER_OF_PATH.matcher(uri).replaceFirst("$1" + MASK + "@") : uri;
    }

    private boolean hasUser(String uri) {
        return addresses.contains(PATH) && USER_OF_PATH.matcher(uri).find();
    }

    /** The URI, as a route has it, with each secret replaced by what that answers for it; references stay. */
    String replaceInUri(String uri, UnaryOperator<String> replacement) {
        return replace(inUri, withoutUser(uri), replacement);
    }

    /** The same in an expression, where more than a URI may stand. */
    String replaceInText(String text, UnaryOperator<String> replacement) {
        return replace(inText, text, replacement);
    }

    private String replace(Pattern pattern, String text, UnaryOperator<String> replacement) {
        return pattern.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        isReference(found.group(3)) || !isSecret(found.group(2), found.group(3))
                                ? found.group()
                                : found.group(1) + replacement.apply(found.group(3))));
    }

    /** The secret options that the URI gives a value, not a reference such as {@code #bean:name}, nor a placeholder. */
    public List<String> literalsIn(String uri) {
        return secret.matcher(uri)
                .results()
                .filter(found -> isOption(found.group(2), names))
                .filter(found -> !isReference(found.group(3)) && !isPlaceholder(found.group(3)))
                .map(this::name)
                .distinct()
                .toList();
    }

    /** The same options, as the URI spells them. */
    List<String> writtenLiteralsIn(String uri) {
        return secret.matcher(uri)
                .results()
                .filter(found -> !isReference(found.group(3)) && isSecret(found.group(2), found.group(3)))
                .map(found -> found.group(2))
                .distinct()
                .toList();
    }

    /** Whether endpoints with this URI can differ in a secret alone: it holds one, or did in the text of its route. */
    public boolean hasOwnIn(String uri) {
        return !writtenLiteralsIn(uri).isEmpty() || RouteSecrets.isReferredToIn(uri);
    }

    private static boolean isReference(String value) {
        return value.isEmpty()
                || value.startsWith("#")
                || value.startsWith("%23")
                || value.startsWith("RAW(#")
                || value.equals(MASK);
    }

    /** Camel leaves an optional one, as {@code {{?name}}}, in the URI when no property has that name. */
    private static boolean isPlaceholder(String value) {
        String plain = value.startsWith("RAW(") || value.startsWith("RAW{") ? value.substring(4) : value;
        return plain.startsWith("{{") || plain.startsWith("%7B%7B");
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
     * Whether Camel would show one of these secrets, or of what was meant as one, if it quoted that URI: of all that a
     * context was told to hide it hides the first in a URI only, and a RAW value to its first bracket.
     */
    boolean wouldBeShownIn(String uri) {
        String quoted = URISupport.sanitizeUri(uri);
        return hasUser(uri)
                || OPTION.matcher(uri)
                        .results()
                        .filter(found -> isSecret(found.group(1), found.group(2)) && !isReference(found.group(2)))
                        .anyMatch(found -> quoted.contains(end(found.group(2))));
    }

    /** Whether that is one of these options, or resembles one. */
    boolean isSecret(String option) {
        return isOption(option, names) || resembles(option);
    }

    /** Whether the option has a secret for that value, as it is written in a URI. */
    private boolean isSecret(String option, String value) {
        return isSecret(option) || isOption(option, addresses) && isSecretAddress(value);
    }

    /** Whether an option was given an address with a user, a password or a token in it. */
    boolean isSecretAddress(String option, @Nullable Object value) {
        return value instanceof String text && isOption(option, addresses) && isSecretAddress(text);
    }

    private static boolean isSecretAddress(String value) {
        String plain =
                value.startsWith("RAW(") || value.startsWith("RAW{") ? value.substring(4, value.length() - 1) : value;
        String decoded = plain.contains("%")
                ? URLDecoder.decode(plain.replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), StandardCharsets.UTF_8)
                : plain;
        return Address.hasUser(decoded) || !URISupport.sanitizeUri(decoded).equals(decoded);
    }

    /** Whether that is one of these options, or an address, which may be a secret. */
    boolean isOption(String option) {
        return isOption(option, names) || isOption(option, addresses);
    }

    private static boolean isOption(String option, List<String> some) {
        return some.stream().anyMatch(option.replace("-", "")::equalsIgnoreCase);
    }

    /** What is shown first when too little of a value is hidden. */
    private static String end(String value) {
        String content = value.startsWith("RAW") ? value.substring(4, value.length() - 1) : value;
        return content.substring(content.length() / 2);
    }

    /**
     * Has Camel hide these options in what it logs at start-up, in URIs and in messages of failed bindings, and the most
     * likely slips in writing them. What a user added to the context's own list stays.
     */
    public void hideIn(CamelContext context) {
        hide(context, names);
        hide(context, names.stream().flatMap(SecretOptions::slips).toList());
    }

    /** Camel may have put a route into words before it asks a component: it hides an option that has one of these in it. */
    private static Stream<String> slips(String name) {
        Matcher words = Pattern.compile("([a-z]+)([A-Z][a-z]+)$").matcher(name);
        if (!words.find()) {
            return Stream.empty();
        }
        String first = words.group(1);
        String last = words.group(2);
        String end = first.substring(Math.max(0, first.length() - LETTERS_OF_FIRST));
        return Stream.of(
                first.substring(0, LETTERS_OF_SHORT) + last,
                name.substring(0, words.start(2)) + last.substring(0, LETTERS_OF_LAST),
                end + last,
                end + "_" + last,
                end + "-" + last);
    }

    /**
     * Has Camel hide an option too that is none, but was certainly meant as one of these: its value is a secret all the
     * same. Of other names nothing is changed.
     *
     * @return whether it is such a name
     */
    public boolean hideMisspelt(String option, CamelContext context) {
        if (!resembles(option)) {
            return false;
        }
        hide(context, List.of(option));
        return true;
    }

    /** Has Camel hide an option that was given an address with a user, a password or a token in it. */
    void hideAddress(String option, @Nullable Object value, CamelContext context) {
        if (isSecretAddress(option, value)) {
            hide(context, List.of(option));
        }
    }

    /**
     * Short names would hide every option that has those few letters in its name; and an id, even of a key, is no secret.
     */
    private boolean resembles(String option) {
        String plain = plain(option);
        return plain.length() >= SHORTEST_LOOKALIKE
                && !plain.endsWith("id")
                && (LOOKALIKE.matcher(plain).find()
                        || names.stream().anyMatch(name -> distance(plain, plain(name)) <= MOST_SLIPS));
    }

    private static String plain(String option) {
        return option.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters must be put in, taken out or replaced to make one of the other. */
    private static int distance(String one, String other) {
        int[] before = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[before.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[other.length()];
    }

    private static void hide(CamelContext context, List<String> options) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        String others = extension.getAdditionalSensitiveKeywords();
        Set<String> all = new TreeSet<>();
        if (others != null) {
            Stream.of(others.split(","))
                    .map(String::trim)
                    .filter(each -> !each.isEmpty())
                    .forEach(all::add);
        }
        for (String name : options) {
            all.add(name.toLowerCase(Locale.ROOT));
            all.add(withDashes(name, "-").replace("--", "-").toLowerCase(Locale.ROOT));
        }
        extension.setAdditionalSensitiveKeywords(String.join(",", all));
    }
}
