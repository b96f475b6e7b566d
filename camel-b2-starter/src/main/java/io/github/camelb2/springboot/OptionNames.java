// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The options of a component: refuses a property that names none, which Spring Boot would ignore in silence. */
final class OptionNames {
    /** Of every starter, not of the component. */
    private static final Map<String, String> STARTER = Map.of("enabled", "enabled", "customizer", "customizer");

    /** Written without case and dashes, to the name. */
    private final Map<String, String> names = new TreeMap<>(STARTER);

    /** Those names. */
    OptionNames(Set<String> options) {
        options.forEach(name -> names.put(uniform(name), name));
    }

    /**
     * Looks at everything that is set below the prefix, except in the environment, whose names are too vague to be judged.
     *
     * @throws IllegalArgumentException if a property names no option; the value is not shown, it may be a secret
     */
    void check(ConfigurationPropertyName prefix, ConfigurableEnvironment environment) {
        below(prefix, environment).forEach(name -> check(prefix, name));
    }

    /** The names of everything that is set below the prefix, except in the environment. */
    static List<ConfigurationPropertyName> below(
            ConfigurationPropertyName prefix, ConfigurableEnvironment environment) {
        List<ConfigurationPropertyName> names = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource all
                    && !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
                all.stream().filter(prefix::isAncestorOf).forEach(names::add);
            }
        }
        return names;
    }

    private void check(ConfigurationPropertyName prefix, ConfigurationPropertyName property) {
        int at = prefix.getNumberOfElements();
        String option = property.getElement(at, Form.UNIFORM);
        boolean isDeeper = property.getNumberOfElements() > at + 1 && !option.equals("customizer");
        if (names.containsKey(option) && !isDeeper) {
            return;
        }
        String known = names.get(option);
        String closest = known != null ? known : closest(option);
        throw new IllegalArgumentException("Property " + property + " names no option of this component"
                + (closest == null ? "" : ": did you mean " + prefix + "." + dashed(closest) + "?"));
    }

    private @Nullable String closest(String option) {
        return names.entrySet().stream()
                .min(Comparator.comparingInt(known -> distance(known.getKey(), option)))
                .filter(known -> distance(known.getKey(), option) <= 1 + option.length() / 3)
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    /** How many letters must be changed, added or left out. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[before.length];
            now[0] = i;
            for (int j = 1; j < now.length; j++) {
                int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(changed, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }

    /** As Spring Boot writes it: {@code retry-timeout}. */
    static String dashed(String option) {
        return option.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Without case and dashes, in which Spring Boot sees no difference. */
    static String uniform(String option) {
        return option.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
