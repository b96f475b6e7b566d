// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.jspecify.annotations.Nullable;

/**
 * The options of a component that were given. What was not given is not there: a default written to the component would
 * undo what a bean says.
 */
abstract class OptionProperties extends ComponentConfigurationPropertiesCommon {
    private final Map<String, Object> given = new LinkedHashMap<>();

    /** The names of all options of the component. */
    abstract Set<String> options();

    /** The names of those whose values no message shows. */
    abstract Set<String> secrets();

    /** The options that were given by name, in no particular order. */
    Map<String, Object> given() {
        return Map.copyOf(given);
    }

    /** The value of an option, null when it was not given. */
    <T> @Nullable T get(String option, Class<T> type) {
        return type.cast(given.get(option));
    }

    /** Gives an option; null takes it back. */
    void set(String option, @Nullable Object value) {
        if (value == null) {
            given.remove(option);
        } else {
            given.put(option, value);
        }
    }
}
