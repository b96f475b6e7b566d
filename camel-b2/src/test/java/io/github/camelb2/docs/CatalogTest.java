// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.B2Component;

import static org.assertj.core.api.Assertions.assertThat;

/** Tools that know the component by its metadata accept what the manual shows, and refuse what is misspelt. */
class CatalogTest {
    private static final Path METADATA =
            Path.of("src", "generated", "resources", "META-INF", "io", "github", "camelb2", "b2.json");
    private static final Path ROOT = Path.of("..");
    private static final Pattern ENDPOINT = Pattern.compile("b2:[^\"'\\s`|<>]+");

    private static final CamelCatalog CATALOG = catalog();

    @ParameterizedTest
    @MethodSource("documentedEndpoints")
    void documentedEndpointIsValid(String uri) {
        EndpointValidationResult result = CATALOG.validateEndpointProperties(uri);

        assertThat(result.isSuccess()).as(result.summaryErrorMessage(false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "b2:bucket?operaton=listFileNames, operaton",
        "b2:bucket?operation=listFiles, operation",
        "b2:bucket?maxConnections=many, maxConnections",
        "b2:bucket?pojoRequest=perhaps, pojoRequest",
        "b2:bucket?includeVersions=some, includeVersions",
        "b2:bucket?partsize=5MB, partsize"
    })
    void misspeltOptionIsRefusedByName(String uri, String option) {
        EndpointValidationResult result = CATALOG.validateEndpointProperties(uri);

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.summaryErrorMessage(false)).contains(option);
    }

    @Test
    void catalogDescribesTheComponentAsItIsUsed() throws Exception {
        assertThat(CATALOG.endpointProperties("b2:photos?operation=copyFile&maxConcurrency=8"))
                .containsEntry("bucketName", "photos")
                .containsEntry("operation", "copyFile")
                .containsEntry("maxConcurrency", "8");
        assertThat(CATALOG.asEndpointUri("b2", java.util.Map.of("bucketName", "photos", "prefix", "a/"), false))
                .isEqualTo("b2:photos?prefix=a/");
    }

    static Stream<String> documentedEndpoints() throws IOException {
        List<Path> pages = List.of(
                ROOT.resolve("README.md"),
                ROOT.resolve("src/main/docs/b2-component.adoc"),
                ROOT.resolve("src/main/docs/from-b2sdk.adoc"),
                ROOT.resolve("src/main/docs/account-information.adoc"));
        return pages.stream()
                .map(CatalogTest::text)
                .flatMap(page -> ENDPOINT.matcher(page).results())
                .map(MatchResult::group)
                .filter(uri -> !uri.contains("[") && !uri.contains("bucketName"))
                .map(uri -> uri.replaceAll("[.,;:)]+$", ""))
                .distinct();
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static CamelCatalog catalog() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("b2", B2Component.class.getName(), text(METADATA));
        return catalog;
    }
}
