// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests and reads answers: null members are left out, members that are not known are ignored.
 *
 * <p>Thread-safe.
 */
public final class Json {
    /** The largest page of a listing, 10,000 names with the longest infos, stays below 100 MB. */
    private static final long MAX_ANSWER = 256L * 1024 * 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_ANSWER)
                    .build())
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // Closing a connection's stream reads it to its end, which may never come.
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    /** A member that appears twice says two things, of which different readers would believe different ones. */
    private static final JsonFactory ANSWERS = FACTORY.rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** For what B2 is told. A file of this machine may hold any text. */
    private static final JsonFactory REQUESTS = FACTORY.rebuild()
            .addDecorator((factory, generator) -> new WellFormedTexts(generator))
            .build();

    /**
     * Refuses half of a surrogate pair. Jackson takes whatever follows for the other half, and a prefix of such a name would be
     * that of other files.
     */
    private static final class WellFormedTexts extends JsonGeneratorDelegate {
        WellFormedTexts(JsonGenerator generator) {
            super(generator);
        }

        @Override
        public void writeString(@Nullable String text) throws IOException {
            if (text != null) {
                check(text);
            }
            super.writeString(text);
        }

        @Override
        public void writeFieldName(String name) throws IOException {
            check(name);
            super.writeFieldName(name);
        }

        private void check(String text) {
            for (int i = 0; i < text.length(); i++) {
                char unit = text.charAt(i);
                if (Character.isSurrogate(unit)) {
                    if (!Character.isHighSurrogate(unit)
                            || i + 1 == text.length()
                            || !Character.isLowSurrogate(text.charAt(i + 1))) {
                        String member = getOutputContext().getCurrentName();
                        throw new IllegalArgumentException((member == null ? "a name" : member)
                                + " of the request has half of a surrogate pair at position " + i
                                + ", which has no form in UTF-8: leave it out");
                    }
                    i++;
                }
            }
        }
    }

    private static final byte[] NO_MEMBERS = {'{', '}'};

    /** Data binding, which takes a fresh JVM longer than the first ten requests, and simple transfers never need. */
    private static final class Binding {
        static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();

        /** For each type, its reader, which the mapper would look up for every answer. */
        static final ClassValue<ObjectReader> READERS = new ClassValue<>() {
            @Override
            protected ObjectReader computeValue(Class<?> type) {
                return MAPPER.readerFor(type);
            }
        };
    }

    private Json() {}

    /** The JSON of an object without members. */
    public static byte[] empty() {
        return NO_MEMBERS.clone();
    }

    /** The JSON of anything. */
    public static byte[] write(Object value) {
        try {
            return Binding.MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw unwritable(value, e);
        }
    }

    /**
     * The JSON of a request.
     *
     * @throws IllegalArgumentException if a text of it has half of a surrogate pair
     */
    public static byte[] writeRequest(Object request) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = REQUESTS.createGenerator(json)) {
            Binding.MAPPER.writeValue(generator, request);
        } catch (JsonProcessingException e) {
            throw unwritable(request, e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes whatever is written to it", e);
        }
        return json.toByteArray();
    }

    private static IllegalArgumentException unwritable(Object value, JsonProcessingException e) {
        return new IllegalArgumentException(
                "cannot be written as JSON: " + value.getClass().getName(), e);
    }

    /**
     * The JSON of a request that has texts only.
     *
     * @param members names and values in turn; a member whose value is null is left out
     */
    public static byte[] writeTexts(@Nullable String... members) {
        return write(json -> Tokens.writeTexts(json, members));
    }

    /**
     * The JSON of a request that is written token by token.
     *
     * @param members writes its members
     */
    public static byte[] write(Tokens.Writer members) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = REQUESTS.createGenerator(json)) {
            generator.writeStartObject();
            members.write(generator);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes whatever is written to it", e);
        }
        return json.toByteArray();
    }

    /**
     * Reads an answer.
     *
     * @throws IOException if it broke off, is not JSON, or not of that form; the message quotes nothing of it, because
     *     answers hold tokens
     */
    public static <T> T read(InputStream json, Class<T> type) throws IOException {
        return read(json, parser -> Binding.READERS.get(type).readValue(parser));
    }

    /**
     * Reads an answer token by token.
     *
     * @throws IOException as the other {@link #read} does
     */
    public static <T> T read(InputStream json, Tokens.Reader<T> reader) throws IOException {
        return read(ANSWERS, json, reader);
    }

    /**
     * The same for file versions and listings of them, whose members are read through {@link ExpectedNames}: that refuses
     * those that appear twice in next to no time, where the parser's own look at every name takes a good part of all.
     *
     * @throws IOException as {@link #read} does
     */
    public static <T> T readExpected(InputStream json, Tokens.Reader<T> reader) throws IOException {
        return read(FACTORY, json, reader);
    }

    private static <T> T read(JsonFactory factory, InputStream json, Tokens.Reader<T> reader) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first == null || first == JsonToken.VALUE_NULL) {
                throw new UnusableAnswerException(first == null ? "the answer is empty" : "the answer is null");
            }
            T answer = reader.read(parser);
            ByteArrayOutputStream behind = new ByteArrayOutputStream();
            parser.releaseBuffered(behind);
            checkBehind(behind.toByteArray(), behind.size());
            return answer;
        } catch (JsonProcessingException e) {
            throw unquoted(e);
        }
    }

    /**
     * Takes what stands behind an answer, as far as it was read; the rest of the stream is left to whoever knows how long
     * to wait for it.
     *
     * @param count how many of the bytes stand there
     * @throws UnusableAnswerException if it is more than white space: whose answer that is nobody knows
     */
    public static void checkBehind(byte[] behind, int count) throws UnusableAnswerException {
        for (int i = 0; i < count; i++) {
            byte octet = behind[i];
            if (octet != ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
                throw new UnusableAnswerException("something stands behind the answer");
            }
        }
    }

    /**
     * Reads the beginning of a text as a tree, whatever stands behind it or twice in it: for errors, of which every word
     * counts that can be had.
     *
     * @throws IOException as {@link #read} does
     */
    public static JsonNode readTreeOfError(InputStream json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new UnusableAnswerException("the answer is empty");
            }
            return tree(parser);
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
        return read(json, Json::tree);
    }

    private static JsonNode tree(JsonParser json) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = nodes.objectNode();
                for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                    json.nextToken();
                    object.set(name, tree(json));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = nodes.arrayNode();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    array.add(tree(json));
                }
                yield array;
            }
            case VALUE_STRING -> nodes.textNode(json.getText());
            case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(json.getBooleanValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(json.getDoubleValue());
            case VALUE_NUMBER_INT ->
                json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? nodes.numberNode(json.getBigIntegerValue())
                        : nodes.numberNode(json.getLongValue());
            default -> nodes.nullNode();
        };
    }

    private static IOException unquoted(JsonProcessingException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException ours) {
                return Tokens.refused(ours);
            }
            // The parser wraps what the connection threw when it happens inside a list.
            if (cause instanceof IOException broken && !(cause instanceof JsonProcessingException)) {
                return broken;
            }
        }
        return Tokens.unexpected(e.getLocation());
    }
}
