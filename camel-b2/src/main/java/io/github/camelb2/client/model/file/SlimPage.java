// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Listed;
import io.github.camelb2.client.model.json.Json;

/**
 * One page of a listing of versions, as what a function made of each.
 *
 * @param files        in UTF-8 byte order of their names, the newest version of a name first
 * @param entries      how many there were, also those that the function did not want
 * @param nextFileName where the next page starts, to be passed back unchanged; null after the last page
 * @param nextFileId   the version at which the next page starts; null after the last page
 */
@JsonDeserialize(using = SlimPage.Reader.class)
public record SlimPage<T>(
        List<T> files,
        int entries,
        @Nullable String nextFileName,
        @Nullable String nextFileId) implements Listed {
    public SlimPage {
        files = Collections.unmodifiableList(files);
    }

    /**
     * Reads an answer.
     *
     * @param reader makes something of each version; null for nothing
     * @throws IOException as {@link Json#read} does
     */
    @SuppressWarnings("unchecked")
    public static <T> SlimPage<T> read(InputStream json, Function<FileVersion, @Nullable T> reader) throws IOException {
        return Json.read(json, SlimPage.class, Reader.FUNCTION, reader);
    }

    /** Reads token by token; as everywhere, members that are not known are skipped, and null is as good as none. */
    static final class Reader extends StdDeserializer<SlimPage<?>> {
        static final String FUNCTION = Reader.class.getName();
        private static final long serialVersionUID = 1L;

        private final transient FileVersionReader versions = FileVersionReader.ofListings();

        Reader() {
            super(SlimPage.class);
        }

        @Override
        @SuppressWarnings("unchecked")
        public SlimPage<?> deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(JsonToken.START_OBJECT)) {
                context.reportInputMismatch(SlimPage.class, "an object was expected");
            }
            Function<FileVersion, @Nullable Object> function =
                    (Function<FileVersion, @Nullable Object>) context.getAttribute(FUNCTION);
            List<Object> files = new ArrayList<>();
            int entries = 0;
            String nextFileName = null;
            String nextFileId = null;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (name.equals("files") && value == JsonToken.START_ARRAY) {
                    entries += files(json, context, function, files);
                } else if (name.equals("nextFileName") && value != JsonToken.VALUE_NULL) {
                    nextFileName = _parseString(json, context, this);
                } else if (name.equals("nextFileId") && value != JsonToken.VALUE_NULL) {
                    nextFileId = _parseString(json, context, this);
                } else {
                    json.skipChildren();
                }
            }
            return new SlimPage<>(files, entries, nextFileName, nextFileId);
        }

        private int files(
                JsonParser json,
                DeserializationContext context,
                Function<FileVersion, @Nullable Object> function,
                List<Object> files)
                throws IOException {
            int entries = 0;
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                if (token != JsonToken.VALUE_NULL) {
                    Object made = function.apply(versions.deserialize(json, context));
                    entries++;
                    if (made != null) {
                        files.add(made);
                    }
                }
            }
            return entries;
        }
    }
}
