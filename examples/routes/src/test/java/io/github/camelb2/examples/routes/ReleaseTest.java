// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.sync.B2SyncComponent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What a release rests on: one version everywhere, names and versions in manifests, profiles that there are, licences in sources. */
class ReleaseTest {
    private static final Path ROOT = Snippets.root();
    private static final String PARENT = Snippets.text(ROOT.resolve("pom.xml"));
    private static final String VERSION = first(PARENT, "(?m)^    <version>(.*)</version>");

    @ParameterizedTest
    @MethodSource("poms")
    void everyPomHasTheVersionOfTheParent(Path pom) {
        assertThat(
                        all(
                                Snippets.text(pom),
                                "<groupId>io\\.github\\.camelb2</groupId>\\s*<artifactId>[\\w-]+</artifactId>\\s*<version>(.*?)</version>"))
                .allSatisfy(version -> assertThat(version).isIn(VERSION, "${project.version}"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageNamesThatVersion(Path page) {
        String text = Snippets.text(page);

        assertThat(Stream.concat(
                        all(
                                text,
                                "<groupId>io\\.github\\.camelb2</groupId>\\s*<artifactId>[\\w-]+</artifactId>\\s*<version>(.*?)</version>")
                                .stream(),
                        all(text, "io\\.github\\.camelb2:[\\w-]+:(\\d[\\w.-]*)").stream()))
                .allSatisfy(version -> assertThat(version).isEqualTo(VERSION));
    }

    @Test
    void changelogBeginsWithTheVersionThatComes() {
        String heading = first(Snippets.text(ROOT.resolve("CHANGELOG.md")), "(?m)^## \\[(\\d[\\d.]*)\\]");

        assertThat(Version.parse(heading)).isGreaterThanOrEqualTo(Version.parse(VERSION.replace("-SNAPSHOT", "")));
    }

    @Test
    void everyReleasedModuleHasAModuleNameOfItsOwn() {
        List<String> jars = poms().filter(pom -> ROOT.relativize(pom).toString().startsWith("camel-"))
                .map(Snippets::text)
                .filter(pom -> !pom.contains("<packaging>pom</packaging>"))
                .toList();

        assertThat(jars).hasSizeGreaterThan(5);
        assertThat(jars.stream().map(pom -> first(pom, "<module.name>(.*)</module.name>")))
                .allSatisfy(name -> assertThat(name).startsWith("io.github.camelb2"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void jarsSayTheirVersionAndTheirModule(Class<?> type) throws IOException {
        Path jar =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
        assumeThat(jar)
                .as("classes of this build are in a folder unless it is mvn verify")
                .isRegularFile();

        try (JarFile opened = new JarFile(jar.toFile())) {
            Attributes manifest = opened.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Implementation-Version")).isEqualTo(VERSION);
            assertThat(manifest.getValue("Automatic-Module-Name")).isEqualTo(type.getPackageName());
        }
    }

    @Test
    void workflowRunsProfilesAndScriptsThatAreThere() {
        String workflow = Snippets.text(ROOT.resolve(".github/workflows/build.yml"));

        assertThat(all(workflow, " -P(\\w+)")).contains("soak").allSatisfy(profile -> assertThat(PARENT)
                .contains("<id>" + profile + "</id>"));
        assertThat(all(workflow, "run: ((?:\\.ci|release|examples)/\\S+)"))
                .isNotEmpty()
                .allSatisfy(script -> assertThat(ROOT.resolve(script)).isExecutable());
        assertThat(all(workflow, "\\*(On\\w+Test)|,(Real\\w+Test)")).isNotEmpty();
    }

    @Test
    void everySourceSaysItsLicence() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> file.toString().contains("/src/main/java/")
                                    || file.toString().contains("/src/test/java/"))
                            .filter(file -> !file.toString().contains("/target/"))
                            .filter(file -> !file.toString().contains("/examples/")
                                    || !ROOT.relativize(file).toString().contains("/work/")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Snippets.text(file))
                            .startsWith("// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0\n"));
        }
    }

    static Stream<Path> poms() {
        return files("pom.xml");
    }

    static Stream<Path> pages() {
        return Snippets.pages().stream();
    }

    static Stream<Class<?>> classes() {
        return Stream.of(B2Component.class, B2SyncComponent.class, B2Emulator.class);
    }

    private static Stream<Path> files(String name) {
        try (Stream<Path> files = Files.walk(ROOT, 4)) {
            return files
                    .filter(file -> file.endsWith(name))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String first(String text, String pattern) {
        return all(text, pattern).stream().findFirst().orElse("");
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
