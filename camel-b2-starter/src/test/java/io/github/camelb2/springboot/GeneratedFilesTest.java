// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.springboot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is committed below src/main/generated is what the metadata of the components makes. After a change there:
 * {@code mvn test -pl camel-b2-starter -am -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dwrite=true}.
 */
class GeneratedFilesTest {
    static final List<ComponentModel> COMPONENTS = List.of(
            StarterSources.component("/META-INF/io/github/camelb2/b2.json"),
            StarterSources.component("/META-INF/io/github/camelb2/sync/b2-sync.json"));

    private static final String BEANS = "/META-INF/services/org/apache/camel/bean/";

    @Test
    void committedFilesAreThoseOfTheMetadata() throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path path = Path.of(file.getKey());
            if (Boolean.getBoolean("write")) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            assertThat(path).content().isEqualTo(file.getValue());
        }
    }

    @Test
    void aDeprecatedOptionIsDeprecatedInClassAndMetadata() {
        ComponentModel component = StarterSources.component("/META-INF/io/github/camelb2/b2.json");
        ComponentModel.ComponentOptionModel option =
                component.getComponentOptions().get(0);
        option.setDeprecated(true);
        option.setDeprecationNote("Use another.");

        assertThat(StarterSources.propertiesClass(component)).contains("@Deprecated\n    public void set");
        assertThat(new StarterSources().describe(component).metadata())
                .contains("\"deprecation\"", "\"reason\": \"Use another.\"");
    }

    static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        StarterSources metadata = new StarterSources();
        for (ComponentModel component : COMPONENTS) {
            files.put(StarterSources.pathOf(component), StarterSources.propertiesClass(component));
            metadata.describe(component);
        }
        metadata.property(
                "camel.b2.route-templates",
                "java.lang.Boolean",
                "Whether to register the route templates b2-sync and b2-file-upload.",
                false);
        metadata.property(
                "camel.b2.login.store",
                "java.lang.String",
                "Where the component b2 keeps its login unless its option accountInfoRepository says it: in memory, in the"
                        + " application's database (its DataSource), or in the account file of the b2 tool.",
                "memory");
        metadata.values("camel.b2.login.store", "memory", "jdbc", "sqlite");
        metadata.describeBean("camel.b2.login.jdbc", BEANS + "JdbcAccountInfoRepository.json");
        metadata.describeBean("camel.b2.login.sqlite", BEANS + "SqliteAccountInfoRepository.json");
        files.put("src/main/generated/resources/META-INF/spring-configuration-metadata.json", metadata.metadata());
        return files;
    }
}
