// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.camel.tooling.model.BaseOptionModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Operations;
import io.github.camelb2.operation.header.Reads;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentationTest {
    private static final String COMPONENT_PAGE = "b2-component.adoc";

    @ParameterizedTest
    @ValueSource(strings = {COMPONENT_PAGE, "b2-consumer.adoc", "b2-streaming-uploads.adoc", "from-b2sdk.adoc"})
    void tablesAndSnippetsAreThoseOfTheCode(String name) throws IOException {
        DocPage page = new DocPage(name);
        String expected = page.generated(DocTables.read());
        if (Boolean.getBoolean("docs.update")) {
            page.replaceBy(expected);
        }

        assertThat(page.text())
                .as(name + " is stale: write it anew with mvn test -Dtest=DocumentationTest -Ddocs.update=true")
                .isEqualTo(expected);
    }

    @Test
    void everyOptionAndHeaderHasItsLine() throws IOException {
        String page = new DocPage(COMPONENT_PAGE).text();
        DocTables tables = DocTables.read();

        assertThat(names(tables.model().getComponentOptions())).isNotEmpty().allSatisfy(name -> assertThat(page)
                .contains("| `" + name + "`"));
        assertThat(names(tables.model().getEndpointParameterOptions()))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(page).contains("| `" + name + "`"));
        assertThat(names(tables.model().getEndpointHeaders())).isNotEmpty().allSatisfy(name -> assertThat(page)
                .contains("| `" + name + "`"));
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationHasASectionWithAnExample(B2Operations operation) throws IOException {
        String page = new DocPage(COMPONENT_PAGE).text();

        assertThat(page).contains("\n=== " + operation + "\n");
        assertThat(page).contains("// generated: java OperationExamples." + operation + "\n");
    }

    @ParameterizedTest
    @EnumSource
    void theInputsOfAnOperationThatAreToldInWordsAreThoseThatItReads(B2Operations operation) throws IOException {
        String page = new DocPage(COMPONENT_PAGE).text();
        String section = page.substring(page.indexOf("\n=== " + operation + "\n"));
        String inputs = section.substring(section.indexOf("*Inputs:*"), section.indexOf("// generated: inputs"));

        assertThat(section.substring(section.indexOf("// generated: inputs")))
                .startsWith("// generated: inputs " + operation + "\n");
        assertThat(headers(inputs))
                .allSatisfy(header ->
                        assertThat(Reads.obeys(operation, header)).as(header).isTrue());
    }

    @Test
    void thePageOfChangedHeadersNamesOnlyHeadersThatThereAreAndAllThatCameAnew() throws IOException {
        List<String> known = names(DocTables.read().model().getEndpointHeaders());
        String page = new DocPage("headers-before-and-after.adoc").text();

        assertThat(known).containsAll(headers(page));
        assertThat(known.stream().filter(it -> it.matches("CamelB2(Found|Produced).+")))
                .allSatisfy(header -> {
                    // A row ends in "and so on" for names that are made alike.
                    String before = header.replaceFirst("Found|Produced", "");
                    assertThat(page).containsAnyOf("`" + header + "`", "`" + before + "`");
                });
    }

    private static List<String> headers(String text) {
        return Pattern.compile("`(Camel(?:B2|File|Overrule)\\w+)")
                .matcher(text)
                .results()
                .map(it -> it.group(1))
                .filter(it -> !List.of("CamelB2Override", "CamelB2Found", "CamelB2Produced")
                        .contains(it))
                .toList();
    }

    private static List<String> names(List<? extends BaseOptionModel> options) {
        return options.stream().map(BaseOptionModel::getName).toList();
    }
}
