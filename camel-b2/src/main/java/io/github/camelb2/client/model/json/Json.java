// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.json;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Writes requests and reads answers: null members are left out, members that are not known are ignored.
 *
 * <p>Thread-safe.
 */
public final class Json {
    /** The largest page of a listing, 10,000 names with the longest infos, stays below 100 MB. */
    private static final long MAX_ANSWER = 256L * 1024 * 1024;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_ANSWER)
                            .build())
                    .build())
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** For each type, its reader, which the mapper would look up for every answer. */
    private static final ClassValue<ObjectReader> READERS = new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> type) {
            return MAPPER.readerFor(type);
        }
    };

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
     * @throws IOException if it broke off, is not JSON, or not of that form; the message quotes nothing of it, because
     *     answers hold tokens
     */
    public static <T> T read(InputStream json, Class<T> type) throws IOException {
        return read(json, READERS.get(type));
    }

    /**
     * Reads an answer whose type asks for something.
     *
     * @param name  what the type asks for
     * @param value what it gets
     * @throws IOException as the other {@link #read} does
     */
    public static <T> T read(InputStream json, Class<T> type, String name, Object value) throws IOException {
        return read(json, READERS.get(type).withAttribute(name, value));
    }

    private static <T> T read(InputStream json, ObjectReader reader) throws IOException {
        try {
            T answer = reader.readValue(json);
            if (answer == null) {
                throw new UnusableAnswerException("the answer is null");
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw unquoted(e);
        }
    }

    /**
     * Reads any JSON as a tree.
     *
     * @throws IOException as {@link #read} does
     */
    public static JsonNode readTree(InputStream json) throws IOException {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree == null || tree.isMissingNode()) {
                throw new UnusableAnswerException("the answer is empty");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw unquoted(e);
        }
    }

    private static IOException unquoted(JsonProcessingException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException ours) {
                return new UnusableAnswerException("the answer is not B2's: " + ours.getMessage());
            }
            // The parser wraps what the connection threw when it happens inside a list.
            if (cause instanceof IOException broken && !(cause instanceof JsonProcessingException)) {
                return broken;
            }
        }
        JsonLocation at = e.getLocation();
        return new UnusableAnswerException("the answer is not the JSON that was expected"
                + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
    }
}
