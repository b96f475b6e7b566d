// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.util.StringHelper;

/** Makes the parameters of a route template fit for the endpoint URIs that they are put into. */
final class RouteParameters {
    /** What Camel adds when a template is used as a Kamelet. */
    private static final Set<String> OF_CAMEL = Set.of("routeId", "templateId", "uuid", "location", "parentRouteId");

    private RouteParameters() {}

    /**
     * Has the values of all routes of a template taken as they are written, where a URI would decode them.
     *
     * @param template the id of the template
     * @param options  parameters that become options: wrapped in {@code RAW()}, unless they are so already or refer to a
     *                 bean
     */
    static void takeAsWritten(CamelContext context, String template, Collection<String> options) {
        takeAsWritten(context, template, options, parameters -> {});
    }

    /**
     * As above, with defaults that depend on other parameters.
     *
     * @param defaults adds what a route's parameters do not say
     */
    static void takeAsWritten(
            CamelContext context,
            String template,
            Collection<String> options,
            Consumer<? super Map<String, Object>> defaults) {
        Set<String> names = Set.copyOf(options);
        // A template's own configurer comes too late: the values that a route sees are a copy by then.
        context.getCamelContextExtension()
                .getContextPlugin(Model.class)
                .addRouteTemplateDefinitionConverter(template, (definition, parameters) -> {
                    refuseUnknown(definition, parameters.keySet());
                    defaults.accept(parameters);
                    for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
                        String name = parameter.getKey();
                        if (names.contains(name)) {
                            parameter.setValue(raw(context, name, String.valueOf(parameter.getValue())));
                        }
                    }
                    return definition.asRouteDefinition();
                });
    }

    /** Camel would ignore it in silence: a filter that is spelled wrongly, and files go that should not. */
    private static void refuseUnknown(RouteTemplateDefinition template, Set<String> given) {
        Set<String> known = new TreeSet<>(OF_CAMEL);
        template.getTemplateParameters().forEach(parameter -> known.add(parameter.getName()));
        for (String one : given) {
            // Camel gives each once more with dashes.
            String name = StringHelper.dashToCamelCase(one);
            if (!known.contains(name)) {
                known.removeAll(OF_CAMEL);
                throw new IllegalArgumentException("Parameter " + name + " is none of the route template "
                        + template.getId() + ", which has " + known);
            }
        }
    }

    private static String raw(CamelContext context, String name, String value) {
        // What a property holds may have its RAW() with it.
        String text = value.contains("{{") ? context.resolvePropertyPlaceholders(value) : value;
        boolean isDecoded = text.contains("+") || text.contains("%") || text.contains("&");
        if (!isDecoded || text.startsWith("#") || text.startsWith("RAW(") || text.startsWith("RAW{")) {
            return value;
        }
        if (!text.contains(")&")) {
            return "RAW(" + value + ")";
        }
        if (text.contains("}&")) {
            throw new IllegalArgumentException("Parameter " + name + " cannot hold both \")&\" and \"}&\"");
        }
        return "RAW{" + value + "}";
    }
}
