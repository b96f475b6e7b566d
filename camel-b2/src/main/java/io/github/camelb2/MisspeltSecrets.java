// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;

/**
 * Refuses options that were certainly meant as secrets, without their values. Camel's own refusal of an unknown option
 * quotes what it was set to. Thread-safe.
 */
public final class MisspeltSecrets {
    private final String component;
    private final SecretOptions secrets;
    private final Supplier<CamelContext> context;

    /** By what they were to be set on; bound before the component starts, which is when it fails because of them. */
    private final Map<Object, Set<String>> noted = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * For one component.
     *
     * @param component its name
     * @param context its context, asked for when it has one
     */
    public MisspeltSecrets(String component, SecretOptions secrets, Supplier<CamelContext> context) {
        this.component = component;
        this.secrets = secrets;
        this.context = context;
    }

    /**
     * The URI of an endpoint to be made, without its secrets and without what was meant as one; Camel hides those too from
     * now on.
     *
     * @param known sets the options that there are
     */
    public String mask(String uri, Collection<String> options, PropertyConfigurer known) {
        return secrets.mask(
                uri,
                options.stream()
                        .filter(option -> known instanceof PropertyConfigurerGetter all
                                && all.getOptionType(option.replace("-", ""), true) == null)
                        .filter(option -> secrets.hideMisspelt(option, context.get()))
                        .toList());
    }

    /** Sets the options of an endpoint, and checks them. */
    public interface Setting {
        void run() throws Exception;
    }

    /**
     * Sets the options of an endpoint so that no failure shows a secret. One that Camel would quote with the URI makes the
     * endpoint {@linkplain EndpointWithSecrets#refuse unusable} instead.
     *
     * @param parameters the options; those that are set are taken out
     * @throws IllegalArgumentException if an option is not known; it shows no value that may be a secret
     */
    public void configure(EndpointWithSecrets endpoint, String uri, Map<String, Object> parameters, Setting setting)
            throws Exception {
        try {
            setting.run();
            if (!parameters.isEmpty()) {
                throw unknown(
                        "endpoint",
                        parameters.entrySet().stream().map(this::shown).toList());
            }
        } catch (Exception e) {
            if (!secrets.wouldBeShownIn(uri)) {
                throw e;
            }
            parameters.clear();
            endpoint.refuse(e);
        }
    }

    /**
     * Refuses what the component itself was given, and its configuration, member by member.
     *
     * @throws IllegalArgumentException if an option was given that was meant as a secret
     */
    public void refuseThoseOf(Object component, Object configuration) {
        Set<String> all = new TreeSet<>(noted.getOrDefault(component, Set.of()));
        if (context.get().getRegistry().lookupByName(configuration.getClass().getName()) instanceof Watched members) {
            members.notedOf(configuration).forEach(member -> all.add("configuration." + member));
        }
        if (!all.isEmpty()) {
            throw unknown("component", all);
        }
    }

    private String shown(Map.Entry<String, Object> option) {
        return secrets.isSecret(option.getKey()) ? option.getKey() : option.getKey() + "=" + option.getValue();
    }

    private IllegalArgumentException unknown(String what, Collection<String> options) {
        return new IllegalArgumentException("The " + component + " " + what + " has no option "
                + String.join(", ", new TreeSet<>(options))
                + ": check how it is spelt (what may be a secret is not shown)");
    }

    /** Sets the options of the component, and notes those that were meant as secrets. */
    public PropertyConfigurer watch(PropertyConfigurer all) {
        return all instanceof PropertyConfigurerGetter getter ? new Watched(all, getter) : all;
    }

    /**
     * Has the context set the members of such configurations through this as well, {@code configuration.applicationKey} of a
     * component: it looks in its registry for what sets the members of a class.
     *
     * @param all sets them
     */
    public void watchMembers(Class<?> configuration, PropertyConfigurer all) {
        Registry registry = context.get().getRegistry();
        if (registry.lookupByName(configuration.getName()) == null) {
            registry.bind(configuration.getName(), PropertyConfigurer.class, watch(all));
        }
    }

    private final class Watched implements PropertyConfigurer, PropertyConfigurerGetter {
        private final PropertyConfigurer all;
        private final PropertyConfigurerGetter getter;

        Watched(PropertyConfigurer all, PropertyConfigurerGetter getter) {
            this.all = all;
            this.getter = getter;
        }

        @Override
        public boolean configure(CamelContext camel, Object target, String name, Object value, boolean ignoreCase) {
            // Camel takes what is no time for none at all.
            secrets.hideAddress(name, value, camel);
            ConfigurationCheck.checkText(name, value, getter.getOptionType(name, ignoreCase));
            if (all.configure(camel, target, name, value, ignoreCase)) {
                return true;
            }
            // Answering "no" would have Camel quote the value.
            boolean isMisspelt = secrets.hideMisspelt(name, camel);
            if (isMisspelt) {
                noted.computeIfAbsent(target, any -> new ConcurrentSkipListSet<>())
                        .add(name);
            }
            return isMisspelt;
        }

        /** The context has one of these, of the first component. */
        Set<String> notedOf(Object target) {
            return noted.getOrDefault(target, Set.of());
        }

        @Override
        public @Nullable Class<?> getOptionType(String name, boolean ignoreCase) {
            return getter.getOptionType(name, ignoreCase);
        }

        @Override
        public @Nullable Object getOptionValue(Object target, String name, boolean ignoreCase) {
            return getter.getOptionValue(target, name, ignoreCase);
        }

        @Override
        public @Nullable Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
            return getter.getCollectionValueType(target, name, ignoreCase);
        }

        @Override
        public String[] getAutowiredNames() {
            return getter.getAutowiredNames();
        }
    }
}
