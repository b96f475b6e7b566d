// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.github.camelb2.poll.scan.Refused;

/**
 * Which events a consumer is told of: the option {@code eventTypes}. Immutable.
 *
 * @param ofRule as a rule names them, sorted, and none that another one has as well
 */
public record EventTypes(List<String> ofRule) {
    private static final String PREFIX = "b2:";
    private static final String ALL = ":*";
    private static final Pattern TYPE = Pattern.compile("b2:[A-Za-z]+:(\\*|[A-Za-z]+)");

    private static final List<String> CREATED = List.of("b2:ObjectCreated:*");
    private static final List<String> HIDDEN = List.of("b2:HideMarkerCreated:*");
    private static final List<String> DELETED = List.of("b2:ObjectDeleted:*");
    private static final List<String> REPLICATED =
            List.of("b2:ObjectCreated:Replica", "b2:ObjectCreated:MultipartReplica");
    private static final Map<String, List<String>> WORDS = Map.of(
            "created", CREATED,
            "hidden", HIDDEN,
            "deleted", DELETED,
            "replicated", REPLICATED);

    public EventTypes {
        ofRule = List.copyOf(ofRule);
    }

    /**
     * Reads the option: {@code all}, or words and B2's own names with commas between them.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static EventTypes parse(String text) {
        TreeSet<String> types = new TreeSet<>();
        for (String word : text.split(",", -1)) {
            types.addAll(typesOf(word.trim(), text));
        }
        // B2 takes no type beside the star that has it.
        List<String> apart = new ArrayList<>(types);
        apart.removeIf(
                type -> types.stream().anyMatch(it -> !it.equals(type) && it.endsWith(ALL) && matches(it, type)));
        return new EventTypes(apart);
    }

    private static List<String> typesOf(String word, String text) {
        if (word.equals("all")) {
            List<String> all = new ArrayList<>(CREATED);
            all.addAll(HIDDEN);
            all.addAll(DELETED);
            return all;
        }
        List<String> meant = WORDS.get(word);
        if (meant != null) {
            return meant;
        }
        String type = word.startsWith(PREFIX) ? word : PREFIX + word;
        if (!TYPE.matcher(type).matches() || type.equals("b2:TestEvent")) {
            throw Refused.option(
                    "eventTypes",
                    text,
                    "write all, or some of created, hidden, deleted and replicated, or types of B2 as"
                            + " b2:ObjectCreated:Upload or b2:ObjectDeleted:*, with commas between them");
        }
        return List.of(type);
    }

    /** Whether events of that type are among them. */
    public boolean contain(String type) {
        return ofRule.stream().anyMatch(it -> matches(it, type));
    }

    private static boolean matches(String ofRule, String type) {
        return ofRule.endsWith(ALL) ? type.startsWith(ofRule.substring(0, ofRule.length() - 1)) : ofRule.equals(type);
    }
}
