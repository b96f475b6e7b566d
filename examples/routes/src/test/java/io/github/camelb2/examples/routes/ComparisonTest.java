// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables for people who come from elsewhere leave out nothing that these have, and name nothing of ours that there is not: options,
 * values, operations and headers are looked up in the metadata.
 */
class ComparisonTest {
    private static final ComponentModel S3 =
            JsonMapper.generateComponentModel(new DefaultCamelCatalog().componentJSonSchema("aws2-s3"));
    private static final List<ComponentModel> OURS = List.of(
            ours("camel-b2/src/generated/resources/META-INF/io/github/camelb2/b2.json"),
            ours("camel-b2-sync/src/generated/resources/META-INF/io/github/camelb2/sync/b2-sync.json"));

    private static final Map<String, List<BaseOptionModel>> NAMES = names();

    @Test
    void everyOptionOfS3HasItsRowAndNoOtherHas() {
        assertThat(ComparisonTable.named("aws2-s3 options").theirs())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(S3.getComponentOptions().stream(), S3.getEndpointOptions().stream())
                                .map(BaseOptionModel::getName)
                                .distinct()
                                .toList());
    }

    @Test
    void everyOptionOfTheSameNameWhoseDefaultDiffersHasARemark() {
        List<ComparisonTable.Row> differing = ComparisonTable.named("aws2-s3 options").rows().stream()
                .filter(row -> row.theirs().size() == 1 && row.ours().stream().anyMatch(row.theirs()::contains))
                .filter(row -> !defaultOf(S3, row.theirs().get(0))
                        .equals(defaultOf(OURS.get(0), row.theirs().get(0))))
                .toList();

        assertThat(differing)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.remark()).as(row.line()).isNotBlank());
    }

    private static String defaultOf(ComponentModel component, String option) {
        return Stream.concat(component.getEndpointOptions().stream(), component.getComponentOptions().stream())
                .filter(each -> each.getName().equals(option))
                .map(each -> String.valueOf(each.getDefaultValue()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyHeaderOfS3HasItsRowAndNoOtherHas() {
        assertThat(ComparisonTable.named("aws2-s3 headers").theirs())
                .containsExactlyInAnyOrderElementsOf(S3.getEndpointHeaders().stream()
                        .map(BaseOptionModel::getName)
                        .toList());
    }

    @Test
    void everyOperationOfS3HasItsRowAndNoOtherHas() {
        BaseOptionModel operation = S3.getEndpointOptions().stream()
                .filter(option -> option.getName().equals("operation"))
                .findFirst()
                .orElseThrow();

        assertThat(ComparisonTable.named("aws2-s3 operations").theirs())
                .containsExactlyInAnyOrderElementsOf(operation.getEnums());
    }

    @ParameterizedTest
    @CsvSource({
        "b2 commands, b2-commands.txt",
        "b2 sync flags, b2-sync-flags.txt",
        "rclone commands, rclone-commands.txt",
        "rclone b2 flags, rclone-b2-flags.txt",
        "rclone flags, rclone-flags.txt"
    })
    void everyCommandAndFlagHasItsRowAndNoOtherHas(String table, String recorded) {
        List<String> theirs = Snippets.text(
                        Snippets.root().resolve("examples/routes/src/test/resources/elsewhere/" + recorded))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();

        assertThat(theirs).isNotEmpty();
        assertThat(ComparisonTable.named(table).theirs()).containsExactlyInAnyOrderElementsOf(theirs);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everythingOfOursThatATableNamesIsThere(ComparisonTable table) {
        assertThat(table.rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.ours()).as(row.line()).allSatisfy(ComparisonTest::isThere));
    }

    static Stream<ComparisonTable> tables() {
        return ComparisonTable.all().stream();
    }

    /** {@code name}, {@code name=value} or {@code b2-sync:}. */
    private static void isThere(String ours) {
        String name = ours.replaceFirst("[=:].*", "");
        List<BaseOptionModel> known = NAMES.get(name);
        assertThat(known).as("nothing of ours is called " + name).isNotNull();
        if (ours.contains("=")) {
            String value = ours.substring(name.length() + 1);
            assertThat(known).as(ours).anySatisfy(option -> assertThat(takes(option, value))
                    .isTrue());
        }
    }

    private static boolean takes(BaseOptionModel option, String value) {
        return switch (option.getType()) {
            case "boolean" -> value.matches("true|false");
            case "integer", "number" -> value.matches("\\d+");
            default -> option.getEnums() == null || option.getEnums().contains(value);
        };
    }

    /** Options of components and endpoints, headers, operations and schemes. */
    private static Map<String, List<BaseOptionModel>> names() {
        Map<String, List<BaseOptionModel>> names = new TreeMap<>();
        for (ComponentModel component : OURS) {
            Stream.of(component.getComponentOptions(), component.getEndpointOptions(), component.getEndpointHeaders())
                    .flatMap(List::stream)
                    .forEach(option -> names.merge(option.getName(), List.of(option), ComparisonTest::both));
            component.getEndpointOptions().stream()
                    .filter(option -> option.getName().equals("operation"))
                    .flatMap(option -> option.getEnums().stream())
                    .forEach(operation -> names.put(operation, List.of()));
            names.put(component.getScheme(), List.of());
        }
        return names;
    }

    private static List<BaseOptionModel> both(List<BaseOptionModel> one, List<BaseOptionModel> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static ComponentModel ours(String json) {
        return JsonMapper.generateComponentModel(Snippets.text(Snippets.root().resolve(json)));
    }

    /** Guards the guard: an option, a value, a header and an operation that there are not. */
    @ParameterizedTest
    @CsvSource({"deleteAfterwards", "fileExist=Overwrite", "CamelB2Key", "putFile", "deleteAfterRead=yes"})
    void whatIsNotThereIsFound(String ours) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> isThere(ours)))
                .isInstanceOf(AssertionError.class);
    }
}
