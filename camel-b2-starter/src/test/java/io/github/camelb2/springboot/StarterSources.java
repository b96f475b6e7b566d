// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.tooling.model.PojoBeanModel;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/** The files of the starter that are made from the metadata of components and beans. */
final class StarterSources {
    static final String PACKAGE = "io.github.camelb2.springboot";

    private static final Map<String, String> BOXES =
            Map.of("boolean", "Boolean", "int", "Integer", "long", "Long", "double", "Double");

    private final JsonArray properties = new JsonArray();
    private final JsonArray hints = new JsonArray();

    /** The class that the properties of a component are bound to. */
    static String propertiesClass(ComponentModel component) {
        String name = simpleName(component) + "Properties";
        String secrets = component.getComponentOptions().stream()
                .filter(ComponentModel.ComponentOptionModel::isSecret)
                .map(option -> '"' + option.getName() + '"')
                .sorted()
                .collect(Collectors.joining(", "));
        String options = component.getComponentOptions().stream()
                .map(option -> "\n                \"" + option.getName() + '"')
                .sorted()
                .collect(Collectors.joining(","));
        String accessors = component.getComponentOptions().stream()
                .map(StarterSources::accessors)
                .collect(Collectors.joining("\n"));
        return """
                package %1$s;

                import java.util.Set;

                import org.jspecify.annotations.Nullable;
                import org.springframework.boot.context.properties.ConfigurationProperties;

                /** What is set of {@code %2$s.*}. Made from the metadata of the component: see GeneratedFilesTest. */
                @ConfigurationProperties("%2$s")
                public class %3$s extends OptionProperties {
                    @Override
                    Set<String> options() {
                        return Set.of(%6$s);
                    }

                    @Override
                    Set<String> secrets() {
                        return Set.of(%4$s);
                    }

                %5$s}
                """.formatted(PACKAGE, prefix(component), name, secrets, accessors, options);
    }

    /** Where that class lies below the module. */
    static String pathOf(ComponentModel component) {
        return "src/main/generated/java/" + PACKAGE.replace('.', '/') + "/" + simpleName(component) + "Properties.java";
    }

    private static String accessors(BaseOptionModel option) {
        String type = fieldType(option);
        String name = option.getName();
        String upper = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        String nullable = type.contains(".") ? type.replaceFirst("\\.(?=[A-Z])", ".@Nullable ") : "@Nullable " + type;
        return """
                    public %1$s get%2$s() {
                        return get("%3$s", %4$s.class);
                    }

                    /** %5$s */
                    %6$spublic void set%2$s(%1$s value) {
                        set("%3$s", value);
                    }
                """.formatted(
                        nullable,
                        upper,
                        name,
                        type,
                        option.getDescription()
                                .replace("*/", "* /")
                                .replace("&", "&amp;")
                                .replace("<", "&lt;"),
                        option.isDeprecated() ? "@Deprecated\n    " : "");
    }

