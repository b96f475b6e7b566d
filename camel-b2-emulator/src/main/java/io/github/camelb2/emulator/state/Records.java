// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.store.Content;
import io.github.camelb2.emulator.store.Segment;

/** What all lines of the journal have in common: each has a member {@code t} that says what it is. Every room writes its own. */
public final class Records {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Records() {}

    /** An empty record of this type. */
    public static ObjectNode of(String type) {
        return JSON.objectNode().put("t", type);
    }

    /** A record that something is gone; {@code what} is {@code bucket}, {@code key} or {@code file}. */
    public static ObjectNode gone(String what, String id) {
        return of(what + "Gone").put("id", id);
    }

    /** Segments as arrays of file, offset and length, then the name of the card if there is one. */
    public static ArrayNode content(Content content) {
        ArrayNode segments = JSON.arrayNode();
        for (Segment segment : content.segments()) {
            segments.addArray().add(segment.file()).add(segment.offset()).add(segment.length());
        }
        String card = content.card();
        return card == null ? segments : segments.add(card);
    }

    public static Content content(JsonNode entry) {
        List<Segment> segments = new ArrayList<>();
        String card = null;
        for (JsonNode segment : entry) {
            if (segment.isTextual()) {
                card = segment.textValue();
                continue;
            }
            segments.add(new Segment(
                    segment.get(0).textValue(),
                    segment.get(1).longValue(),
                    segment.get(2).longValue()));
        }
        return Content.of(segments).withCard(card);
    }

    public static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.textValue()));
        return texts;
    }

    public static @Nullable String textOrNull(JsonNode entry, String name) {
        JsonNode value = entry.get(name);
        return value == null ? null : value.textValue();
    }

    public static @Nullable Long numberOrNull(JsonNode entry, String name) {
        JsonNode value = entry.get(name);
        return value == null || value.isNull() ? null : Long.valueOf(value.longValue());
    }
}
