package io.github.camelb2.client.model;

import org.jspecify.annotations.Nullable;

/** Guards the members that an answer must have: without them it is not an answer of B2. */
final class Answers {
    private Answers() {}

    static String required(String what, String member, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("the " + what + " has no member " + member);
        }
        return value;
    }
}
