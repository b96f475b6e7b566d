// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Masks the secrets of both components, of every account, in {@code /actuator/configprops} and {@code /actuator/env}, also where
 * all values are shown: by the end of the property's name, whoever reads it, and wherever else the same value stands, alone or in
 * a longer text.
 */
final class SecretsInReports implements SanitizingFunction {
    /** A shorter secret is looked for only as a whole: it may be part of any text. */
    private static final int LONG_ENOUGH = 8;

    private final ConfigurableEnvironment environment;
    private final Set<String> names = new TreeSet<>();

    /** The secret options of components, whose values are looked up as they are at the time of each report. */
    SecretsInReports(ConfigurableEnvironment environment, OptionProperties... components) {
        this.environment = environment;
        for (OptionProperties component : components) {
            component.secrets().forEach(option -> names.add(OptionNames.uniform(option)));
        }
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        boolean isSecret =
                isSecret(data.getKey()) || data.getValue() != null && holdsSecret(String.valueOf(data.getValue()));
        return isSecret ? data.withSanitizedValue() : data;
    }

    /** Also B2_APPLICATION_KEY, and a Kamelet's camel.kamelet.b2-sink.applicationKey. */
    private boolean isSecret(String property) {
        String last = OptionNames.uniform(property.substring(property.lastIndexOf('.') + 1));
        return names.stream().anyMatch(last::endsWith);
    }

    /** Looks anew each time, for properties change while an application runs; reports are asked for by people. */
    private boolean holdsSecret(String text) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> all) {
                for (String name : all.getPropertyNames()) {
                    if (isSecret(name) && holds(text, valueOf(name))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private @Nullable String valueOf(String property) {
        try {
            return environment.getProperty(property);
        } catch (IllegalArgumentException e) {
            // A placeholder that nobody can resolve: there is no secret yet.
            return null;
        }
    }

    private static boolean holds(String text, @Nullable String secret) {
        return secret != null
                && !secret.isBlank()
                && (text.equals(secret) || secret.length() >= LONG_ENOUGH && text.contains(secret));
    }
}
