// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code +} and {@code %} in the value of an option become, as the manual says. */
class UriValuesTest extends B2TestSupport {
    @ParameterizedTest
    @CsvSource({
        "a+b, a b",
        "a%2Bb, a b",
        "a%20b, a b",
        "100%, 100%",
        "RAW(a+b), a+b",
        "RAW(a%20b), a%20b",
        "RAW(100%), 100%"
    })
    void valueInAUri(String written, String read) {
        assertThat(context()
                        .getEndpoint("b2:bucket?prefix=" + written, B2Endpoint.class)
                        .getConfiguration()
                        .getPrefix())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "a+b, a b",
        "a%2Bb, a b",
        "a%20b, a b",
        "100%, 100%",
        "RAW(a+b), a+b",
        "RAW(a%20b), a%20b",
        "RAW(100%), 100%"
    })
    void valueAmongTheParametersOfYaml(String written, String read) throws Exception {
        String yaml = """
                - route:
                    from:
                      uri: direct:yaml
                      steps:
                        - to:
                            uri: b2:bucket
                            parameters:
                              prefix: "%s"
                """.formatted(written);
        PluginHelper.getRoutesLoader(context()).loadRoutes(ResourceHelper.fromString("route.yaml", yaml));

        assertThat(context().getEndpoints().stream()
                        .filter(B2Endpoint.class::isInstance)
                        .map(it -> ((B2Endpoint) it).getConfiguration().getPrefix()))
                .containsExactly(read);
    }
}
