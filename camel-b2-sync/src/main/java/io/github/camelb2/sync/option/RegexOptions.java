// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Takes the options that may be given more than once out of an endpoint's parameters: Camel delivers them as a list then,
 * which it cannot bind to anything but a list, and a single one as a text, which it cannot bind to a list.
 *
 * @param excludeDirs the values of {@code excludeDirRegex}
 * @param excludes    the values of {@code excludeRegex}
 * @param includes    the values of {@code includeRegex}
 */
public record RegexOptions(List<String> excludeDirs, List<String> excludes, List<String> includes) {
    static final RegexOptions NONE = new RegexOptions(List.of(), List.of(), List.of());

    /** Removes the lists from the parameters; single values stay and are bound as texts. */
    public static RegexOptions takeLists(Map<String, Object> parameters) {
        return new RegexOptions(
                takeList(parameters, "excludeDirRegex"),
                takeList(parameters, "excludeRegex"),
                takeList(parameters, "includeRegex"));
    }

    private static List<String> takeList(Map<String, Object> parameters, String option) {
        if (!(parameters.get(option) instanceof Collection<?> values)) {
            return List.of();
        }
        parameters.remove(option);
        return values.stream().map(String::valueOf).toList();
    }
}
