package io.github.camelb2.emulator.http;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.state.B2Error;

/**
 * An answer on its way out.
 *
 * @param status the HTTP status
 * @param headers what is sent besides {@code Date}, {@code Content-Length} and {@code Connection}
 * @param body the body
 * @param afterwards runs when the answer was sent or could not be
 */
record Reply(int status, Map<String, String> headers, Body body, Runnable afterwards) {

    /** B2 writes members in alphabetical order. */
    private static final ObjectWriter JSON = new ObjectMapper().writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

    static Reply json(JsonNode json) {
        return json(200, json);
    }

    static Reply error(B2Error error) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("code", error.code())
                .put("message", error.text())
                .put("status", error.status());
        Reply reply = json(error.status(), json);
        if (error.retryAfter() != null) {
            reply.headers().put("Retry-After", error.retryAfter());
        }
        return reply;
    }

    private static Reply json(int status, JsonNode json) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "max-age=0, no-cache, no-store");
        headers.put("Content-Type", "application/json;charset=UTF-8");
        try {
            return new Reply(status, headers, Body.of(JSON.writeValueAsBytes(json)), () -> {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }
}
