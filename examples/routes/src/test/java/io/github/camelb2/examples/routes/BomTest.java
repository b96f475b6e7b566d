// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The BOM names every artifact that users depend on, in the version of the parent, and nothing else. */
class BomTest {
    private final String parent = Snippets.text(Snippets.root().resolve("pom.xml"));
    private final String bom = Snippets.text(Snippets.root().resolve("camel-b2-bom/pom.xml"));

    @Test
    void namesEveryModuleThatUsersDependOn() {
        List<String> modules = new ArrayList<>(all(parent, "<module>(camel-(?:jbang-plugin-)?b2[\\w-]*)</module>"));
        for (String folder : List.of("runtime", "deployment")) {
            String pom = Snippets.text(Snippets.root().resolve("camel-quarkus-b2/" + folder + "/pom.xml"));
            modules.add(all(pom, "<artifactId>(camel-quarkus-b2(?!-parent)[\\w-]*)</artifactId>")
                    .get(0));
        }
        List<String> managed = all(
                bom.substring(bom.indexOf("<dependencyManagement>"), bom.indexOf("</dependencyManagement>")),
                "<artifactId>(.*)</artifactId>");

        assertThat(managed).doesNotHaveDuplicates();
        assertThat(modules)
                .contains("camel-b2-bom")
                .filteredOn(module -> !module.equals("camel-b2-bom"))
                .containsExactlyInAnyOrderElementsOf(managed);
    }

    @Test
    void hasTheVersionOfTheParentAndNoParent() {
        String version = "(?s)<version>(.*?)</version>";

        assertThat(bom).doesNotContain("<parent>");
        assertThat(all(bom, version).get(0)).isEqualTo(all(parent, version).get(0));
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
