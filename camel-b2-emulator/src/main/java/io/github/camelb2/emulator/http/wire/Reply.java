// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.json.Json;
import io.github.camelb2.emulator.state.B2Error;

/**
 * An answer on its way out.
 *
 * @param status the HTTP status
 * @param headers what is sent besides {@code Date}, {@code Content-Length} and {@code Connection}
 * @param body the body
 * @param afterwards runs when the answer was sent or could not be
 * @param entries how many files or keys a listing answers; 0 for what is none
 */
public record Reply(int status, Map<String, String> headers, Body body, Runnable afterwards, int entries) {

    /** What is no listing. */
    public Reply(int status, Map<String, String> headers, Body body, Runnable afterwards) {
        this(status, headers, body, afterwards, 0);
    }

    public static Reply json(JsonNode json) {
        return json(200, json);
    }

    public static Reply error(B2Error error) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("code", error.code())
                .put("message", error.text())
                .put("status", error.status());
        Reply reply = json(error.status(), json);
        reply.headers().put("Content-Type", "application/json;charset=utf-8");
        if (error.retryAfter() != null) {
            reply.headers().put("Retry-After", error.retryAfter());
        }
        return reply;
    }

    /** The same answer with a body that ends after so many bytes, in good order; -1 for half of it. What is not JSON stays whole. */
    public Reply cut(long bytes) {
        if (!String.valueOf(headers.get("Content-Type")).startsWith("application/json")) {
            return this;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try {
            body.writeTo(whole);
        } catch (IOException e) {
            throw new UncheckedIOException("JSON is written from memory", e);
        }
        int length = bytes < 0 ? whole.size() / 2 : (int) Math.min(bytes, whole.size());
        return new Reply(status, headers, Body.of(Arrays.copyOf(whole.toByteArray(), length)), afterwards, entries);
    }

    /** A page that is not B2's own: of a web server in front of it. */
    public static Reply page(int status, String contentType, String html) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Server", "nginx");
        headers.put("Content-Type", contentType);
        return new Reply(status, headers, Body.of(html.getBytes(StandardCharsets.UTF_8)), () -> {});
    }

    private static Reply json(int status, JsonNode json) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "max-age=0, no-cache, no-store");
        headers.put("Content-Type", "application/json;charset=UTF-8");
        int entries = Math.max(json.path("files").size(), json.path("keys").size());
        return new Reply(status, headers, Body.of(Json.indented(inOrder(json))), () -> {}, entries);
    }

    /** B2 writes members in alphabetical order. What is in order already, as the entries of long listings are, is not copied. */
    private static JsonNode inOrder(JsonNode json) {
        if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, inOrder(array.get(i)));
            }
        }
        if (!(json instanceof ObjectNode object) || isInOrder(object)) {
            return json;
        }
        ObjectNode ordered = JsonNodeFactory.instance.objectNode();
        Map<String, JsonNode> members = new TreeMap<>();
        object.fields().forEachRemaining(member -> members.put(member.getKey(), inOrder(member.getValue())));
        return ordered.setAll(members);
    }

    private static boolean isInOrder(ObjectNode object) {
        String last = "";
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = member.getValue();
            boolean ordered =
                    !(value instanceof ObjectNode inner) ? !value.isArray() || value.isEmpty() : isInOrder(inner);
            if (member.getKey().compareTo(last) < 0 || !ordered) {
                return false;
            }
            last = member.getKey();
        }
        return true;
    }
}
