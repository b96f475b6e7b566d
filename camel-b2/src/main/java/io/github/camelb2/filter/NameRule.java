// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.filter;

import java.util.Optional;

/** Judges names; immutable. Names are compared whole, folders included. */
public interface NameRule {
    /** Whether a file of that name is left out. */
    boolean excludes(String name);

    /** What leaves a name out, as a person would look for it; asked only where {@link #excludes} says so. */
    String reason(String name);

    /** What lets a name take part that something else of the rule would leave out; empty if nothing does. */
    default Optional<String> inclusion(String name) {
        return Optional.empty();
    }

    /**
     * Whether every file below a folder is left out, so that nobody needs to look into it. False is always right.
     *
     * @param folder without a slash at its end
     */
    default boolean excludesAllBelow(String folder) {
        return false;
    }
}
