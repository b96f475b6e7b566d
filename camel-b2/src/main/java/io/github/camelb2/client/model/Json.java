package io.github.camelb2.client.model;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Writes requests and reads answers: null members are left out, members that are not known are ignored.
 *
 * <p>Thread-safe.
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // Parser errors must not quote what they read: answers hold tokens.
            .disable(com.fasterxml.jackson.core.StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Json() {}

    /** The JSON of a request. */
    public static byte[] write(Object request) {
        try {
            return MAPPER.writeValueAsBytes(request);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot be written as JSON: " + request.getClass().getName(), e);
        }
    }

    /**
     * Reads an answer.
     *
     * @throws IOException if it is not JSON, or not of that form
     */
    public static <T> T read(InputStream json, Class<T> type) throws IOException {
        T answer = MAPPER.readValue(json, type);
        if (answer == null) {
            throw new IOException("the answer is null");
        }
        return answer;
    }

    /**
     * Reads any JSON as a tree.
     *
     * @throws IOException if it is not JSON
     */
    public static JsonNode readTree(InputStream json) throws IOException {
        JsonNode tree = MAPPER.readTree(json);
        if (tree == null || tree.isMissingNode()) {
            throw new IOException("the answer is empty");
        }
        return tree;
    }
}
