// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 *
 * @param <M> what a member is to whoever reads it: something to choose by without comparing names once more
 */
public final class ExpectedNames<M> {
    /**
     * What the objects of one kind have. Thread-safe.
     *
     * @param names in the order in which they come at first
     * @param members what each of them is
     * @param other what a member of another name is
     */
    public record Kind<M>(List<SerializableString> names, List<M> members, M other) {
        /** The kind whose members come in the order of that map at first. */
        public static <M> Kind<M> of(Map<String, M> members, M other) {
            if (members.size() > Long.SIZE) {
                throw new IllegalArgumentException(members.size() + " members are more than a long has bits");
            }
            List<SerializableString> names = new ArrayList<>();
            for (String name : members.keySet()) {
                names.add(new SerializedString(name));
            }
            return new Kind<>(names, List.copyOf(members.values()), other);
        }

        /** A kind of members that are known by their names alone; one of another name is an empty text. */
        public static Kind<String> ofNames(String... names) {
            Map<String, String> members = new LinkedHashMap<>();
            for (String name : names) {
                members.put(name, name);
            }
            return of(members, "");
        }
    }

    // Arrays, because each look at a list is code that is compiled into whoever reads.
    private final SerializableString[] names;
    private final M[] members;
    private final M other;

    /** The place of the member that came behind each, and at the end of it the first. */
    private final int[] behind;

    private int last;

    /** The name of the member of another kind that was found last; null where one of the kind was. */
    private @Nullable String otherName;

    /** A bit for each member of the kind that the object has had. */
    private long seen;

    /** Expects them in the order of their kind, until they come in another. */
    @SuppressWarnings("unchecked")
    public ExpectedNames(Kind<M> kind) {
        this.names = kind.names().toArray(SerializableString[]::new);
        this.members = (M[]) kind.members().toArray();
        this.other = kind.other();
        this.last = names.length;
        this.behind = new int[last + 1];
        for (int i = 0; i < last; i++) {
            behind[i] = Math.min(i + 1, last - 1);
        }
    }

    /** Enters the object that the parser stands at the beginning of: {@link #next} goes to its first member. */
    public void begin(JsonParser json) throws IOException {
        Tokens.start(json);
        last = names.length;
        seen = 0;
    }

    /** Goes to the value of the next member that is not null; false behind the last one. */
    public boolean next(JsonParser json) throws IOException {
        boolean found;
        do {
            found = find(json);
        } while (found && json.nextToken() == JsonToken.VALUE_NULL);
        return found;
    }

    /** What the member is that {@link #next} has gone to. */
    public M member() {
        return otherName == null ? members[last] : other;
    }

    /** The name of that member. */
    public String name() {
        return otherName == null ? names[last].getValue() : otherName;
    }

    private boolean find(JsonParser json) throws IOException {
        int expected = behind[last];
        if (json.nextFieldName(names[expected])) {
            found(json, expected);
            return true;
        }
        if (!json.hasToken(JsonToken.FIELD_NAME)) {
            return false;
        }
        unexpected(json, json.currentName());
        return true;
    }

    private void unexpected(JsonParser json, String found) throws IOException {
        for (int i = 0; i < names.length; i++) {
            if (names[i].getValue().equals(found)) {
                behind[last] = i;
                found(json, i);
                return;
            }
        }
        otherName = found;
    }

    private void found(JsonParser json, int place) throws IOException {
        long bit = 1L << place;
        if ((seen & bit) != 0) {
            throw Tokens.unexpected(json);
        }
        seen |= bit;
        last = place;
        if (otherName != null) {
            // Not for nothing: the collector takes note of each reference that is written to an old object.
            otherName = null;
        }
    }
}
