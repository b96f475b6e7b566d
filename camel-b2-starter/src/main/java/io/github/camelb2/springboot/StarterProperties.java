// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import java.util.List;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.ConfigurableEnvironment;

/** What an application sets of the starter's own properties and of both components: refuses what nothing would read. */
final class StarterProperties {
    private static final ConfigurationPropertyName OWN = ConfigurationPropertyName.of("camel.b2");
    private static final List<String> STORES = List.of("memory", "jdbc", "sqlite");

    private final ConfigurableEnvironment environment;

    StarterProperties(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Looks at all of them, also where no route uses the components yet.
     *
     * @throws IllegalArgumentException if one names nothing, or says something that does not count; secrets are not shown
     */
    void check() {
        checkStore();
        OptionNames.below(OWN, environment).forEach(this::checkOwn);
        checkOptions("b2", new B2ComponentProperties());
        checkOptions("b2-sync", new B2SyncComponentProperties());
    }

    private String store() {
        return environment.getProperty("camel.b2.login.store", "memory");
    }

    /** Another value would keep the login in memory. */
    private void checkStore() {
        if (!STORES.contains(store())) {
            throw new IllegalArgumentException(
                    "Property camel.b2.login.store=" + store() + " is not memory, jdbc or sqlite");
        }
    }

    private void checkOwn(ConfigurationPropertyName property) {
        String name = property.toString();
        boolean isOfStore = property.getNumberOfElements() > 4
                && property.getElement(2, Form.UNIFORM).equals("login")
                && STORES.contains(property.getElement(3, Form.UNIFORM));
        if (isOfStore && !property.getElement(3, Form.UNIFORM).equals(store())) {
            throw new IllegalArgumentException(
                    "Property " + name + " does not count: camel.b2.login.store is " + store());
        }
        if (!isOfStore
                && !property.equals(OWN.append("route-templates"))
                && !property.equals(OWN.append("login.store"))) {
            throw new IllegalArgumentException("Property " + name
                    + " names nothing: there are camel.b2.route-templates, camel.b2.login.store, camel.b2.login.jdbc.*"
                    + " and camel.b2.login.sqlite.*; options of the component are camel.component.b2.*");
        }
    }

    private void checkOptions(String component, OptionProperties blank) {
        ConfigurationPropertyName prefix =
                ConfigurationPropertyName.of("camel.component").append(component);
        new OptionNames(blank.options()).check(prefix, environment);
    }
}
