// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Guards the members that an answer must have: without them it is not an answer of B2. */
public final class Answers {
    private Answers() {}

    public static String required(String what, String member, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("the " + what + " has no member " + member);
        }
        return value;
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
