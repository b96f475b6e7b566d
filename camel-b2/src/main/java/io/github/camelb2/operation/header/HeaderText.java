// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.Temporal;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** The text that a header says: brokers make bytes of texts, and a list or a map says none. */
public final class HeaderText {
    private HeaderText() {}

    /** The same, where bytes are the text that they spell in UTF-8. */
    static Object decoded(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value;
    }

    /** For comparisons: of what says no text, whatever it is called. */
    public static String of(@Nullable Object value) {
        return value == null ? "" : decoded(value).toString();
    }

    /** The text, or empty where the value is of a kind that says none. */
    public static Optional<String> find(Object value) {
        Object decoded = decoded(value);
        boolean isText = decoded instanceof CharSequence
                || decoded instanceof Number
                || decoded instanceof Character
                || decoded instanceof Boolean
                || decoded instanceof Enum<?>
                || decoded instanceof UUID
                || decoded instanceof URI
                || decoded instanceof File
                || decoded instanceof Path
                || decoded instanceof Temporal;
        return isText ? Optional.of(decoded.toString()) : Optional.empty();
    }

    /**
     * The text.
     *
     * @throws IllegalArgumentException if the value says none
     */
    static String require(String header, Object value) {
        Optional<String> text = find(value);
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "header " + header + " is of " + value.getClass().getName() + ", which is not a text: set a text");
        }
        return text.get();
    }
}
