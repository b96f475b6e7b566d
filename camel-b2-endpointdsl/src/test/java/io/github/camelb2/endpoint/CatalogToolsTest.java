// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.endpoint;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tools that are told no more than the names of the components and their classes find all of their options in the jars. */
class CatalogToolsTest {
    private static final CamelCatalog CATALOG = new DefaultCamelCatalog(true);

    @BeforeAll
    static void nameTheComponents() {
        CATALOG.addComponent("b2", "io.github.camelb2.B2Component");
        CATALOG.addComponent("b2-sync", "io.github.camelb2.sync.B2SyncComponent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2:photos?delay=5s&prefix=in/&deleteAfterRead=true&retryTimeout=1m",
                "b2:{{bucket}}?operation=copyFile&destinationBucket={{?other}}",
                "b2:*?operation=listBuckets",
                "b2:photos?applicationKey=RAW(K000+/x)&applicationKeyId=1",
                "b2-sync:docs?source=/data&destination=b2://photos/docs&keepMode=keepBeforeDelete&keepDays=30&workers=8",
                "b2-sync:docs?source=/data&destination=b2://photos/docs&compareMode=sha1&dryRun=true&delay=1h"
            })
    void aGoodUriIsValid(String uri) {
        EndpointValidationResult result = CATALOG.validateEndpointProperties(uri);

        assertThat(result.isSuccess()).as(result.summaryErrorMessage(false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "b2:photos?fileNam=x, fileNam",
        "b2:photos?operation=uplod, operation",
        "b2:photos?maxConnections=many, maxConnections",
        "b2-sync:docs?source=/data&destnation=b2://photos, destnation",
        "b2-sync:docs?source=/data&destination=b2://photos&keepMode=keep, keepMode",
        "b2-sync:docs?source=/data&destination=b2://photos&dryRun=perhaps, dryRun",
        "b2-sync:docs?source=/data, destination"
    })
    void aBadUriIsRefusedByTheNameOfItsOption(String uri, String option) {
        EndpointValidationResult result = CATALOG.validateEndpointProperties(uri);

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.summaryErrorMessage(false)).contains(option);
    }

    @ParameterizedTest
    @CsvSource({
        "camel.component.b2.application-key-id=x, true",
        "camel.component.b2.retryTimeout=1m, true",
        "camel.component.b2.aplication-key=1, false",
        "camel.component.b2-sync.workers=3, true",
        "camel.component.b2-sync.dryRun=true, true",
        "camel.component.b2-sync.dryRun=some, false"
    })
    void aPropertyOfAComponentIsChecked(String line, boolean good) {
        assertThat(CATALOG.validateConfigurationProperty(line).isSuccess()).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({"b2, CamelB2FileName, java.lang.String", "b2-sync, CamelB2DryRun, java.lang.Boolean"})
    void headersAreKnownWithTypeAndDescription(String scheme, String name, String type) {
        List<ComponentModel.EndpointHeaderModel> headers =
                CATALOG.componentModel(scheme).getEndpointHeaders();

        assertThat(headers)
                .filteredOn(header -> header.getName().equals(name))
                .singleElement()
                .satisfies(header -> {
                    assertThat(type).endsWith(header.getShortJavaType());
                    assertThat(header.getDescription()).isNotBlank();
                });
    }

    @Test
    void secretsAreMarkedAsSuch() {
        assertThat(CATALOG.componentModel("b2").getEndpointParameterOptions())
                .filteredOn(ComponentModel.EndpointOptionModel::isSecret)
                .extracting(ComponentModel.EndpointOptionModel::getName)
                .contains("applicationKey", "customerKey");
    }

    @Test
    void aUriIsMadeOfOptions() throws Exception {
        assertThat(CATALOG.asEndpointUri("b2-sync", Map.of("name", "docs", "source", "/data"), false))
                .isEqualTo("b2-sync:docs?source=/data");
    }

    @Test
    void theFileForEditorsIsOneArrayOfBothComponents() throws Exception {
        JsonNode file = new ObjectMapper()
                .readTree(CatalogToolsTest.class.getResourceAsStream("/camel-b2-extra-components.json"));

        assertThat(file.isArray()).isTrue();
        assertThat(file)
                .extracting(each -> each.at("/component/scheme").asText())
                .containsExactly("b2", "b2-sync");
        assertThat(file)
                .allSatisfy(each -> assertThat(each.at("/properties").size()).isGreaterThan(40));
    }
}
