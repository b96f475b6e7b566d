// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads JSON that anybody may have written: what is missing or of the wrong kind is refused, and the message names it. */
final class JsonMembers {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int MAX_SHOWN = 100;

    private JsonMembers() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @param what it should be, for the message */
    static JsonNode parse(String text, String what) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the body is not the JSON of " + what + ": " + e.getOriginalMessage(), e);
        }
    }

    static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String name) {
        String value = text(json, name);
        try {
            return Enum.valueOf(type, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + name + "\" of a path plan cannot be " + shown(value), e);
        }
    }

    /** A value of a stranger as it may be put into a message: in one line, and no longer than that. */
    static String shown(String value) {
        String start = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
        return "\"" + start.replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    static long number(JsonNode json, String name) {
        JsonNode value = member(json, name);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("\"" + name + "\" of a path plan has to be a whole number");
        }
        return value.longValue();
    }

    static String text(JsonNode json, String name) {
        JsonNode value = member(json, name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("\"" + name + "\" of a path plan has to be a text");
        }
        return value.textValue();
    }

    static JsonNode member(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a path plan or message needs the member \"" + name + "\"");
        }
        return value;
    }
}
