// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Credentials;

/**
 * The application key of an endpoint whose URI refers to it: what the property or the bean is by now, so that a key can be
 * rotated while routes run. Thread-safe.
 *
 * @param id the reference of {@code applicationKeyId}, null where the URI says it itself
 * @param key the same of {@code applicationKey}
 */
record ReferredKey(
        CamelContext context, @Nullable String id, @Nullable String key) {
    private static final String PROPERTY = "#property:";
    private static final String BEAN = "#bean:";

    /** That of an endpoint with these parameters; null where nothing is referred to. */
    static @Nullable ReferredKey in(CamelContext context, Map<String, Object> parameters) {
        ReferredKey found = new ReferredKey(
                context,
                reference(context, parameters, "applicationKeyId"),
                reference(context, parameters, "applicationKey"));
        return found.id == null && found.key == null ? null : found;
    }

    private static @Nullable String reference(CamelContext context, Map<String, Object> parameters, String option) {
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getKey().replace("-", "").equalsIgnoreCase(option))
                .map(parameter -> String.valueOf(parameter.getValue()))
                .filter(value -> value.startsWith(BEAN) || (value.startsWith(PROPERTY) && !isLocal(context, value)))
                .findFirst()
                .orElse(null);
    }

    /** A parameter of the template that the route is made of, a Kamelet for instance: later the name may mean another one. */
    private static boolean isLocal(CamelContext context, String reference) {
        Properties local = context.getPropertiesComponent().getLocalProperties();
        return local != null && local.containsKey(reference.substring(PROPERTY.length()));
    }

    /** What it is now; a half that is not there any more stays as it was. */
    Credentials now(Credentials before) {
        return new Credentials(
                valueOf(id).orElse(before.applicationKeyId()), valueOf(key).orElse(before.applicationKey()));
    }

    private Optional<String> valueOf(@Nullable String reference) {
        if (reference == null) {
            return Optional.empty();
        }
        Optional<String> found = reference.startsWith(BEAN)
                ? Optional.ofNullable(
                        context.getRegistry().lookupByNameAndType(reference.substring(BEAN.length()), String.class))
                : context.getPropertiesComponent().resolveProperty(reference.substring(PROPERTY.length()));
        return found.filter(value -> !value.isBlank());
    }
}
