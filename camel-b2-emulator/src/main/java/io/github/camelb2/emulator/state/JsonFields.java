// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.json.Json;

/**
 * The members of a JSON object, read as strictly as B2 does: an unknown member or one of the wrong type is {@code 400 bad_json}, a missing one
 * {@code 400 bad_request}, and null is the same as absent.
 */
public final class JsonFields {

    private final String what;
    private final JsonNode node;
    /** In a query everything is a text, also what would be a number, a flag, a list or an object in JSON. */
    private final Source source;

    private JsonFields(String what, JsonNode node, Source source) {
        this.what = what;
        this.node = node;
        this.source = source;
    }

    private enum Source {
        BODY,
        QUERY
    }

    /** The parameters of a query, as if they were members of a JSON object. */
    public static JsonFields ofQuery(String what, Map<String, String> query, Set<String> allowed) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        query.forEach(node::put);
        return of(what, node, allowed, Source.QUERY);
    }

    /** The members of {@code node}; {@code what} names the object in messages. */
    public static JsonFields of(String what, JsonNode node, Set<String> allowed) {
        return of(what, node, allowed, Source.BODY);
    }

    private static JsonFields of(String what, JsonNode node, Set<String> allowed, Source source) {
        if (!node.isObject()) {
            throw badJson(what + " must be a JSON object");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                throw badJson("unknown field in com.backblaze.modules.b2.data." + what + ": " + name);
            }
        });
        return new JsonFields(what, node, source);
    }

    private static B2Error badJson(String message) {
        return new B2Error(400, "bad_json", message);
    }

    public @Nullable JsonNode find(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    public boolean has(String name) {
        return find(name) != null;
    }

    public String text(String name) {
        return required(name, findText(name));
    }

    public @Nullable String findText(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw badJson("field " + name + " in " + what + " must be a string");
        }
        return value.textValue();
    }

    public long number(String name) {
        return required(name, findNumber(name));
    }

    /** An integer; also one that is written as a string, which is how it stands in a query. */
    public @Nullable Long findNumber(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isTextual() && value.textValue().matches("-?\\d{1,18}")) {
            return Long.parseLong(value.textValue());
        }
        throw badJson("field " + name + " in " + what + " must be an integer");
    }

    /** A value that is no text: in a query it is written as JSON. */
    private @Nullable JsonNode structured(String name) {
        JsonNode value = find(name);
        if (value == null || source == Source.BODY) {
            return value;
        }
        try {
            return Json.read(value.textValue());
        } catch (IOException e) {
            throw badJson("parameter " + name + " is not JSON");
        }
    }

    public boolean flag(String name, Fallback fallback) {
        Boolean value = findFlag(name);
        return value == null ? fallback == Fallback.TRUE : value;
    }

    public @Nullable Boolean findFlag(String name) {
        JsonNode value = structured(name);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw badJson("field " + name + " in " + what + " must be true or false");
        }
        return value.booleanValue();
    }

    public ObjectNode object(String name) {
        return required(name, findObject(name));
    }

    public @Nullable ObjectNode findObject(String name) {
        JsonNode value = structured(name);
        if (value != null && !value.isObject()) {
            throw badJson("field " + name + " in " + what + " must be an object");
        }
        return (ObjectNode) value;
    }

    public ArrayNode array(String name) {
        return required(name, findArray(name));
    }

    public @Nullable ArrayNode findArray(String name) {
        JsonNode value = structured(name);
        if (value != null && !value.isArray()) {
            throw badJson("field " + name + " in " + what + " must be an array");
        }
        return (ArrayNode) value;
    }

    /** An array of strings, or null. */
    public @Nullable List<String> findTexts(String name) {
        ArrayNode array = findArray(name);
        if (array == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.isTextual()) {
                throw badJson("field " + name + " in " + what + " must hold strings");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** An object whose values are strings, or null. */
    public @Nullable Map<String, String> findMap(String name) {
        ObjectNode object = findObject(name);
        if (object == null) {
            return null;
        }
        Map<String, String> map = new TreeMap<>();
        object.fields().forEachRemaining(member -> {
            if (!member.getValue().isTextual()) {
                throw badJson("values of " + name + " in " + what + " must be strings");
            }
            map.put(member.getKey(), member.getValue().textValue());
        });
        return map;
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw B2Error.badRequest("required field " + name + " cannot be null");
        }
        return value;
    }

    /** What an absent flag means. */
    public enum Fallback {
        TRUE,
        FALSE
    }
}
