// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.ExactValue;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.protection.Encryption;

import static com.fasterxml.jackson.databind.cfg.CoercionAction.Fail;

/**
 * Reads what routes in YAML and XML ask for: maps, or JSON as text, bytes or a stream, in place of Java records. A
 * member that the record does not have is refused, so that a slip of the pen does not leave something out. Thread-safe.
 */
public final class RequestJson {
    private static final int LARGEST = 1 << 20;
    private static final Pattern MEMBERS = Pattern.compile("\\s*\\[\\s*[{\"]");

    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?([0-9]{1,18})-([0-9]{0,18})");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(LogicalType.Boolean, it -> it.setCoercion(CoercionInputShape.Integer, Fail))
            .withCoercionConfig(LogicalType.Integer, it -> it.setCoercion(CoercionInputShape.EmptyString, Fail))
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .addModule(new SimpleModule()
                    .addDeserializer(Encryption.class, new EncryptionReader())
                    .addDeserializer(ByteRange.class, new RangeReader()))
            .build();

    private RequestJson() {}

    /** Whether it is the text of a JSON array. */
    static boolean isArray(@Nullable Object value) {
        return startsWith(value, '[');
    }

    /** Whether it is the text of a JSON array of objects or texts, and no name of a file that begins so. */
    static boolean isArrayOfMembers(@Nullable Object value) {
        return value instanceof String text && MEMBERS.matcher(text).lookingAt();
    }

    /** Whether it is the text of a JSON object. */
    public static boolean isObject(@Nullable Object value) {
        return startsWith(value, '{');
    }

    private static boolean startsWith(@Nullable Object value, char first) {
        String text = value instanceof byte[] bytes
                ? new String(bytes, 0, Math.min(bytes.length, LARGEST), StandardCharsets.UTF_8)
                : value instanceof String given ? given : "";
        String trimmed = text.stripLeading();
        return !trimmed.isEmpty() && trimmed.charAt(0) == first;
    }

    /**
     * Makes a value of a map, a list or JSON text.
     *
     * @param where what messages call the place: {@code header CamelB2CorsRules}
     * @throws IllegalArgumentException if it does not say one; the message quotes nothing of it, because it may hold a key
     */
    public static <T> T read(Object value, Class<T> type, String where) {
        try {
            T made = value instanceof InputStream stream
                    ? MAPPER.readValue(bounded(stream, where), type)
                    : value instanceof byte[] bytes
                            ? MAPPER.readValue(bytes, type)
                            : value instanceof String text
                                    ? MAPPER.readValue(isArray(text) || isObject(text) ? text : quoted(text), type)
                                    : MAPPER.convertValue(value, type);
            if (made == null) {
                throw wrong(type, where, "it is null");
            }
            return made;
        } catch (IOException | IllegalArgumentException e) {
            // Without its cause, which quotes what it could not read.
            throw wrong(type, where, reason(e));
        }
    }

    private static byte[] bounded(InputStream stream, String where) throws IOException {
        byte[] bytes = stream.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IllegalArgumentException(where + " is longer than " + LARGEST + " bytes: that is no request");
        }
        return bytes;
    }

    private static String quoted(String text) throws JsonProcessingException {
        return MAPPER.writeValueAsString(text);
    }

    private static String reason(Throwable e) {
        String reason = "it is not of that form";
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrecognizedPropertyException unknown) {
                return unknown(
                        unknown.getPropertyName(),
                        unknown.getKnownPropertyIds() == null ? List.of() : unknown.getKnownPropertyIds());
            }
            if (cause instanceof JsonMappingException mapping
                    && !mapping.getPath().isEmpty()) {
                reason = "its member "
                        + mapping.getPath().stream()
                                .map(it -> it.getFieldName() == null ? "" + it.getIndex() : it.getFieldName())
                                .collect(Collectors.joining("."))
                        + " cannot be";
            }
            if (!(cause instanceof JsonProcessingException)
                    && cause instanceof IllegalArgumentException ours
                    && ours.getCause() == null) {
                return reason + ": " + ours.getMessage();
            }
        }
        return reason;
    }

    private static String unknown(String member, Collection<?> known) {
        return "it has a member " + member + ", which there is not; there are "
                + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    /** Refuses members of an object that none of these names. */
    private static void onlyMembers(JsonNode node, String... known) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!List.of(known).contains(name)) {
                throw new IllegalArgumentException(unknown(name, List.of(known)));
            }
        }
    }

    private static IllegalArgumentException wrong(Class<?> type, String where, String reason) {
        return new IllegalArgumentException(where + " is no " + type.getSimpleName() + ": " + reason + "; set a "
                + type.getName() + ", or a map or JSON with its members");
    }

    /** Reads {@code "SSE-B2"} or {@code {"mode": "SSE-C", "customerKey": …}}. */
    private static final class EncryptionReader extends StdDeserializer<Encryption> {
        private static final long serialVersionUID = 1;

        EncryptionReader() {
            super(Encryption.class);
        }

        @Override
        public Encryption deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(parser);
            onlyMembers(node, "mode", "customerKey");
            String mode =
                    node.isTextual() ? node.textValue() : node.path("mode").asText();
            return switch (mode) {
                case "default" -> Encryption.byDefault();
                case "none" -> Encryption.none();
                case "SSE-B2" -> Encryption.sseB2();
                case "SSE-C" -> Encryption.sseC(node.path("customerKey").asText());
                default -> throw new IllegalArgumentException("an encryption is default, SSE-B2 or SSE-C");
            };
        }
    }

    /** Reads {@code "bytes=0-99"} or {@code {"start": 0, "end": 99}}. */
    private static final class RangeReader extends StdDeserializer<ByteRange> {
        private static final long serialVersionUID = 1;

        RangeReader() {
            super(ByteRange.class);
        }

        @Override
        public ByteRange deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(parser);
            if (node.isTextual()) {
                return range(node.textValue());
            }
            onlyMembers(node, "start", "end");
            Long start = number(node.path("start"));
            return new ByteRange(start == null ? 0 : start, number(node.path("end")));
        }

        private static @Nullable Long number(JsonNode node) {
            if (node.isMissingNode() || node.isNull()) {
                return null;
            }
            return ExactValue.number(node.isNumber() ? node.numberValue() : node.asText())
                    .orElseThrow(() -> new IllegalArgumentException("an end of a range is a whole number"));
        }

        private static ByteRange range(String text) {
            Matcher ends = RANGE.matcher(text);
            if (!ends.matches()) {
                throw new IllegalArgumentException("a range is bytes=first-last, or bytes=first-");
            }
            String last = ends.group(2);
            return new ByteRange(Long.parseLong(ends.group(1)), last.isEmpty() ? null : Long.valueOf(last));
        }
    }
}
