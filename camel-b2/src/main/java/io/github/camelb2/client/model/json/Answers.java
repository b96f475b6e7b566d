// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Guards the members that an answer must have: without them it is not an answer of B2. */
public final class Answers {
    /** The greatest number that every JSON parser reads exactly. B2 takes 10 TB today, and may take more one day. */
    private static final long MOST_BYTES = 1L << 53;

    private Answers() {}

    public static String required(String what, String member, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("the " + what + " has no member " + member);
        }
        return value;
    }

    /**
     * A number of bytes that a file can have.
     *
     * @throws IllegalArgumentException if none can: whoever took it for one would count on from it
     */
    public static long length(String what, long bytes) {
        if (bytes < 0 || bytes > MOST_BYTES) {
            throw new IllegalArgumentException("the " + what + " has " + bytes + " bytes");
        }
        return bytes;
    }

    /** Whether an answer is about what was asked for, as far as it says: what is empty says nothing. */
    public static boolean agree(String told, @Nullable String asked) {
        return told.isEmpty() || asked == null || told.equals(asked);
    }

    /** The same of a number of bytes, of which 0 is what is not said. */
    public static boolean agree(long told, long asked) {
        return told == 0 || told == asked;
    }

    /**
     * The entries of a list without which a page says nothing: one that is missing must not be taken for an empty one.
     *
     * @throws IllegalArgumentException if there is no such list, or an entry of it is null
     */
    public static <T> List<T> entries(String what, String member, @Nullable List<? extends @Nullable T> list) {
        if (list == null) {
            throw new IllegalArgumentException("the " + what + " has no member " + member);
        }
        List<T> entries = new ArrayList<>(list.size());
        for (T entry : list) {
            if (entry == null) {
                throw new IllegalArgumentException("an entry of " + member + " in the " + what + " is null");
            }
            entries.add(entry);
        }
        return Collections.unmodifiableList(entries);
    }
}