    /** Spring converts what it and Camel understand alike; the rest, durations and beans too, is left to Camel. */
    private static String fieldType(BaseOptionModel option) {
        if ("duration".equals(option.getType())) {
            return "String";
        }
        if (isBean(option) || option.getJavaType().startsWith("java.lang.")) {
            return option.getJavaType().startsWith("java.lang.") ? simple(option.getJavaType()) : "String";
        }
        return BOXES.getOrDefault(option.getJavaType(), option.getJavaType());
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private static boolean isBean(BaseOptionModel option) {
        return "object".equals(option.getType());
    }

    private static String simpleName(ComponentModel component) {
        return simple(component.getJavaType());
    }

    private static String prefix(ComponentModel component) {
        return "camel.component." + component.getScheme();
    }

    /** Describes the options of a component for completion in editors. */
    StarterSources describe(ComponentModel component) {
        String source = PACKAGE + "." + simpleName(component) + "Properties";
        property(
                prefix(component) + ".enabled",
                "java.lang.Boolean",
                "Whether to set the options of the " + component.getScheme() + " component from properties.",
                true,
                source);
        component.getComponentOptions().forEach(option -> describe(prefix(component), option, source));
        return this;
    }

    /** Describes the properties of a bean that the starter makes; the starter itself sets those of type object. */
    StarterSources describeBean(String prefix, String json) {
        PojoBeanModel bean = JsonMapper.generatePojoBeanModel(resource(json));
        bean.getOptions().stream()
                .filter(option -> !isBean(option))
                .forEach(option -> describe(prefix, option, bean.getJavaType()));
        return this;
    }

    private void describe(String prefix, BaseOptionModel option, String source) {
        String name = prefix + "." + OptionNames.dashed(option.getName());
        JsonObject property = property(name, shownType(option), option.getDescription(), shownDefault(option), source);
        if (option.isDeprecated()) {
            JsonObject deprecation = new JsonObject();
            deprecation.put("level", "warning");
            if (option.getDeprecationNote() != null) {
                deprecation.put("reason", option.getDeprecationNote());
            }
            property.put("deprecation", deprecation);
        }
        if (isBean(option)) {
            JsonObject target = new JsonObject();
            target.put("target", option.getJavaType());
            JsonObject provider = new JsonObject();
            provider.put("name", "spring-bean-reference");
            provider.put("parameters", target);
            hint(name, "providers", List.of(provider));
        } else if (option.getEnums() != null && option.getJavaType().equals("java.lang.String")) {
            hint(
                    name,
                    "values",
                    option.getEnums().stream()
                            .map(value -> {
                                JsonObject hint = new JsonObject();
                                hint.put("value", value);
                                return hint;
                            })
                            .toList());
        }
    }

    /** Describes a property of the starter itself. */
    StarterSources property(String name, String type, String description, Object defaultValue) {
        property(name, type, description, defaultValue, PACKAGE + ".B2AutoConfiguration");
        return this;
    }

    private JsonObject property(String name, String type, String description, Object defaultValue, String source) {
        JsonObject property = new JsonObject();
        property.put("name", name);
        property.put("type", type);
        property.put("description", description);
        property.put("sourceType", source);
        if (defaultValue != null) {
            property.put("defaultValue", defaultValue);
        }
        properties.add(property);
        return property;
    }

    StarterSources values(String name, String... values) {
        List<JsonObject> all = new ArrayList<>();
        for (String value : values) {
            JsonObject hint = new JsonObject();
            hint.put("value", value);
            all.add(hint);
        }
        hint(name, "values", all);
        return this;
    }

    private void hint(String name, String kind, List<JsonObject> what) {
        JsonObject hint = new JsonObject();
        hint.put("name", name);
        hint.put(kind, new JsonArray(what));
        hints.add(hint);
    }

    private static String shownType(BaseOptionModel option) {
        if ("duration".equals(option.getType())) {
            return "java.time.Duration";
        }
        String box = BOXES.get(option.getJavaType());
        // A bean is given by name: the type itself would have editors refuse that.
        return box != null ? "java.lang." + box : isBean(option) ? "java.lang.String" : option.getJavaType();
    }

    private static Object shownDefault(BaseOptionModel option) {
        Object value = option.getDefaultValue();
        if (value == null) {
            return null;
        }
        String text = String.valueOf(value);
        return switch (option.getType()) {
            case "boolean" -> Boolean.valueOf(text);
            case "integer" -> Integer.valueOf(text);
            case "number" -> Double.valueOf(text);
            case "duration" -> text.matches("\\d+") ? text + "ms" : text;
            default -> text;
        };
    }

    /** All that was described. */
    String metadata() {
        JsonObject all = new JsonObject();
        all.put("properties", properties);
        all.put("hints", hints);
        return Jsoner.prettyPrint(all.toJson()) + "\n";
    }

    static ComponentModel component(String json) {
        return JsonMapper.generateComponentModel(resource(json));
    }

    private static String resource(String name) {
        try (InputStream in = StarterSources.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
