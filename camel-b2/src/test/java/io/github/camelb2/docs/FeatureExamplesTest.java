// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Both forms of each example do what the manual says. */
class FeatureExamplesTest extends B2TestSupport {
    private static final List<String> YAML = List.of("restore", "past", "bandwidth", "append", "if-changed", "choose");

    private String bucket;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        bucket = B2.createBucket();
        Properties properties = new Properties();
        properties.setProperty("bucket", bucket);
        made.getPropertiesComponent().setInitialProperties(properties);
        for (String name : YAML) {
            PluginHelper.getRoutesLoader(made)
                    .loadRoutes(PluginHelper.getResourceLoader(made)
                            .resolveResource("file:src/test/resources/docs/" + name + ".yaml"));
        }
        return made;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new FeatureExamples();
    }

    @Test
    void theExamplesInYamlAppendDescribeAndChoose() {
        b2().state().put(bucket, "docs/hello.txt", bytes("hello\n"));

        send("direct:yaml-append", null, Map.of());

        assertThat(b2().state().bytes(bucket, "docs/hello.txt")).isEqualTo(bytes("hello\none line more"));
        Exchange changed = send("direct:yaml-if-changed", null, Map.of());
        assertThat(changed.getMessage().getHeaders())
                .containsEntry(B2Constants.FOUND_OUTCOME, "changed")
                .containsEntry(B2Constants.FOUND_CACHE_CONTROL, "public, max-age=3600");
        b2().state().put(bucket, "docs/hello.txt", bytes("hello"));
        Exchange unchanged = send("direct:yaml-if-changed", null, Map.of());
        assertThat(unchanged.getMessage().getHeader(B2Constants.FOUND_OUTCOME)).isEqualTo("unchanged");
        assertThat(send("direct:yaml-choose", null, Map.of()).getException()).isNull();
    }

    @Test
    void everyExampleDoesWhatItSays() {
        String old = b2().state().put(bucket, "docs/hello.txt", bytes("old")).fileId();
        b2().advance(Duration.ofDays(4));
        for (String form : List.of("java-", "yaml-")) {
            b2().state().put(bucket, "docs/hello.txt", bytes("spoilt"));
            send("b2:*?operation=authorizeAccount", null, Map.of());

            send("direct:" + form + "restore", null, Map.of());
            assertThat(b2().state().bytes(bucket, "docs/hello.txt")).isEqualTo(bytes("old"));
            send("direct:" + form + "past", null, Map.of());
            send("direct:" + form + "bandwidth", "content", Map.of());
            assertThat(b2().state().bytes(bucket, "big.bin")).isEqualTo(bytes("content"));
        }
        assertThat(b2().state().versions(bucket, "docs/hello.txt")).hasSize(5).anyMatch(it -> it.fileId()
                .equals(old));
        assertThat(b2().count("b2_list_file_versions")).isEqualTo(4);
    }
}
