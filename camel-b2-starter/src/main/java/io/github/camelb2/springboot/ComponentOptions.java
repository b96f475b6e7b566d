// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Hands each component of a class the properties {@code camel.component.NAME.*}, where NAME is its own name in the
 * registry: a second account gets none of the first one's.
 *
 * <p>Spring finds the value, Camel converts it, so that a value means the same under Spring Boot as in Camel Main:
 * {@code 1m}, {@code 1h30m} and {@code PT1M} are durations, {@code 5MB} is what the component takes it for, and
 * {@code #bean:name}, {@code #type:…} and {@code #class:…} are beans.
 *
 * @param <P> the properties of that class
 */
final class ComponentOptions<P extends OptionProperties> implements ComponentCustomizer {
    /** Replaces all other options, so it comes before them. */
    private static final String CONFIGURATION = "configuration";

    private static final String ENABLED = "enabled";
    private static final Bindable<Boolean> ON = Bindable.of(Boolean.class);
    private static final ConfigurationPropertyName COMPONENTS = ConfigurationPropertyName.of("camel.component");

    private final Class<? extends Component> type;
    private final Class<P> properties;
    private final Supplier<P> blank;
    private final CamelContext context;
    private final ConfigurableEnvironment environment;

    /**
     * Of the components of that class.
     *
     * @param properties where its properties are bound
     * @param blank      makes them
     */
    ComponentOptions(
            Class<? extends Component> type,
            Class<P> properties,
            Supplier<P> blank,
            CamelContext context,
            ConfigurableEnvironment environment) {
        this.type = type;
        this.properties = properties;
        this.blank = blank;
        this.context = context;
        this.environment = environment;
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return type == target.getClass()
                && isOn(COMPONENTS, prefix(name))
                && isOn(COMPONENTS.append("customizer"), prefix(name).append("customizer"));
    }

    /** As Camel's own starters decide it, which stop at a name with capitals: what is said of one goes before what is said of all. */
    private boolean isOn(ConfigurationPropertyName all, ConfigurationPropertyName one) {
        Binder binder = Binder.get(environment);
        return binder.bind(one.append(ENABLED), ON)
                .orElseGet(() -> binder.bind(all.append(ENABLED), ON).orElse(true));
    }

    @Override
    public void configure(String name, Component target) {
        ConfigurationPropertyName prefix = prefix(name);
        // Camel customizes components before it builds them, and only then they know their options.
        ServiceHelper.buildService(target);
        new OptionNames(blank.get().options()).check(prefix, environment);
        P bound = Binder.get(environment)
                .bind(prefix, Bindable.of(properties).withSuppliedValue(blank))
                .orElseGet(blank);
        Map<String, Object> options = new TreeMap<>(bound.given());
        Object bean = options.remove(CONFIGURATION);
        if (bean != null) {
            set(target, prefix, bound, CONFIGURATION, bean);
        }
        options.forEach((option, value) -> set(target, prefix, bound, option, value));
    }

    /** Of a bean {@code b2Other}, too: it is camel.component.b2-other, in each spelling that Spring Boot knows. */
    private static ConfigurationPropertyName prefix(String name) {
        return ConfigurationPropertyName.adapt("camel.component." + name, '.');
    }

    private void set(Component target, ConfigurationPropertyName prefix, P bound, String option, Object value) {
        try {
            PropertyBindingSupport.build()
                    .withConfigurer(target.getComponentPropertyConfigurer())
                    .withIgnoreCase(true)
                    .withMandatory(true)
                    .bind(context, target, option, value);
        } catch (RuntimeException e) {
            // Camel's own message quotes the value.
            boolean isSecret = bound.secrets().contains(option);
            throw new IllegalArgumentException(
                    "Property " + prefix + "." + OptionNames.dashed(option)
                            + (isSecret ? "" : "=" + value)
                            + " cannot be set: "
                            + (isSecret ? e.getClass().getSimpleName() : reason(e)),
                    isSecret ? null : e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
