// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.answers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.answers.Situations.Situation;
import io.github.camelb2.emulator.answers.Wire.Answer;

/**
 * Comes to every situation of the samples that some B2 service lets itself be brought to, writes down what it answers in the form of the samples,
 * and says where that is not what was seen before. What it makes it takes away again, situation by situation.
 */
final class SmokeRun {

    /** Needs the master key, which nobody should give to a test. */
    private static final Set<String> OMITTED = Set.of("wrong-master-key");

    /** What of the headers of an answer tells services apart. */
    private static final List<String> HEADERS = List.of(
            "Cache-Control",
            "Connection",
            "Content-Range",
            "Content-Type",
            "Retry-After",
            "Server",
            "Strict-Transport-Security",
            "WWW-Authenticate");

    private final String realm;
    private final String keyId;
    private final String key;
    private final ArrayNode recorded = JsonNodeFactory.instance.arrayNode();
    private final List<String> news = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Long> calls = new TreeMap<>();

    SmokeRun(String realm, String keyId, String key) {
        this.realm = realm;
        this.keyId = keyId;
        this.key = key;
    }

    /** Runs everything; {@code patience} is how long connections are watched on which nothing happens. */
    SmokeRun run(Duration patience) {
        for (Sample sample : Sample.all()) {
            if (Situations.ids().contains(sample.id()) && !OMITTED.contains(sample.id())) {
                sample.calls().forEach(call -> see(sample, call, Situations.get(sample.id())));
            }
        }
        OpenQuestions.all(patience).forEach((id, situation) -> see(null, id, situation));
        return this;
    }

    /** Where the service answered what no sample has. */
    List<String> news() {
        return news;
    }

    /** Where the service could not be asked, or something could not be taken away again. */
    List<String> failures() {
        return failures;
    }

    /** About what it cost in US dollars: uploads are free, 0.004 for 10,000 calls of class B and for 1,000 of class C. */
    double cost() {
        double cost = 0;
        for (Map.Entry<String, Long> call : calls.entrySet()) {
            cost += call.getValue() * Wire.dollars(call.getKey());
        }
        return cost;
    }

    private void see(@org.jspecify.annotations.Nullable Sample sample, String call, Situation situation) {
        String id = sample == null ? call : sample.id();
        Wire.COUNTED.set(calls);
        try (Scene scene = Scene.login(realm, keyId, key)) {
            Answer answer = situation.bringAbout(scene, call);
            record(sample, id, call, answer);
            if (sample != null) {
                List<String> differences = sample.differencesToAll(answer);
                if (!differences.isEmpty()) {
                    news.add(id + " (" + call + "): " + differences);
                }
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            failures.add(id + " (" + call + "): " + masked(String.valueOf(e)));
        } finally {
            Wire.COUNTED.remove();
        }
    }

    private void record(@org.jspecify.annotations.Nullable Sample sample, String id, String call, Answer answer) {
        ObjectNode entry = recorded.addObject().put("id", id);
        if (sample != null) {
            entry.put("situation", sample.json().get("situation").textValue());
        }
        entry.putArray("calls").add(call);
        ObjectNode seen = entry.putArray("answers").addObject().put("status", answer.status());
        JsonNode json = answer.json();
        if (json.has("code")) {
            seen.put("code", json.path("code").asText())
                    .put("message", masked(json.path("message").asText()));
        } else if (json.isObject()) {
            seen.set("body", shape(json));
        } else if (answer.status() >= 400) {
            seen.put("bodyText", masked(answer.body()));
        }
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        HEADERS.forEach(name -> {
            if (answer.headers().containsKey(name)) {
                headers.put(name, masked(answer.headers().get(name)));
            }
        });
        seen.set("headers", headers);
        seen.put("seen", LocalDate.now().toString())
                .put("source", "RealB2SmokeTest against " + realm)
                .put("confidence", "observed");
    }

    /** What kinds of values there are, without the values. */
    private static JsonNode shape(JsonNode json) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (json.isObject()) {
            ObjectNode shape = nodes.objectNode();
            json.fields().forEachRemaining(member -> shape.set(member.getKey(), shape(member.getValue())));
            return shape;
        }
        if (json.isArray()) {
            ArrayNode shape = nodes.arrayNode();
            if (!json.isEmpty()) {
                shape.add(shape(json.get(0)));
            }
            return shape;
        }
        return json.isTextual() ? nodes.textNode("<text>") : json.isNumber() ? nodes.textNode("<number>") : json;
    }

    /** Tokens, ids and keys do not belong into a file. */
    String masked(String text) {
        return text.replace(key, "<key>")
                .replaceAll("[34]_[0-9A-Za-z_=.-]+_(acct|upld|dnld)[0-9A-Za-z_=.-]*", "<token>")
                .replaceAll("4_z[0-9a-f]{24}_[0-9a-z_]+", "<fileId>")
                .replaceAll("\\b[0-9a-f]{24}\\b", "<bucketId>")
                .replace(keyId, "<keyId>");
    }

    void write(Path file) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        Files.createDirectories(file.getParent());
        new ObjectMapper()
                .writer(printer)
                .writeValue(file.toFile(), new HashMap<>(Map.of("area", "seen", "samples", recorded)));
    }
}
