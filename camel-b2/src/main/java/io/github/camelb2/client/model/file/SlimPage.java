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
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Listed;
import io.github.camelb2.client.model.json.ExpectedNames;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.Tokens;

/**
 * One page of a listing of versions, as what a function made of each.
 *
 * @param files        in UTF-8 byte order of their names, the newest version of a name first
 * @param entries      how many there were, also those that the function did not want
 * @param nextFileName where the next page starts, to be passed back unchanged; null after the last page
 * @param nextFileId   the version at which the next page starts; null after the last page
 */
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
    public static <T> SlimPage<T> read(InputStream json, Function<FileVersion, @Nullable T> reader) throws IOException {
        return read(json, FileVersionReader::slim, reader);
    }

    static <T> SlimPage<T> read(
            InputStream json,
            Function<JsonParser, FileVersionReader> versions,
            Function<FileVersion, @Nullable T> reader)
            throws IOException {
        return Json.readExpected(json, parser -> new Reading<>(parser, versions.apply(parser), reader).page());
    }

    /** One page being read token by token; used by one thread. */
    private static final class Reading<T> {
        private static final ExpectedNames.Kind<String> PAGE =
                ExpectedNames.Kind.ofNames("files", "nextFileId", "nextFileName");

        private final FileVersionReader versions;
        private final JsonParser json;
        private final Function<FileVersion, @Nullable T> function;
        private final List<T> files = new ArrayList<>();

        Reading(JsonParser json, FileVersionReader versions, Function<FileVersion, @Nullable T> function) {
            this.json = json;
            this.versions = versions;
            this.function = function;
        }

        SlimPage<T> page() throws IOException {
            ExpectedNames<String> ofPage = new ExpectedNames<>(PAGE);
            int entries = 0;
            boolean hasFiles = false;
            String nextFileName = null;
            String nextFileId = null;
            ofPage.begin(json);
            while (ofPage.next(json)) {
                String name = ofPage.member();
                if (name.equals("files")) {
                    entries += files();
                    hasFiles = true;
                } else if (name.equals("nextFileName")) {
                    nextFileName = Tokens.text(json);
                } else if (name.equals("nextFileId")) {
                    nextFileId = Tokens.text(json);
                } else {
                    json.skipChildren();
                }
            }
            if (!hasFiles) {
                // Whoever took that for an empty page would delete what the bucket seems to lack.
                throw Tokens.unexpected(json);
            }
            return new SlimPage<>(files, entries, nextFileName, nextFileId);
        }

        private int files() throws IOException {
            if (!json.hasToken(JsonToken.START_ARRAY)) {
                throw Tokens.unexpected(json);
            }
            int entries = 0;
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                T made = function.apply(versions.read());
                entries++;
                if (made != null) {
                    files.add(made);
                }
            }
            return entries;
        }
    }
}
