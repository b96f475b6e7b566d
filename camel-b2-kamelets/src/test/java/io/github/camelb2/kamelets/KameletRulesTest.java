// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.kamelets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules of Apache's catalog of Kamelets, whose own validator takes no others. */
class KameletRulesTest {
    private static final Pattern PARAMETER =
            Pattern.compile("\\{\\{\\??([\\w.-]+)(?::[^}]*)?}}|propertiesExist:!?([\\w.-]+)|#property:([\\w.-]+)");

    private static final Set<String> SECRETS = Set.of("applicationKey", "customerKey", "notificationSecret");

    static Stream<Path> kamelets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/classes/kamelets"))) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void theKameletsAreThese() throws IOException {
        assertThat(kamelets().map(file -> file.getFileName().toString().replace(".kamelet.yaml", "")))
                .containsExactly(
                        "b2-delete-action",
                        "b2-download-action",
                        "b2-event-source",
                        "b2-sink",
                        "b2-source",
                        "b2-streaming-sink",
                        "b2-sync-action");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void nameTypeTitleAndAnnotationsAreThoseOfACatalog(Path file) throws IOException {
        Object kamelet = read(file);
        String name = text(kamelet, "metadata", "name");
        String type = text(kamelet, "metadata", "labels", "camel.apache.org/kamelet.type");

        assertThat(file.getFileName()).hasToString(name + ".kamelet.yaml");
        assertThat(type).isIn("source", "sink", "action");
        assertThat(name).endsWith("-" + type);
        assertThat(text(kamelet, "spec", "definition", "title").toLowerCase(Locale.ROOT))
                .endsWith(" " + type);
        assertThat(map(at(kamelet, "metadata", "annotations")).keySet())
                .contains(
                        "camel.apache.org/kamelet.support.level",
                        "camel.apache.org/catalog.version",
                        "camel.apache.org/kamelet.icon",
                        "camel.apache.org/provider",
                        "camel.apache.org/kamelet.group",
                        "camel.apache.org/kamelet.namespace");
        assertThat(Files.readString(file)).doesNotContain("@project");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void everyParameterIsDescribedAndUsedAndSecretsAreMarked(Path file) throws IOException {
        Object kamelet = read(file);
        Map<String, Object> declared = map(at(kamelet, "spec", "definition", "properties"));

        declared.forEach((name, parameter) -> {
            for (String member : List.of("title", "description", "type")) {
                assertThat(text(parameter, member)).as("%s.%s", name, member).isNotEmpty();
            }
            assertThat("password".equals(map(parameter).get("format")))
                    .as("%s is a password", name)
                    .isEqualTo(SECRETS.contains(name));
            if (SECRETS.contains(name)) {
                assertThat(map(parameter).get("x-descriptors")).asString().contains("urn:camel:group:credentials");
            }
        });
        assertThat(declared.keySet().containsAll((Collection<?>) at(kamelet, "spec", "definition", "required")))
                .isTrue();
        assertThat(parametersIn(String.valueOf(at(kamelet, "spec", "template"))))
                .isEqualTo(declared.keySet());
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void everyOptionAndDefaultIsOneOfTheComponent(Path file) throws IOException {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        // Without the JSON: the catalog finds it in the jars by itself.
        catalog.addComponent("b2", "io.github.camelb2.B2Component");
        catalog.addComponent("b2-sync", "io.github.camelb2.sync.B2SyncComponent");
        assertThat(catalog.componentModel("b2").getComponentOptions()).isNotEmpty();
        assertThat(catalog.componentModel("b2-sync").getComponentOptions()).isNotEmpty();
        Object kamelet = read(file);
        Map<String, Object> declared = map(at(kamelet, "spec", "definition", "properties"));
        List<Map<String, Object>> endpoints = new ArrayList<>();
        collect(at(kamelet, "spec", "template"), endpoints);

        assertThat(endpoints).isNotEmpty();
        for (Map<String, Object> endpoint : endpoints) {
            String scheme = String.valueOf(endpoint.get("uri")).replaceAll(":.*", "");
            String options = map(endpoint.get("parameters")).entrySet().stream()
                    .map(option -> option.getKey() + "=" + withDefault(String.valueOf(option.getValue()), declared))
                    .collect(Collectors.joining("&"));
            EndpointValidationResult result = catalog.validateEndpointProperties(scheme + ":name?" + options);
            assertThat(result.isSuccess()).as("%s", result).isTrue();
        }
    }

    private static String withDefault(String value, Map<String, Object> declared) {
        Matcher parameter = PARAMETER.matcher(value);
        if (!parameter.matches()) {
            return value;
        }
        String name = parameter.group(1) == null ? parameter.group(3) : parameter.group(1);
        Object known = map(declared.get(name)).get("default");
        if (known != null) {
            return String.valueOf(known);
        }
        // A number is a value of every other type that has no default here.
        return "boolean".equals(map(declared.get(name)).get("type")) ? "true" : "7";
    }

    private static Set<String> parametersIn(String template) {
        Set<String> used = new TreeSet<>();
        PARAMETER.matcher(template).results().forEach(found -> {
            for (int group = 1; group <= 3; group++) {
                if (found.group(group) != null && !found.group(group).equals("routeId")) {
                    used.add(found.group(group));
                }
            }
        });
        return used;
    }

    private static void collect(Object node, List<Map<String, Object>> endpoints) {
        if (node instanceof Map<?, ?>) {
            Map<String, Object> members = map(node);
            if (String.valueOf(members.get("uri")).startsWith("b2")) {
                endpoints.add(members);
            }
            members.values().forEach(member -> collect(member, endpoints));
        } else if (node instanceof List<?> all) {
            all.forEach(each -> collect(each, endpoints));
        }
    }

    private static Object read(Path file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    private static Object at(Object node, String... path) {
        Object found = node;
        for (String name : path) {
            found = map(found).get(name);
        }
        return found;
    }

    private static String text(Object node, String... path) {
        return String.valueOf(at(node, path));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }
}
