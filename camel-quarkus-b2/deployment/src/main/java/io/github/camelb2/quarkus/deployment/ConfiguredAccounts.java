// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.quarkus.deployment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

import org.eclipse.microprofile.config.Config;

/** Which components are told by the configuration which account of B2 is meant. Of this profile: {@code %prod.} counts in production only. */
final class ConfiguredAccounts {
    private static final List<String> OPTIONS = List.of(
            "applicationKeyId",
            "applicationKey",
            "realm",
            "downloadUrl",
            "accountInfoRepository",
            "b2Client",
            "configuration");

    private final Config config;

    ConfiguredAccounts(Config config) {
        this.config = config;
    }

    /**
     * The property that says so for this component, as it is written; empty if none does. A property whose value cannot be
     * told, such as that of a variable that is not set, counts: it is there to name an account, and the application must
     * say so instead of working on another.
     */
    Optional<String> of(String component) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(property -> namesAnAccount(property, component))
                .sorted()
                .findFirst();
    }

    private boolean namesAnAccount(String property, String component) {
        if (isOption(property, component, "useDefaultCredentials")) {
            return config.getOptionalValue(property, String.class)
                    .filter(value -> !value.equalsIgnoreCase("false"))
                    .isPresent();
        }
        return OPTIONS.stream().anyMatch(option -> isOption(property, component, option));
    }

    /** In each spelling: of Camel, with dashes, and of the environment. */
    private static boolean isOption(String property, String component, String option) {
        return squeezed(property).equals(squeezed("camel.component." + component + "." + option));
    }

    private static String squeezed(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
