// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * The members that objects of one kind mostly have: the one that came behind the last one before is expected again, and
 * only compared, where the parser would look its name up. That is a tenth of the time of reading a listing. Other members
 * are read as ever. A member of the kind that appears twice in one object makes the answer unusable, null or not. For one
 * answer, which one thread reads; objects of the kind must not lie within each other.
 */
public final class ExpectedNames {
    /**
     * What the objects of one kind have. Thread-safe.
     *
     * @param names in the order in which they come at first
     */
    public record Kind(List<SerializableString> names) {
        /** The kind whose members come in this order at first. */
        public static Kind of(String... names) {
            if (names.length > Long.SIZE) {
                throw new IllegalArgumentException(names.length + " members are more than a long has bits");
            }
            List<SerializableString> all = new ArrayList<>();
            for (String name : names) {
                all.add(new SerializedString(name));
            }
            return new Kind(all);
        }
    }

    private final List<SerializableString> names;
    /** The place of the member that came behind each, and at the end of it the first. */
    private final int[] behind;

    private int last;

    /** A bit for each member of the kind that the object has had. */
    private long seen;

    /** Expects them in the order of their kind, until they come in another. */
    public ExpectedNames(Kind kind) {
        this.names = kind.names();
        this.last = names.size();
        this.behind = new int[last + 1];
        for (int i = 0; i < last; i++) {
            behind[i] = Math.min(i + 1, last - 1);
        }
    }

    /** Goes to the first member of the object that the parser stands at the beginning of, as {@link #next} does. */
    public @Nullable String first(JsonParser json) throws IOException {
        Tokens.start(json);
        last = names.size();
        seen = 0;
        return next(json);
    }

    /** Does what {@link Tokens#next} does. */
    public @Nullable String next(JsonParser json) throws IOException {
        String name = name(json);
        while (name != null && json.nextToken() == JsonToken.VALUE_NULL) {
            name = name(json);
        }
        return name;
    }

    private @Nullable String name(JsonParser json) throws IOException {
        int expected = behind[last];
        if (json.nextFieldName(names.get(expected))) {
            found(json, expected);
            return names.get(expected).getValue();
        }
        String name = json.hasToken(JsonToken.FIELD_NAME) ? json.currentName() : null;
        for (int i = 0; name != null && i < names.size(); i++) {
            if (names.get(i).getValue().equals(name)) {
                behind[last] = i;
                found(json, i);
            }
        }
        return name;
    }

    private void found(JsonParser json, int place) throws IOException {
        long bit = 1L << place;
        if ((seen & bit) != 0) {
            throw Tokens.unexpected(json);
        }
        seen |= bit;
        last = place;
    }
}
