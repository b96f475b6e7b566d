// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.answers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** One entry of {@code b2-answers}: what B2 was seen to answer in a situation. The format is in the README beside the data. */
record Sample(JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Za-z]+>");

    static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> areas = Files.list(folder())) {
            for (Path area : areas.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JSON.readTree(area.toFile()).get("samples").forEach(sample -> samples.add(new Sample(sample)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Sample.class.getResource("/b2-answers"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    String id() {
        return json.get("id").textValue();
    }

    List<String> calls() {
        List<String> calls = new ArrayList<>();
        json.get("calls").forEach(call -> calls.add(call.textValue()));
        return calls;
    }

    /** The fault rule that brings it about; empty for none. */
    String fault() {
        return json.path("fault").asText("");
    }

    boolean isReproduced() {
        return !json.has("notReproduced");
    }

    /** How an answer differs from what was seen last; empty for not at all. */
    List<String> differences(Wire.Answer actual) {
        JsonNode answers = json.get("answers");
        return differences(answers.get(answers.size() - 1), actual);
    }

    /** How an answer differs from everything that was ever seen; empty if it is like one of them. */
    List<String> differencesToAll(Wire.Answer actual) {
        List<String> all = new ArrayList<>();
        for (JsonNode seen : json.get("answers")) {
            List<String> found = differences(seen, actual);
            if (found.isEmpty()) {
                return found;
            }
            all.addAll(found);
        }
        return all;
    }

    private static List<String> differences(JsonNode seen, Wire.Answer actual) {
        List<String> found = new ArrayList<>();
        if (seen.get("status").intValue() != actual.status()) {
            found.add("status " + actual.status() + " in place of " + seen.get("status"));
        }
        for (String member : List.of("code", "message")) {
            if (seen.has(member)
                    && !isLike(
                            seen.get(member).textValue(),
                            actual.json().path(member).asText())) {
                found.add(member + " \"" + actual.json().path(member).asText() + "\" in place of " + seen.get(member));
            }
        }
        seen.path("headers").fields().forEachRemaining(header -> {
            String value = actual.headers().get(header.getKey());
            if (value == null || !isLike(header.getValue().textValue(), value)) {
                found.add(header.getKey() + ": " + value + " in place of " + header.getValue());
            }
        });
        for (JsonNode absent : seen.path("absentHeaders")) {
            if (actual.headers().containsKey(absent.textValue())) {
                found.add(absent.textValue() + ": " + actual.headers().get(absent.textValue()) + " in place of none");
            }
        }
        if (seen.has("bodyText")) {
            String text = seen.get("bodyText").textValue();
            if (text.isEmpty() ? !actual.body().isEmpty() : !actual.body().contains(text)) {
                found.add("body " + actual.body() + " in place of " + text);
            }
        }
        if (seen.has("body")) {
            compare("", seen.get("body"), actual.json(), found);
        }
        return found;
    }

    /** How a value differs from a sample of it; empty for not at all. */
    static List<String> differences(JsonNode seen, JsonNode actual) {
        List<String> found = new ArrayList<>();
        compare("", seen, actual, found);
        return found;
    }

    /** Whether a text is like that of a sample. */
    static boolean isText(String seen, String actual) {
        return isLike(seen, actual);
    }

    private static void compare(String at, JsonNode seen, JsonNode actual, List<String> found) {
        if (seen.isObject() && actual.isObject()) {
            List<String> names = names(seen);
            if (!names.equals(names(actual))) {
                found.add("members of /" + at + " " + names(actual) + " in place of " + names);
                return;
            }
            for (Map.Entry<String, JsonNode> member : seen.properties()) {
                compare(at + member.getKey() + "/", member.getValue(), actual.get(member.getKey()), found);
            }
        } else if (seen.isArray() && actual.isArray() && seen.size() == actual.size()) {
            for (int i = 0; i < seen.size(); i++) {
                compare(at + i + "/", seen.get(i), actual.get(i), found);
            }
        } else if (!isLikeValue(seen, actual)) {
            found.add("/" + at + " " + actual + " in place of " + seen);
        }
    }

    private static boolean isLikeValue(JsonNode seen, JsonNode actual) {
        if (!seen.isTextual()) {
            return seen.equals(actual);
        }
        return switch (seen.textValue()) {
            case "<any>" -> true;
            case "<text>" -> actual.isTextual();
            case "<number>" -> actual.isNumber();
            case "<object>" -> actual.isObject();
            case "<list>" -> actual.isArray();
            default -> actual.isTextual() && isLike(seen.textValue(), actual.textValue());
        };
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> each = object.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        return names;
    }

    /** What stands in angle brackets differs from answer to answer. */
    private static boolean isLike(String seen, String actual) {
        StringBuilder regex = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(seen);
        int done = 0;
        while (placeholder.find()) {
            regex.append(Pattern.quote(seen.substring(done, placeholder.start())))
                    .append(".+");
            done = placeholder.end();
        }
        regex.append(Pattern.quote(seen.substring(done)));
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(actual).matches();
    }

    @Override
    public String toString() {
        return id().toLowerCase(Locale.ROOT);
    }
}
