// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.json;

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
}
