// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.json;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON token by token, as {@link Json} does by reflection: members that are not known are skipped, null is as good as
 * none, and a number is as good as its text. What is read so costs a fresh JVM no data binding, which takes it as long as
 * the first ten requests.
 */
public final class Tokens {
    private Tokens() {}

    /** Reads a value that the parser stands at the beginning of. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(JsonParser json) throws IOException;
    }

    /** Writes members of an object that was begun, and will be ended. */
    @FunctionalInterface
    public interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Writes members that are texts.
     *
     * @param members names and values in turn; a member whose value is null is left out
     */
    public static void writeTexts(JsonGenerator json, @Nullable String... members) throws IOException {
        for (int i = 0; i < members.length; i += 2) {
            String value = members[i + 1];
            if (value != null) {
                json.writeStringField(members[i], value);
            }
        }
    }

    /** Writes a number; where it is null, it is left out. */
    public static void writeNumber(JsonGenerator json, String name, @Nullable Integer number) throws IOException {
        if (number != null) {
            json.writeNumberField(name, number);
        }
    }

    /** Writes a member that has texts as its members; where it is null, it is left out. */
    public static void writeMap(JsonGenerator json, String name, @Nullable Map<String, String> texts)
            throws IOException {
        if (texts == null) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    /** The parser must stand at the beginning of an object. */
    public static void start(JsonParser json) throws IOException {
        if (!json.hasToken(JsonToken.START_OBJECT)) {
            throw unexpected(json);
        }
    }

    /** Goes to the value of the next member that is not null, and answers its name; null behind the last one. */
    public static @Nullable String next(JsonParser json) throws IOException {
        String name = json.nextFieldName();
        while (name != null && json.nextToken() == JsonToken.VALUE_NULL) {
            name = json.nextFieldName();
        }
        return name;
    }

    public static String text(JsonParser json) throws IOException {
        if (json.hasToken(JsonToken.VALUE_STRING)) {
            return json.getText();
        }
        String text = json.getValueAsString();
        if (text == null) {
            throw unexpected(json);
        }
        return text;
    }

    public static long number(JsonParser json) throws IOException {
        if (json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            return json.getLongValue();
        }
        if (json.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
            return json.getValueAsLong();
        }
        try {
            return Long.parseLong(text(json).trim());
        } catch (NumberFormatException e) {
            throw unexpected(json);
        }
    }

    public static boolean bool(JsonParser json) throws IOException {
        if (json.hasToken(JsonToken.VALUE_TRUE) || json.hasToken(JsonToken.VALUE_FALSE)) {
            return json.hasToken(JsonToken.VALUE_TRUE);
        }
        return switch (text(json)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unexpected(json);
        };
    }

    /** Of an answer that has another form; quotes nothing of it, because answers hold tokens. */
    public static IOException unexpected(JsonParser json) {
        return unexpected(json.currentTokenLocation());
    }

    static IOException unexpected(@Nullable JsonLocation at) {
        return new UnusableAnswerException("the answer is not the JSON that was expected"
                + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
    }

    /** Of an answer that has that form, and is not B2's. */
    public static IOException refused(IllegalArgumentException why) {
        return new UnusableAnswerException("the answer is not B2's: " + why.getMessage());
    }
}
