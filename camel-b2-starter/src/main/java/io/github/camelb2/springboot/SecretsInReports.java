// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import java.util.Set;
import java.util.TreeSet;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Masks the secrets of both components in {@code /actuator/configprops} and {@code /actuator/env}, also where all values
 * are shown: by the end of the property's name, whoever reads it, and wherever else the same value stands.
 */
final class SecretsInReports implements SanitizingFunction {
    private final Set<String> names;
    private final Set<String> values = new TreeSet<>();

    /** The secret options of components, and the values that they were given. */
    SecretsInReports(OptionProperties... components) {
        Set<String> all = new TreeSet<>();
        for (OptionProperties component : components) {
            component.secrets().forEach(option -> {
                all.add(OptionNames.uniform(option));
                Object value = component.get(option, Object.class);
                if (value != null && !String.valueOf(value).isBlank()) {
                    values.add(String.valueOf(value));
                }
            });
        }
        names = Set.copyOf(all);
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        // Also B2_APPLICATION_KEY, and a Kamelet's camel.kamelet.b2-sink.applicationKey.
        String last = OptionNames.uniform(data.getKey().substring(data.getKey().lastIndexOf('.') + 1));
        boolean isSecret = names.stream().anyMatch(last::endsWith)
                || data.getValue() != null && values.contains(String.valueOf(data.getValue()));
        return isSecret ? data.withSanitizedValue() : data;
    }
}
