// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is committed below src/main/generated is what Camel's generators make of the metadata of the components. After a change there:
 * {@code mvn test -pl camel-b2-endpointdsl -am -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dwrite=true}.
 */
class GeneratedFilesTest {
    private static final Path GENERATED = Path.of("target", "generated-dsl");
    private static final Path COMMITTED = Path.of("src", "main", "generated", "java");
    private static final Path METADATA = Path.of("target", "dsl-root", "json");
    private static final Path FOR_EDITORS =
            Path.of("src", "main", "generated", "resources", "camel-b2-extra-components.json");

    /** The generators also write lists of all components that there are, for Camel's own jars. */
    static List<String> files() {
        return List.of(
                "io/github/camelb2/component/dsl/B2ComponentBuilderFactory.java",
                "io/github/camelb2/component/dsl/B2SyncComponentBuilderFactory.java",
                "io/github/camelb2/endpoint/StaticEndpointBuilders.java",
                "io/github/camelb2/endpoint/dsl/B2EndpointBuilderFactory.java",
                "io/github/camelb2/endpoint/dsl/B2SyncEndpointBuilderFactory.java");
    }

    @ParameterizedTest
    @MethodSource("files")
    void committedFileIsThatOfTheMetadata(String file) throws IOException {
        compare(COMMITTED.resolve(file), tidied(Files.readString(GENERATED.resolve(file))));
    }

    /** What Camel's language server takes as the setting {@code camel.extra-components}. */
    @Test
    void theFileForEditorsHasTheMetadataOfBothComponents() throws IOException {
        String b2 = Files.readString(METADATA.resolve("b2.json")).strip();
        String sync = Files.readString(METADATA.resolve("b2-sync.json")).strip();

        compare(FOR_EDITORS, "[\n" + b2 + ",\n" + sync + "\n]\n");
    }

    private static void compare(Path committed, String generated) throws IOException {
        if (Boolean.getBoolean("write")) {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, generated);
        }

        assertThat(committed).content().isEqualTo(generated);
    }

    /** Without the licence header of the ASF, whose file it is not, and without white space at the ends of lines. */
    private static String tidied(String generated) {
        return generated
                        .replaceFirst("(?s)/\\*\n \\* Licensed to the Apache Software Foundation.*?\\*/\n", "")
                        // Encoded twice by the generator.
                        .replace("&lt;code&gt;", "<code>")
                        .replace("&lt;/code&gt;", "</code>")
                        .replaceAll("[ \t]+\n", "\n")
                        .stripTrailing()
                + "\n";
    }
}
